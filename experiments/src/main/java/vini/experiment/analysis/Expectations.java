package vini.experiment.analysis;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges the {@code expect} section of an experiment by its summary. */
final class Expectations {
    private static final Pattern STEP = Pattern.compile("\\.?([A-Za-z0-9_-]+)|\\[([0-9]{1,6})]");

    private Expectations() {}

    static List<ExpectationResult> judge(JsonNode expect, JsonNode summary) {
        List<ExpectationResult> results = new ArrayList<>();
        for (JsonNode one : expect) {
            results.add(judgeOne(one, summary));
        }
        return List.copyOf(results);
    }

    private static ExpectationResult judgeOne(JsonNode one, JsonNode summary) {
        String that = one.path("that").asString("");
        JsonNode value = at(summary, that);
        JsonNode between = one.path("between");
        if (between.size() == 2) {
            double low = between.path(0).asDouble(Double.NaN);
            double high = between.path(1).asDouble(Double.NaN);
            String wanted = "between " + text(between.path(0)) + " and " + text(between.path(1));
            if (!value.isNumber()) {
                return new ExpectationResult(that, wanted, value, false, "there is no such number");
            }
            double number = value.doubleValue();
            return new ExpectationResult(that, wanted, value, number >= low && number <= high, "");
        }
        if (one.has("equals")) {
            JsonNode equals = one.path("equals");
            return new ExpectationResult(that, text(equals), value, same(value, equals), "");
        }
        return new ExpectationResult(
                that, "?", value, false, "nothing is said of what it should be");
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() ? a.doubleValue() == b.doubleValue() : a.equals(b);
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : node.toString();
    }

    /** The value at a path like {@code probes.rtt.phases[0].path}; missing if there is none. */
    static JsonNode at(JsonNode root, String path) {
        Matcher step = STEP.matcher(path);
        JsonNode node = root;
        int end = 0;
        while (step.find() && step.start() == end) {
            String index = step.group(2);
            node = index == null ? node.path(step.group(1)) : node.path(Integer.parseInt(index));
            end = step.end();
        }
        return end == path.length() && end > 0 ? node : MissingNode.getInstance();
    }
}
