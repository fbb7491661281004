package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path into a summary: names with dots between them, indexes in brackets, as in {@code
 * probes.rtt.phases[0].rtt_ms.median}; a negative index counts from the end.
 *
 * @param steps String keys and Integer indexes
 */
public record FigurePath(List<Object> steps) {
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-]{1,64}(\\[-?[0-9]{1,6}]|\\.[A-Za-z0-9_-]{1,64}){0,32}");
    private static final Pattern STEP = Pattern.compile("\\[(-?[0-9]+)]|([A-Za-z0-9_-]+)");

    public FigurePath {
        steps = List.copyOf(steps);
    }

    /** Reads a path; null if it is none. */
    public static @Nullable FigurePath parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return null;
        }
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        while (step.find()) {
            String index = step.group(1);
            steps.add(index == null ? step.group(2) : (Object) Integer.valueOf(index));
        }
        return new FigurePath(steps);
    }

    /** The value there, or a missing node; 0 for what was not dropped for a reason. */
    public JsonNode in(JsonNode root) {
        JsonNode node = root;
        for (int i = 0; i < steps.size(); i++) {
            JsonNode next = next(node, steps.get(i));
            if (next.isMissingNode() && node.isObject() && i == reasonStep()) {
                return JsonNodeFactory.instance.numberNode(0);
            }
            node = next;
        }
        return node;
    }

    /** For what packets were dropped, if it is a figure of that; else an empty text. */
    String reason() {
        return key(reasonStep());
    }

    /**
     * Where the reason stands in {@code packets.dropped.REASON}, {@code
     * packets.phases[0].dropped.REASON} and {@code probes.NAME.dropped_by.REASON}; behind the last
     * step of all others: a probe may be called {@code dropped}.
     */
    private int reasonStep() {
        int last = steps.size() - 1;
        boolean packets =
                key(0).equals("packets")
                        && (last == 2 || last == 4 && key(1).equals("phases"))
                        && key(last - 1).equals("dropped");
        boolean capture = key(0).equals("probes") && last == 3 && key(2).equals("dropped_by");
        return packets || capture ? last : steps.size();
    }

    private static JsonNode next(JsonNode node, Object step) {
        if (step instanceof Integer index) {
            boolean list = node.isArray();
            return list ? node.path(index < 0 ? node.size() + index : index) : missing();
        }
        return node.path((String) step);
    }

    /** Why there is nothing, for people: where the way ends. */
    String whyNothing(JsonNode root) {
        JsonNode node = root;
        for (int i = 0; i < steps.size(); i++) {
            JsonNode next = next(node, steps.get(i));
            String way = new FigurePath(steps.subList(0, i)).toString();
            if (next.isMissingNode() && node.isArray()) {
                return node.isEmpty()
                        ? way + " is an empty list"
                        : way + " has " + node.size() + (node.size() == 1 ? " entry" : " entries");
            }
            if (next.isMissingNode()) {
                return node.isNull() ? way + " is null" : "there is no such value";
            }
            node = next;
        }
        return "it is null";
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Object step : steps) {
            if (step instanceof Integer index) {
                text.append('[').append(index).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }

    private static JsonNode missing() {
        return MissingNode.getInstance();
    }

    /** From that step on, with {@code []} for every index. */
    String shape(int from) {
        StringBuilder shape = new StringBuilder();
        for (Object step : steps.subList(Math.min(from, steps.size()), steps.size())) {
            if (step instanceof Integer) {
                shape.append("[]");
            } else {
                shape.append(shape.isEmpty() ? "" : ".").append(step);
            }
        }
        return shape.toString();
    }

    /** The key at that step, or an empty text. */
    String key(int step) {
        return step < steps.size() && steps.get(step) instanceof String key ? key : "";
    }

    /** The index at that step, or null. */
    @Nullable Integer index(int step) {
        return step < steps.size() && steps.get(step) instanceof Integer index ? index : null;
    }
}
