package vini.experiment.event;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.net.Quantity;
import vini.overlay.json.JsonValue;
import vini.overlay.json.Kind;
import vini.overlay.json.Place;
import vini.overlay.json.Schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of a trace: pairs of time and value in the experiment, or in a file of its own. A file
 * whose lines are whole numbers is one of mahimahi: at each of these milliseconds the link can
 * deliver 1500 bytes; what it can deliver in a tenth of a second is its rate in that time.
 */
final class TracePoints implements Kind<List<TracePoint>> {
    private static final int POINTS_MAX = 1_000_000;
    private static final long WINDOW_MS = 100;
    private static final long DELIVERY_BITS = 1500 * 8;

    /** What stands for a time in which nothing can be delivered. */
    private static final String ALMOST_NOTHING = "1bps";

    @Override
    public @Nullable List<TracePoint> read(Place place) {
        if (place.value() instanceof JsonValue.Text text) {
            return file(place, text.text());
        }
        List<TracePoint> points = new ArrayList<>();
        for (Place item : place.items()) {
            List<Place> pair = item.items();
            if (pair.size() == 2
                    && pair.getFirst().value() instanceof JsonValue.Text at
                    && pair.getLast().value() instanceof JsonValue.Text value) {
                try {
                    points.add(point(at.text(), value.text()));
                } catch (IllegalArgumentException e) {
                    item.wrong(String.valueOf(e.getMessage()));
                    return null;
                }
            } else {
                item.wrong("write pairs of time and value, as in [\"1.5s\", \"20Mbps\"]");
                return null;
            }
        }
        return sound(place, points);
    }

    private static @Nullable List<TracePoint> file(Place place, String written) {
        DataFile file = DataFile.read(place, written);
        if (file == null) {
            return null;
        }
        if (!file.lines().isEmpty()
                && file.lines().stream().allMatch(line -> line.text().matches("[0-9]{1,12}"))) {
            List<Long> deliveries =
                    file.lines().stream().map(line -> Long.parseLong(line.text())).toList();
            return sound(place, ofDeliveries(deliveries));
        }
        List<TracePoint> rows = file.rows(TracePoints::row);
        return rows == null ? null : sound(place, rows);
    }

    private static TracePoint row(String line) {
        String[] cell = line.split("[,;\\s]+", 2);
        if (cell.length != 2) {
            throw new IllegalArgumentException("'" + line + "' is not a time and a value");
        }
        // A bare number is in seconds, as most tools write it.
        String at = cell[0].matches("[0-9.]+") ? cell[0] + "s" : cell[0];
        return point(at, cell[1].strip());
    }

    private static TracePoint point(String at, String value) {
        return new TracePoint(Duration.ofNanos(Quantity.nanos(at)), value);
    }

    /**
     * @param deliveries in milliseconds; the last is the trace's length
     */
    private static List<TracePoint> ofDeliveries(List<Long> deliveries) {
        List<TracePoint> points = new ArrayList<>();
        long length = Math.max(1, deliveries.getLast());
        int next = 0;
        for (long from = 0; from < length && points.size() <= POINTS_MAX; from += WINDOW_MS) {
            long to = Math.min(length, from + WINDOW_MS);
            long count = 0;
            // The last moment belongs to the last window.
            while (next < deliveries.size() && (deliveries.get(next) < to || to == length)) {
                count++;
                next++;
            }
            long rate = count * DELIVERY_BITS * 1000 / (to - from);
            points.add(
                    new TracePoint(
                            Duration.ofMillis(from),
                            rate == 0 ? ALMOST_NOTHING : Quantity.ofBitsPerSecond(rate)));
        }
        points.add(new TracePoint(Duration.ofMillis(length), points.getFirst().value()));
        return points;
    }

    private static @Nullable List<TracePoint> sound(Place place, List<TracePoint> points) {
        if (points.isEmpty() || points.size() > POINTS_MAX) {
            place.wrong(points.size() + " points; a trace has 1-" + POINTS_MAX);
            return null;
        }
        for (int i = 1; i < points.size(); i++) {
            Duration at = points.get(i).at();
            if (at.compareTo(points.get(i - 1).at()) < 0) {
                place.wrong(
                        "the point at "
                                + Quantity.ofNanos(at.toNanos())
                                + " comes after a later one");
                return null;
            }
        }
        return points;
    }

    @Override
    public JsonNode write(List<TracePoint> value) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (TracePoint point : value) {
            list.addArray().add(Quantity.ofNanos(point.at().toNanos())).add(point.value());
        }
        return list;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        ArrayNode choice = either.putArray("oneOf");
        choice.addObject().put("type", "string");
        ObjectNode pairs = choice.addObject().put("type", "array");
        ObjectNode pair = pairs.putObject("items").put("type", "array");
        pair.putObject("items").put("type", "string");
        pair.put("minItems", 2).put("maxItems", 2);
        return either;
    }
}
