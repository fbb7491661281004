package vini.experiment.repeat;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.analysis.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * An experiment that was run many times.
 *
 * @param asked how many runs were asked for: more than there are if it was interrupted
 * @param wanted the paths of the figures that the experiment expects something of
 * @param samples by seed
 */
public record Repetition(String experiment, int asked, List<String> wanted, List<Sample> samples) {
    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;
    private static final double DIGITS = 1e6;

    public Repetition {
        wanted = List.copyOf(wanted);
        samples = List.copyOf(samples);
    }

    /** The seeds of the runs that came out so. */
    public List<Long> seeds(Verdict verdict) {
        return samples.stream().filter(s -> s.verdict() == verdict).map(Sample::seed).toList();
    }

    /** The seeds of the runs that cannot be trusted. */
    public List<Long> doubtful() {
        return samples.stream().filter(s -> !s.trustworthy()).map(Sample::seed).toList();
    }

    public List<Distribution> distributions() {
        return Distribution.of(samples);
    }

    /** Those that one wants to see first: of outages, and of what is expected. */
    public List<Distribution> shown() {
        return distributions().stream()
                .filter(
                        each ->
                                wanted.contains(each.figure())
                                        || each.figure()
                                                .matches("probes\\..*outages\\[0]\\.duration_s"))
                .toList();
    }

    /** The content of {@code repeat.json}. */
    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("experiment", experiment);
        root.put("asked", asked);
        root.put("runs", samples.size());
        for (Verdict verdict : Verdict.values()) {
            ArrayNode seeds = root.putArray(verdict.word());
            seeds(verdict).forEach(seeds::add);
        }
        ArrayNode doubts = root.putArray("not_trustworthy");
        doubtful().forEach(doubts::add);
        ObjectNode figures = root.putObject("figures");
        for (Distribution each : distributions()) {
            figures.putObject(each.figure())
                    .put("runs", each.values().size())
                    .put("min", each.min())
                    .put("p5", rounded(each.quantile(LOW)))
                    .put("median", rounded(each.quantile(0.5)))
                    .put("mean", rounded(each.mean()))
                    .put("p95", rounded(each.quantile(HIGH)))
                    .put("max", each.max());
        }
        return root;
    }

    private static double rounded(double value) {
        return Math.rint(value * DIGITS) / DIGITS;
    }

    /** A line a run, a column a figure; empty where a run has no such figure. */
    public List<String> csv() {
        List<Distribution> all = distributions();
        List<String> lines = new ArrayList<>();
        StringJoiner head = new StringJoiner(",");
        head.add("seed").add("verdict").add("trustworthy");
        all.forEach(each -> head.add(each.figure()));
        lines.add(head.toString());
        for (Sample sample : samples) {
            StringJoiner line = new StringJoiner(",");
            line.add(Long.toString(sample.seed())).add(sample.verdict().word());
            line.add(Boolean.toString(sample.trustworthy()));
            for (Distribution each : all) {
                Double value = sample.figures().get(each.figure());
                line.add(value == null ? "" : plain(value));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** The rows of the table of what is shown: figure, least, 5 %, median, mean, 95 %, greatest. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Distribution each : shown()) {
            rows.add(
                    List.of(
                            each.figure(),
                            short3(each.min()),
                            short3(each.quantile(LOW)),
                            short3(each.quantile(0.5)),
                            short3(each.mean()),
                            short3(each.quantile(HIGH)),
                            short3(each.max())));
        }
        return rows;
    }

    private static String short3(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** The heads of those columns. */
    public static List<String> heads() {
        return List.of("figure", "least", "5 %", "median", "mean", "95 %", "greatest");
    }

    /** What came out, as a sentence: {@code 98 of 100 passed, 2 failed (seeds 17, 44)}. */
    public String sentence() {
        StringJoiner parts = new StringJoiner(", ");
        parts.add(
                seeds(Verdict.PASSED).size()
                        + " of "
                        + samples.size()
                        + (samples.size() < asked ? " runs (of " + asked + " asked for)" : " runs")
                        + " passed");
        for (Verdict verdict : List.of(Verdict.FAILED, Verdict.CRASHED, Verdict.INTERRUPTED)) {
            List<Long> seeds = seeds(verdict);
            if (!seeds.isEmpty()) {
                parts.add(seeds.size() + " " + verdict.word() + named(seeds));
            }
        }
        parts.add(
                doubtful().isEmpty()
                        ? "all trustworthy"
                        : doubtful().size() + " NOT trustworthy" + named(doubtful()));
        return parts.toString();
    }

    private static String named(List<Long> seeds) {
        StringJoiner names =
                new StringJoiner(", ", seeds.size() == 1 ? " (seed " : " (seeds ", ")");
        seeds.stream().limit(5).forEach(seed -> names.add(Long.toString(seed)));
        if (seeds.size() > 5) {
            names.add("...");
        }
        return names.toString();
    }
}
