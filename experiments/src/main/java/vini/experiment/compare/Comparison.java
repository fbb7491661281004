package vini.experiment.compare;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.analysis.Summary;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Runs side by side, each figure in a row; the first run is what the others are compared with.
 *
 * @param names of the runs
 * @param rows in the order of the first run's summary
 */
public record Comparison(List<String> names, List<Row> rows) {
    /** What one compares: how the run was made, levels, outages, stalls, ways. */
    private static final String SHOWN =
            "(world|seed|verdict|trustworthy|startup_s"
                    + "|probes\\.[^.]+\\.(outages|stalls)\\[\\d+]\\.(from_s|to_s|duration_s)"
                    + "|probes\\.[^.]+\\.phases\\[\\d+]\\.(rtt_ms\\.median|mbps|path)"
                    + "|probes\\.[^.]+\\.(duration_s|status)"
                    + "|convergence\\.(fib_changes|last_change_s)"
                    + "|convergence\\.phases\\[\\d+]\\.(fib_changes|routers|last_after_s))";

    public Comparison {
        names = List.copyOf(names);
        rows = List.copyOf(rows);
    }

    /**
     * One figure in all runs.
     *
     * @param figure its path, as expectations write it
     * @param values of each run; a missing node where it has none
     */
    public record Row(String figure, List<JsonNode> values) {
        public Row {
            values = List.copyOf(values);
        }

        /** Whether all runs say the same. */
        public boolean isSame() {
            return values.stream().distinct().count() == 1;
        }

        /** How far the others are from the first, as people read it; empty where they are not. */
        public String difference() {
            if (isSame()) {
                return "";
            }
            if (!values.stream().allMatch(JsonNode::isNumber)) {
                return "differs";
            }
            double first = values.getFirst().asDouble();
            double far = 0;
            for (JsonNode value : values) {
                double off = value.asDouble() - first;
                far = Math.abs(off) > Math.abs(far) ? off : far;
            }
            String absolute = String.format(Locale.ROOT, "%+.3f", far);
            return first == 0
                    ? absolute
                    : absolute + String.format(Locale.ROOT, " (%+.1f %%)", 100 * far / first);
        }

        /** A value as people read it. */
        public static String text(JsonNode value) {
            if (value.isMissingNode() || value.isNull()) {
                return "-";
            }
            if (value.isArray()) {
                List<String> words = new ArrayList<>();
                value.forEach(word -> words.add(word.asString("")));
                return String.join(" ", words);
            }
            return value.asString("");
        }
    }

    /** Lays runs over each other. */
    public static Comparison of(List<String> names, List<Summary> runs) {
        List<ObjectNode> figures = runs.stream().map(Comparison::figures).toList();
        Set<String> all = new LinkedHashSet<>();
        figures.forEach(each -> all.addAll(each.propertyNames()));
        List<Row> rows = new ArrayList<>();
        for (String figure : all) {
            rows.add(new Row(figure, figures.stream().map(each -> each.path(figure)).toList()));
        }
        return new Comparison(names, rows);
    }

    /** The figures of a run that are shown, by path. */
    private static ObjectNode figures(Summary summary) {
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        for (String key : List.of("world", "seed", "verdict", "trustworthy", "startup_s")) {
            gather(key, summary.json().path(key), figures);
        }
        // A name rather than a number: how far two are apart says nothing.
        figures.put("seed", summary.json().path("seed").asString(""));
        gather("probes", summary.json().path("probes"), figures);
        gather("convergence", summary.json().path("convergence"), figures);
        return figures;
    }

    private static void gather(String path, JsonNode node, ObjectNode into) {
        if (path.matches(SHOWN)) {
            into.set(path, node);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                gather(path + "[" + i + "]", node.get(i), into);
            }
        } else {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                gather(path + "." + entry.getKey(), entry.getValue(), into);
            }
        }
    }

    /** The content of {@code compare.json}. */
    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode runs = root.putArray("runs");
        names.forEach(runs::add);
        ObjectNode figures = root.putObject("figures");
        for (Row row : rows) {
            ArrayNode values = figures.putArray(row.figure());
            row.values().forEach(value -> values.add(value.isMissingNode() ? null : value));
        }
        return root;
    }
}
