package vini.forwarder.capture;

import vini.net.Ipv4Address;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which packets a process is to write down. Its text has a line for each thing: {@code snap 128},
 * {@code room 16777216}, {@code filter tcp port 80}, {@code host denver 10.77.0.3}, {@code point
 * out denver/to_kansas}.
 *
 * @param points where, in an order by which answers number them
 * @param filter an expression as {@code IPFilter} has them, without its action; empty: all packets
 * @param hosts the names that it may use for addresses
 * @param snapBytes that are kept of a packet at most, 1 to {@link #SNAP_BYTES_MAX}
 * @param roomBytes for packets that nobody has fetched yet, 1 to {@link #ROOM_BYTES_MAX}; those for
 *     which there is no room are counted
 */
public record CaptureOrder(
        List<CapturePoint> points,
        String filter,
        Map<String, Ipv4Address> hosts,
        int snapBytes,
        int roomBytes) {
    /** The longest packet. */
    public static final int SNAP_BYTES_MAX = 65_535;

    public static final int ROOM_BYTES_MAX = 1 << 28;

    /** So that a number of a point has two bytes. */
    public static final int POINTS_MAX = 65_535;

    public CaptureOrder {
        points = List.copyOf(points);
        hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
        filter = filter.strip();
        if (points.size() > POINTS_MAX) {
            throw new IllegalArgumentException("more than " + POINTS_MAX + " points");
        }
        if (filter.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("the filter has more than one line");
        }
        within("snap", snapBytes, SNAP_BYTES_MAX);
        within("room", roomBytes, ROOM_BYTES_MAX);
    }

    private static void within(String what, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(what + " " + value + " is not in 1 to " + max);
        }
    }

    /**
     * Reads the text of an order.
     *
     * @throws IllegalArgumentException it is none
     */
    public static CaptureOrder parse(String text) {
        List<CapturePoint> points = new ArrayList<>();
        Map<String, Ipv4Address> hosts = new LinkedHashMap<>();
        String filter = "";
        int snap = SNAP_BYTES_MAX;
        int room = ROOM_BYTES_MAX;
        for (String line : text.lines().toList()) {
            int space = line.indexOf(' ');
            String value = line.substring(space + 1);
            switch (space < 0 ? "" : line.substring(0, space)) {
                case "point" -> points.add(CapturePoint.parse(value));
                case "filter" -> filter = value;
                case "snap" -> snap = Integer.parseInt(value);
                case "room" -> room = Integer.parseInt(value);
                case "host" -> {
                    String[] words = value.split(" ", 2);
                    hosts.put(words[0], Ipv4Address.parse(words[words.length - 1]));
                }
                default -> throw new IllegalArgumentException("'" + line + "' is no order");
            }
        }
        return new CaptureOrder(points, filter, hosts, snap, room);
    }

    /** The text, which {@link #parse} understands. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("snap ").append(snapBytes).append("\nroom ").append(roomBytes).append('\n');
        if (!filter.isEmpty()) {
            text.append("filter ").append(filter).append('\n');
        }
        hosts.forEach(
                (name, address) ->
                        text.append("host ").append(name).append(' ').append(address).append('\n'));
        points.forEach(point -> text.append("point ").append(point).append('\n'));
        return text.toString();
    }
}
