package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Writes a flat graph as Click text: declarations, then chains as long as they will go. */
final class ClickWriter {
    private final GraphText graph;
    private final Map<String, Deque<GraphText.Connection>> leaving = new LinkedHashMap<>();
    private final StringBuilder out = new StringBuilder();

    ClickWriter(GraphText graph) {
        this.graph = graph;
    }

    String text() {
        if (!graph.requirements().isEmpty()) {
            out.append("require(").append(String.join(", ", graph.requirements())).append(");\n\n");
        }
        for (GraphText.Declaration element : graph.elements()) {
            out.append(element.name()).append(" :: ").append(element.elementClass());
            if (!element.configuration().isEmpty()) {
                out.append('(').append(element.configuration()).append(')');
            }
            out.append(";\n");
        }
        if (!graph.connections().isEmpty()) {
            out.append('\n');
            chains();
        }
        return out.toString();
    }

    /** A chain begins where packets do, if it can; what runs in a circle begins anywhere. */
    private void chains() {
        Set<String> reached = new LinkedHashSet<>();
        for (GraphText.Connection connection : graph.connections()) {
            leaving.computeIfAbsent(connection.from(), from -> new ArrayDeque<>()).add(connection);
            reached.add(connection.to());
        }
        for (String from : leaving.keySet()) {
            if (!reached.contains(from)) {
                chainsFrom(from);
            }
        }
        leaving.keySet().forEach(this::chainsFrom);
    }

    private void chainsFrom(String start) {
        for (var next = next(start); next != null; next = next(start)) {
            out.append(start);
            String indent = " ";
            while (next != null) {
                if (next.output() != 0) {
                    out.append(" [").append(next.output()).append(']');
                }
                out.append(indent).append("-> ");
                if (next.input() != 0) {
                    out.append('[').append(next.input()).append("] ");
                }
                out.append(next.to());
                indent = "\n    ";
                next = next(next.to());
            }
            out.append(";\n");
        }
    }

    private GraphText.@Nullable Connection next(String from) {
        Deque<GraphText.Connection> left = leaving.get(from);
        return left == null ? null : left.poll();
    }
}
