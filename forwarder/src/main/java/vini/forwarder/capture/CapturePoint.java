package vini.forwarder.capture;

import java.util.Locale;

/**
 * A place in a graph where packets are seen.
 *
 * @param side which packets
 * @param graph the graph's name
 * @param element the element's, or a compound's; empty for the whole graph, of which only {@link
 *     Side#DROP} can be seen
 */
public record CapturePoint(Side side, String graph, String element) {
    /** Which packets are seen. */
    public enum Side {
        /** Those that come to it, when they come. */
        IN,
        /** Those that leave it, when they leave: for a link, when they have crossed it. */
        OUT,
        /** Those that it drops, when it does so. */
        DROP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public CapturePoint {
        if (element.isEmpty() && side != Side.DROP) {
            throw new IllegalArgumentException("nothing comes to a whole graph, or leaves it");
        }
    }

    /** Whether packets are seen that go from one element to another of its graph. */
    public boolean sees(String from, String to) {
        return switch (side) {
            case IN -> has(to) && !has(from);
            case OUT -> has(from) && !has(to);
            case DROP -> false;
        };
    }

    /** Whether packets are seen that end at an element of its graph. */
    public boolean seesDrops(String at) {
        return side == Side.DROP && (element.isEmpty() || has(at));
    }

    private boolean has(String name) {
        return name.equals(element)
                || name.length() > element.length()
                        && name.startsWith(element)
                        && name.charAt(element.length()) == '/';
    }

    /** Reads {@code out denver/to_kansas}. */
    static CapturePoint parse(String text) {
        int space = text.indexOf(' ');
        String place = text.substring(space + 1);
        int slash = place.indexOf('/');
        for (Side side : Side.values()) {
            if (space > 0 && side.toString().equals(text.substring(0, space))) {
                return slash < 0
                        ? new CapturePoint(side, place, "")
                        : new CapturePoint(
                                side, place.substring(0, slash), place.substring(slash + 1));
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not in, out or drop, and a place");
    }

    @Override
    public String toString() {
        return side + " " + graph + (element.isEmpty() ? "" : "/" + element);
    }
}
