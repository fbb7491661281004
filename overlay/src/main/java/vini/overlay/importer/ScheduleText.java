package vini.overlay.importer;

import vini.net.Quantity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The schedule of a draft as an experiment file: its events, and a ping that sees the first. */
final class ScheduleText {
    /** What comes after the last event is worth seeing. */
    private static final long AFTER_SECONDS = 30;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private ScheduleText() {}

    /**
     * The text; {@code schema} and {@code topology} are seen from the file.
     *
     * @param events at least one
     */
    static String of(String name, List<DraftEvent> events, String schema, String topology) {
        List<DraftEvent> sorted =
                events.stream().sorted(Comparator.comparingLong(DraftEvent::atNanos)).toList();
        long end = sorted.getLast().atNanos() / SECOND_NANOS + AFTER_SECONDS;
        List<String> lines = new ArrayList<>();
        sorted.forEach(event -> lines.add("    " + line(event)));
        String probe = probe(sorted);
        return "{\n"
                + "  \"$schema\": "
                + TopologyText.quoted(schema)
                + ",\n"
                + "  \"name\": "
                + TopologyText.quoted(name)
                + ",\n"
                + "  \"topology\": "
                + TopologyText.quoted(topology)
                + ",\n"
                + "  \"duration\": \""
                + end
                + "s\",\n"
                + (probe.isEmpty() ? "" : "  \"probes\": [\n    " + probe + "\n  ],\n")
                + "  \"events\": [\n"
                + String.join(",\n", lines)
                + "\n  ]\n}\n";
    }

    private static String probe(List<DraftEvent> events) {
        for (DraftEvent event : events) {
            DraftLink link = event.link();
            if (link != null) {
                return "{\"name\": \"rtt\", \"ping\": {\"from\": "
                        + TopologyText.quoted(link.a.name)
                        + ", \"to\": "
                        + TopologyText.quoted(link.b.name)
                        + ", \"every\": \"100ms\"}}";
            }
        }
        return "";
    }

    private static String line(DraftEvent event) {
        String target = target(event);
        String what =
                switch (event.kind()) {
                    case FAIL -> "\"fail\": {" + target + "}";
                    case FAIL_SILENT -> "\"fail\": {" + target + ", \"mode\": \"silent\"}";
                    case RESTORE -> "\"restore\": {" + target + "}";
                    case SET ->
                            "\"set\": {"
                                    + target
                                    + ", \""
                                    + event.setKey()
                                    + "\": "
                                    + TopologyText.quoted(event.setValue())
                                    + "}";
                };
        return "{\"at\": \"" + at(event.atNanos()) + "\", " + what + "}";
    }

    private static String at(long nanos) {
        return nanos == 0 ? "0s" : Quantity.ofNanos(nanos);
    }

    private static String target(DraftEvent event) {
        if (event.node() != null) {
            return "\"node\": " + TopologyText.quoted(event.node().name);
        }
        DraftLink link = event.link();
        if (link == null) {
            throw new IllegalStateException("an event of nothing: " + event);
        }
        return "\"link\": ["
                + TopologyText.quoted(link.a.name)
                + ", "
                + TopologyText.quoted(link.b.name)
                + "]";
    }
}
