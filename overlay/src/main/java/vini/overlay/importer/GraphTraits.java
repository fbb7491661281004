package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import vini.net.Quantity;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the attributes of a graph file mean: the same words stand in GML and GraphML, as the
 * Topology Zoo, SNDlib and graph libraries write them. Keys are compared without case.
 */
final class GraphTraits {
    private final Draft draft;
    private final Source source;

    /** Of the graph: units of its edges. */
    private final Map<String, String> graph = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private final Coordinates coordinates;

    GraphTraits(Draft draft, Source source) {
        this.draft = draft;
        this.source = source;
        this.coordinates = new Coordinates(draft.notes());
    }

    /** An attribute of the whole graph. */
    void graph(String key, String value) {
        graph.putIfAbsent(key, value);
        switch (key.toLowerCase(Locale.ROOT)) {
            case "name", "network" -> name(key, value);
            case "label" -> name(key, value);
            case "delay_unit",
                    "capacity_unit",
                    "distance_unit",
                    "directed",
                    "edgedefault",
                    "id" -> {}
            case "multigraph", "creator", "version", "comment" -> {}
            default -> draft.notes().add("attributes of the graph without a place here", key);
        }
    }

    /** The Zoo's label is shorter and surer than its name of the operator. */
    private void name(String key, String value) {
        if (draft.name.isEmpty() || key.equalsIgnoreCase("label")) {
            draft.name = value;
        }
    }

    void node(DraftNode node, Map<String, String> attributes, int line) {
        Map<String, String> rest = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        rest.putAll(attributes);
        String label = take(rest, "label", "name");
        if (label != null && !label.isBlank()) {
            node.label = label.strip();
        }
        String latitude = take(rest, "latitude", "lat");
        String longitude = take(rest, "longitude", "lon", "lng", "long");
        Double north = latitude == null ? null : number("latitude", latitude, line);
        Double east = longitude == null ? null : number("longitude", longitude, line);
        if (north != null && east != null) {
            coordinates.add(node, north, east);
        } else if (north != null || east != null) {
            draft.notes().add("nodes with only one coordinate, placed nowhere", node.label);
        }
        String internal = take(rest, "Internal");
        if (internal != null && internal.equals("0")) {
            draft.notes()
                    .add("nodes outside of the network (Internal 0), kept as nodes", node.label);
        }
        String hyperedge = take(rest, "hyperedge");
        if (hyperedge != null && hyperedge.equals("1")) {
            draft.notes().add("hyperedges, kept as nodes", node.label);
        }
        rest.keySet()
                .forEach(key -> draft.notes().add("attributes of nodes without a place here", key));
    }

    /** After the last node and before the first edge. */
    void placeNodes() {
        coordinates.place();
    }

    void edge(DraftLink link, Map<String, String> attributes, int line) {
        Map<String, String> rest = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        rest.putAll(attributes);
        DraftSide side = link.forward;
        String km = take(rest, "dist", "distance", "length", "length_km");
        if (km != null) {
            Double number = number("length", km, line);
            link.km = number == null || number < 0 ? -1 : number * kilometres();
            coordinates.checkLength(link);
        }
        String delay = take(rest, "delay", "latency");
        if (delay != null) {
            side.delayNanos = delay(delay, line);
        }
        String cost = take(rest, "cost", "ospf_cost", "metric", "weight");
        if (cost != null) {
            Double number = number("cost", cost, line);
            side.cost = number == null ? 0 : cost(number, link);
        }
        rate(link, rest, line);
        String loss = take(rest, "loss", "packet_loss");
        if (loss != null) {
            side.loss = loss(loss, line);
        }
        link.both();
        take(rest, "key", "id");
        rest.keySet()
                .forEach(key -> draft.notes().add("attributes of links without a place here", key));
    }

    private double cost(double number, DraftLink link) {
        if (number <= 0) {
            draft.notes().add("costs below or at 0, left out", link.shown());
            return 0;
        }
        return number;
    }

    private void rate(DraftLink link, Map<String, String> rest, int line) {
        String raw = take(rest, "LinkSpeedRaw");
        if (raw != null) {
            // The Zoo says the same three times: as a figure in bits per second, and in two parts.
            take(rest, "LinkSpeed");
            take(rest, "LinkSpeedUnits");
            Double rate = number("LinkSpeedRaw", raw, line);
            link.forward.rateBitsPerSecond = rate == null ? 0 : (long) Math.max(0, rate);
            return;
        }
        String unit = graph.get("capacity_unit");
        for (String key : new String[] {"rate", "bandwidth", "capacity", "speed"}) {
            String text = rest.get(key);
            if (text != null) {
                long rate = rate(unit != null && isNumber(text) ? text + unit : text);
                if (rate > 0) {
                    link.forward.rateBitsPerSecond = rate;
                    rest.remove(key);
                    return;
                }
            }
        }
    }

    /** With a unit, else 0: a bare number could be anything. */
    private static long rate(String text) {
        try {
            return Quantity.bitsPerSecond(text.strip());
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private long delay(String text, int line) {
        String unit = graph.getOrDefault("delay_unit", "ms");
        try {
            return Quantity.nanos(isNumber(text) ? plain(text) + unit : text.strip());
        } catch (IllegalArgumentException e) {
            source.wrong(line, "the delay: " + e.getMessage());
            return 0;
        }
    }

    private double loss(String text, int line) {
        if (text.endsWith("%")) {
            try {
                return Quantity.fraction(text);
            } catch (IllegalArgumentException e) {
                source.wrong(line, "the loss: " + e.getMessage());
                return 0;
            }
        }
        Double share = number("loss", text, line);
        if (share != null && (share < 0 || share > 1)) {
            source.wrong(line, "the loss " + text + " is outside of 0-1; write a share, or \"2%\"");
            return 0;
        }
        return share == null ? 0 : share;
    }

    /** How many kilometres the unit of lengths is. */
    private double kilometres() {
        String unit = graph.getOrDefault("distance_unit", "km");
        return unit.equalsIgnoreCase("m") ? 0.001 : 1;
    }

    private @Nullable Double number(String what, String text, int line) {
        if (isNumber(text)) {
            return Double.valueOf(text.strip());
        }
        source.wrong(line, "the " + what + " " + Draft.quoted(text) + " is not a number");
        return null;
    }

    private static String plain(String text) {
        return new java.math.BigDecimal(text.strip()).toPlainString();
    }

    static boolean isNumber(String text) {
        return text.strip()
                .matches(
                        "[-+]?([0-9]{1,40}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})([eE][-+]?[0-9]{1,2})?");
    }

    private static @Nullable String take(Map<String, String> from, String... keys) {
        String first = null;
        for (String key : keys) {
            String value = first == null ? from.remove(key) : null;
            first = first == null ? value : first;
        }
        return first;
    }
}
