package vini.forwarder.lang;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes a graph for Graphviz, input ports above an element's name and output ports below. */
final class DotWriter {
    /** Of a configuration only so much is shown. */
    private static final int SHOWN_MAX = 40;

    private final GraphText graph;
    private final Map<String, Set<Integer>> inputs = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> outputs = new LinkedHashMap<>();

    DotWriter(GraphText graph) {
        this.graph = graph;
        for (GraphText.Connection connection : graph.connections()) {
            ports(outputs, connection.from()).add(connection.output());
            ports(inputs, connection.to()).add(connection.input());
        }
    }

    private static Set<Integer> ports(Map<String, Set<Integer>> all, String name) {
        return all.computeIfAbsent(name, n -> new TreeSet<>());
    }

    String text() {
        StringBuilder out = new StringBuilder("digraph click {\n");
        out.append("  node [shape=record, fontname=\"sans-serif\", fontsize=10];\n");
        out.append("  edge [arrowsize=0.7];\n");
        for (GraphText.Declaration element : graph.elements()) {
            out.append("  ")
                    .append(quoted(element.name()))
                    .append(" [label=\"")
                    .append(label(element))
                    .append("\"];\n");
        }
        for (GraphText.Connection connection : graph.connections()) {
            out.append("  ")
                    .append(quoted(connection.from()))
                    .append(":o")
                    .append(connection.output())
                    .append(" -> ")
                    .append(quoted(connection.to()))
                    .append(":i")
                    .append(connection.input())
                    .append(";\n");
        }
        return out.append("}\n").toString();
    }

    private String label(GraphText.Declaration element) {
        String configuration = element.configuration().strip().replaceAll("\\s+", " ");
        if (configuration.length() > SHOWN_MAX) {
            configuration = configuration.substring(0, SHOWN_MAX) + "...";
        }
        String what =
                element.elementClass() + (configuration.isEmpty() ? "" : "(" + configuration + ")");
        return "{"
                + fields(inputs, element.name(), "i", "", "|")
                + escaped(element.name())
                + "\\n"
                + escaped(what)
                + fields(outputs, element.name(), "o", "|", "")
                + "}";
    }

    private static String fields(
            Map<String, Set<Integer>> all,
            String name,
            String letter,
            String before,
            String after) {
        Set<Integer> ports = all.get(name);
        if (ports == null) {
            return "";
        }
        List<String> fields = ports.stream().map(p -> "<" + letter + p + "> " + p).toList();
        return before + "{" + String.join("|", fields) + "}" + after;
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }

    /** In a record label braces, bars, angles and blanks mean something. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\{}|<>\" ]", "\\\\$0");
    }
}
