package vini.experiment.report;

import tools.jackson.databind.JsonNode;

import vini.experiment.run.Network;
import vini.experiment.run.Run;
import vini.experiment.run.RunFolder;
import vini.overlay.json.Shown;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Says in a few lines of a report what was run: network, routing, world, probes, events. */
final class ReportInputs {
    /** So many events and probes are named; nobody reads more of them here. */
    private static final int NAMED_MAX = 16;

    private final Run run;

    private ReportInputs(Run run) {
        this.run = run;
    }

    /** Names, and what stands beside them. */
    static Map<String, String> of(Run run) {
        return new ReportInputs(run).rows();
    }

    private Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("network", network());
        String outside = outside();
        if (!outside.isEmpty()) {
            rows.put("outside", outside);
        }
        String routing = routing();
        if (!routing.isEmpty()) {
            rows.put("routing", routing);
        }
        rows.put("world", words("world", "hosts", "tunnels"));
        rows.put("probes", orNone(probes()));
        rows.put("events", orNone(events()));
        rows.put("duration", duration());
        return rows;
    }

    private String network() {
        JsonNode topology = run.experiment().path("topology");
        return run.network().name()
                + ", "
                + Shown.count(run.network().nodes().size(), "node")
                + ", "
                + Shown.count(run.network().links().size(), "link")
                + (topology.isString() ? " (" + topology.stringValue() + ")" : "");
    }

    private String outside() {
        StringJoiner hosts = new StringJoiner(", ");
        for (Network.Outside host : run.network().outside()) {
            hosts.add(
                    host.name()
                            + (host.address() == null ? "" : " " + host.address())
                            + " behind "
                            + host.entrance().home());
        }
        return hosts.toString();
    }

    private String routing() {
        StringJoiner routing = new StringJoiner(", ");
        for (Map.Entry<String, JsonNode> entry : run.topology().path("routing").properties()) {
            String name = entry.getKey().equals("protocol") ? "" : entry.getKey() + " ";
            routing.add(name + plain(entry.getValue()));
        }
        return routing.toString();
    }

    private List<String> probes() {
        List<String> probes = new ArrayList<>();
        for (JsonNode probe : run.experiment().path("probes")) {
            for (Map.Entry<String, JsonNode> entry : probe.properties()) {
                if (entry.getValue().isObject()) {
                    probes.add(
                            probe.path("name").asString("?")
                                    + ": "
                                    + entry.getKey()
                                    + " "
                                    + options(entry.getValue()));
                }
            }
        }
        int more = probes.size() - NAMED_MAX;
        if (more > 0) {
            probes.subList(NAMED_MAX, probes.size()).clear();
            probes.add("and " + more + " more, in " + RunFolder.EXPERIMENT);
        }
        return probes;
    }

    private static String options(JsonNode probe) {
        StringJoiner options = new StringJoiner(", ");
        if (probe.has("command")) {
            options.add("on " + probe.path("on").asString("?"));
        } else if (probe.has("from")) {
            options.add(probe.path("from").asString("?") + " to " + probe.path("to").asString("?"));
        }
        for (Map.Entry<String, JsonNode> option : probe.properties()) {
            if (!List.of("from", "to", "on", "files").contains(option.getKey())) {
                options.add(option.getKey() + " " + plain(option.getValue()));
            }
        }
        return options.toString();
    }

    private List<String> events() {
        List<String> events = new ArrayList<>();
        run.events().stream()
                .limit(NAMED_MAX)
                .map(e -> e.words() + " at " + Decimals.shortest(e.plannedS(), 3) + " s")
                .forEach(events::add);
        int more = run.events().size() - events.size();
        if (more > 0) {
            events.add("and " + more + " more, in the table below");
        }
        return events;
    }

    private static String orNone(List<String> parts) {
        return parts.isEmpty() ? "none" : String.join("; ", parts);
    }

    private String duration() {
        boolean early = run.endS() < run.durationS() - 0.05;
        return Decimals.shortest(run.endS(), 1)
                + " s"
                + (early ? " of " + Decimals.shortest(run.durationS(), 1) + " s planned" : "");
    }

    private String words(String... keys) {
        StringJoiner words = new StringJoiner(", ");
        for (String key : keys) {
            String value = run.environment().path(key).asString("");
            if (!value.isEmpty()) {
                words.add(key.equals("world") ? value : key + " " + value);
            }
        }
        return words.length() == 0 ? "unknown" : words.toString();
    }

    /**
     * A value as one would say it: text without quotes, the items of a list one after the other.
     */
    static String plain(JsonNode node) {
        if (node.isArray()) {
            StringJoiner words = new StringJoiner(" ");
            node.forEach(item -> words.add(plain(item)));
            return words.toString();
        }
        return node.isString() ? node.stringValue() : node.toString();
    }
}
