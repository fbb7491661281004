package vini.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A small topology and an experiment with a link failure in it, as the files that a user starts
 * from.
 *
 * @param name what both are called
 * @param nodes the names of the nodes, in order
 * @param links pairs of nodes, in order; the first one fails
 * @param detour hops between the ends of the first link when it is down
 */
record Starter(String name, List<String> nodes, List<List<String>> links, int detour) {
    private static final double DELAY_MS = 2;

    /** Around and back. */
    static Starter ring(String name, int size) {
        List<String> nodes = new ArrayList<>();
        List<List<String>> links = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            nodes.add("n" + i);
            links.add(List.of("n" + i, "n" + (i % size + 1)));
        }
        return new Starter(name, nodes, links, size - 1);
    }

    /** Rows and columns, each node linked to the right and downwards. */
    static Starter grid(String name, int rows, int columns) {
        List<String> nodes = new ArrayList<>();
        List<List<String>> links = new ArrayList<>();
        for (int row = 1; row <= rows; row++) {
            for (int column = 1; column <= columns; column++) {
                nodes.add(at(row, column));
                if (column < columns) {
                    links.add(List.of(at(row, column), at(row, column + 1)));
                }
                if (row < rows) {
                    links.add(List.of(at(row, column), at(row + 1, column)));
                }
            }
        }
        return new Starter(name, nodes, links, 3);
    }

    private static String at(int row, int column) {
        return "r" + row + "c" + column;
    }

    /** The topology file; {@code schema} is where its schema lies, seen from it. */
    String topology(String schema) {
        StringBuilder json = new StringBuilder(256);
        json.append("{ \"$schema\": \"").append(schema).append("\",\n");
        json.append("  \"name\": \"").append(name).append("\",\n  \"nodes\": {");
        for (int i = 0; i < nodes.size(); i++) {
            json.append(i == 0 ? "\n" : ",\n");
            json.append("    \"").append(nodes.get(i)).append("\": {}");
        }
        json.append(" },\n  \"links\": [");
        for (int i = 0; i < links.size(); i++) {
            json.append(i == 0 ? "\n" : ",\n");
            json.append("    {\"between\": ").append(pair(links.get(i)));
            json.append(", \"cost\": 10, \"delay\": \"2ms\"}");
        }
        json.append(" ],\n  \"routing\": {\"protocol\": \"ospf\", \"hello\": \"5s\",");
        json.append(" \"dead\": \"10s\"} }\n");
        return json.toString();
    }

    /** The experiment file beside it; {@code topology} is the way from it to the topology. */
    String experiment(String schema, String topology) {
        String from = links.getFirst().get(0);
        String to = links.getFirst().get(1);
        return """
        { "$schema": "%s",
          "name": "%s-failure",
          "topology": "%s",
          "duration": "54s",
          "probes": [
            {"name": "rtt", "ping": {"from": "%s", "to": "%s", "every": "100ms"}},
            {"name": "bulk", "tcp": {"from": "%s", "to": "%s", "window": "16KB"}} ],
          "events": [
            {"at": "10s", "fail": {"link": %s, "mode": "silent"}},
            {"at": "34s", "restore": {"link": %s}} ],
          "expect": [
            {"that": "probes.rtt.phases[0].rtt_ms.median", "between": %s},
            {"that": "probes.rtt.outages[0].duration_s", "between": [5, 11]},
            {"that": "probes.rtt.phases[1].rtt_ms.median", "between": %s},
            {"that": "probes.rtt.phases[2].rtt_ms.median", "between": %s} ] }
        """
                .formatted(
                        schema,
                        name,
                        topology,
                        from,
                        to,
                        from,
                        to,
                        pair(links.getFirst()),
                        pair(links.getFirst()),
                        around(1),
                        around(detour),
                        around(1));
    }

    /** The round trip over so many hops, with room for what forwarding itself takes. */
    private static String around(int hops) {
        double ms = 2 * hops * DELAY_MS;
        return "[" + (ms - 0.1) + ", " + (ms + 1.5) + "]";
    }

    private static String pair(List<String> link) {
        return "[\"" + link.get(0) + "\", \"" + link.get(1) + "\"]";
    }
}
