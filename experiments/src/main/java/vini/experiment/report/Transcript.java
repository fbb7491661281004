package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.ExpectationResult;
import vini.experiment.analysis.Outage;
import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.Spread;
import vini.experiment.analysis.Summary;
import vini.experiment.analysis.Verdict;
import vini.experiment.analysis.Walk;
import vini.experiment.run.ArrivalRow;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run looks like in a terminal: pure text, without colour and without line ends. */
public enum Transcript {
    UNICODE("▁▂▃▄▅▆▇█", "▕", "▏", "█", "✗", "✓", "•", "→", " · "),
    ASCII("_.-~=+*#", "[", "]", "#", "x", "+", "*", "->", ", ");

    /** A rate is taken over this long. */
    private static final double RATE_S = 2;

    /** More phases than this are told by their range. */
    private static final int MEDIANS_MAX = 8;

    /** More outages than this are told by their number. */
    private static final int OUTAGES_MAX = 5;

    private final String levels;
    private final String open;
    private final String close;
    private final String full;
    private final String bad;
    private final String good;
    private final String other;
    private final String arrow;
    private final String dot;

    Transcript(
            String levels,
            String open,
            String close,
            String full,
            String bad,
            String good,
            String other,
            String arrow,
            String dot) {
        this.levels = levels;
        this.open = open;
        this.close = close;
        this.full = full;
        this.bad = bad;
        this.good = good;
        this.other = other;
        this.arrow = arrow;
        this.dot = dot;
    }

    /** The one that a terminal of that character set can show. */
    public static Transcript in(Charset charset) {
        return charset.newEncoder().canEncode("▁█✗✓→·") ? UNICODE : ASCII;
    }

    /** What stands between the parts of a line. */
    public String dot() {
        return dot;
    }

    /**
     * {@code passed · trustworthy · outage 7.3 s · 76.2 → 87.1 → 76.2 ms · 3 of 3 expectations
     * hold}.
     */
    public String verdict(Summary summary) {
        List<String> parts = new ArrayList<>(List.of(summary.verdict().word() + crash(summary)));
        if (summary.trustworthy()) {
            // Of a run that did not finish, that would be too much to say.
            if (summary.verdict() == Verdict.PASSED || summary.verdict() == Verdict.FAILED) {
                parts.add("trustworthy");
            }
        } else {
            parts.add("NOT trustworthy: " + String.join("; ", summary.doubts()));
        }
        List<ProbeResult.Ping> pings = summary.analysis().pings();
        if (!pings.isEmpty()) {
            ProbeResult.Ping ping = pings.getFirst();
            List<String> found = new ArrayList<>(List.of(outages(ping), medians(ping)));
            found.removeIf(String::isEmpty);
            if (pings.size() > 1 && !found.isEmpty()) {
                found.set(0, ping.probe().name() + ": " + found.getFirst());
            }
            parts.addAll(found);
        }
        int all = summary.expectations().size();
        if (all > 0) {
            long hold = summary.expectations().stream().filter(ExpectationResult::holds).count();
            parts.add(
                    hold + " of " + all + (all == 1 ? " expectation holds" : " expectations hold"));
        }
        return String.join(dot, parts);
    }

    private static String crash(Summary summary) {
        String crash = summary.json().path("crash").asString("");
        return crash.isEmpty() ? "" : ": " + crash;
    }

    private static String outages(ProbeResult.Ping ping) {
        List<Outage> outages = ping.outages();
        if (ping.sent() > 0 && ping.received() == 0) {
            return "no answer at all";
        }
        if (outages.size() > OUTAGES_MAX) {
            double longest =
                    outages.stream()
                            .mapToDouble(o -> o.durationS() == null ? 0 : o.endOr(0) - o.fromS())
                            .max()
                            .orElse(0);
            boolean ended = outages.getLast().durationS() != null;
            return outages.size()
                    + " outages of up to "
                    + (longest < 0.1
                            ? Decimals.fixed(longest * 1e3, 0) + " ms"
                            : Decimals.fixed(longest, 1) + " s")
                    + (ended ? "" : ", the last without end");
        }
        return outages.isEmpty()
                ? ""
                : outages.stream()
                        .map(Outage::durationS)
                        .map(s -> s == null ? "without end" : Decimals.fixed(s, 1) + " s")
                        .collect(
                                Collectors.joining(
                                        ", ", outages.size() > 1 ? "outages " : "outage ", ""));
    }

    private String medians(ProbeResult.Ping ping) {
        List<String> medians = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (ProbeResult.PingPhase phase : ping.phases()) {
            Spread rtt = phase.rttMs();
            if (rtt != null) {
                values.add(rtt.median());
                medians.add(Decimals.fixed(rtt.median(), 1));
            }
        }
        if (medians.size() > MEDIANS_MAX) {
            double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return Decimals.fixed(sorted[0], 1)
                    + " to "
                    + Decimals.fixed(sorted[sorted.length - 1], 1)
                    + " ms in "
                    + medians.size()
                    + " phases";
        }
        return medians.isEmpty() ? "" : String.join(" " + arrow + " ", medians) + " ms";
    }

    /** {@code ▕██████▌ ▏ 36 s of 54 s}. */
    public String progress(double nowS, double durationS, int width) {
        double share = durationS <= 0 ? 1 : Math.clamp(nowS / durationS, 0, 1);
        int cells = (int) Math.floor(share * width);
        return open
                + full.repeat(cells)
                + " ".repeat(width - cells)
                + close
                + String.format(Locale.ROOT, " %.0f s of %.0f s", Math.floor(nowS), durationS);
    }

    /** {@code 10.0 s ✗ dnvr-kscy silent observed: no reply from 10.02 s}. */
    public String event(EventRow event) {
        boolean failure = event.event().equals("fail");
        boolean repair = event.event().equals("restore");
        boolean one = event.node() != null || event.links().size() == 1;
        String mode = event.mode() == null ? "down" : event.mode();
        String what =
                one && failure
                        ? event.subject() + " " + mode
                        : one && repair ? event.subject() + " restored" : event.words();
        Double seen = event.observedS();
        String observed =
                seen == null
                        ? ""
                        : failure
                                ? String.format(Locale.ROOT, "observed: no reply from %.2f s", seen)
                                : String.format(Locale.ROOT, "observed at %.2f s", seen);
        String mark =
                switch (event.turn()) {
                    case WORSE -> bad;
                    case BETTER -> good;
                    case OTHER -> other;
                };
        return String.format(
                        Locale.ROOT, "%7.1f s  %s %-20s %s", event.plannedS(), mark, what, observed)
                .stripTrailing();
    }

    /**
     * {@code 17.3 s wash→sttl by atla hstn losa snva 87.1 ms (outage 7.3 s)}.
     *
     * @param rttMs NaN to leave it out
     * @param outage that ended then; null if none did
     */
    public String way(double timeS, Walk walk, double rttMs, @Nullable Outage outage) {
        String way = RttFigure.way(walk);
        String from = walk.nodes().getFirst();
        String ends = way == null ? "from " + from : from + arrow.strip() + walk.nodes().getLast();
        Double length = outage == null ? null : outage.durationS();
        return String.format(
                        Locale.ROOT,
                        "%7.1f s    %s %s%s%s",
                        timeS,
                        ends,
                        way == null ? String.valueOf(walk.trouble()) : way,
                        Double.isNaN(rttMs) ? "" : String.format(Locale.ROOT, "    %.1f ms", rttMs),
                        length == null
                                ? ""
                                : String.format(Locale.ROOT, "   (outage %.1f s)", length))
                .stripTrailing();
    }

    /**
     * {@code rtt 76.2 ▁▁▁▁▁▁▁ ▅▅▅▅▅▅▅▅ 87.1 ms tcp 1.7 Mb/s}: the run so far, squeezed into {@code
     * width} cells; a cell without answers is blank. A list may be empty.
     */
    public String live(List<EchoRow> echoes, List<ArrivalRow> arrivals, double nowS, int width) {
        String rtt = rtt(echoes, nowS, Math.max(1, width));
        String tcp = arrivals.isEmpty() ? "" : "tcp  " + Decimals.rate(mbps(arrivals, nowS));
        return rtt.isEmpty() || tcp.isEmpty() ? rtt + tcp : rtt + "      " + tcp;
    }

    private String rtt(List<EchoRow> echoes, double nowS, int width) {
        double[] cells = cells(echoes, nowS, width);
        double[] known = Arrays.stream(cells).filter(v -> !Double.isNaN(v)).toArray();
        if (known.length == 0) {
            return echoes.isEmpty() ? "" : "rtt  no answer yet";
        }
        Spread spread = Spread.of(known);
        double low = spread == null ? 0 : spread.min();
        double high = Math.max(spread == null ? 1 : spread.max(), low * 1.25);
        StringBuilder line = new StringBuilder();
        for (double cell : cells) {
            if (Double.isNaN(cell)) {
                line.append(' ');
            } else {
                double share = high > low ? (cell - low) / (high - low) : 0;
                line.append(levels.charAt((int) Math.round(share * (levels.length() - 1))));
            }
        }
        return String.format(
                Locale.ROOT, "rtt  %.1f %s %.1f ms", known[0], line, known[known.length - 1]);
    }

    /** The median answer of each stretch of the run so far; NaN where there was none. */
    private static double[] cells(List<EchoRow> echoes, double nowS, int width) {
        List<List<Double>> answers = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            answers.add(new ArrayList<>());
        }
        for (EchoRow echo : echoes) {
            if (echo.answered() && echo.sentS() >= 0 && nowS > 0) {
                int cell = (int) Math.min(width - 1, echo.sentS() / nowS * width);
                answers.get(cell).add(echo.rttMs());
            }
        }
        double[] cells = new double[width];
        for (int i = 0; i < width; i++) {
            Spread spread =
                    Spread.of(answers.get(i).stream().mapToDouble(Double::doubleValue).toArray());
            cells[i] = spread == null ? Double.NaN : spread.median();
        }
        return cells;
    }

    private static double mbps(List<ArrivalRow> arrivals, double nowS) {
        double from = Math.max(0, nowS - RATE_S);
        long before = 0;
        for (int i = arrivals.size() - 1; i >= 0; i--) {
            if (arrivals.get(i).timeS() < from) {
                before = arrivals.get(i).bytes();
                break;
            }
        }
        double length = nowS - from;
        return length <= 0 ? 0 : (arrivals.getLast().bytes() - before) * 8 / 1e6 / length;
    }
}
