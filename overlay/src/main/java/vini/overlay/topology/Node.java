package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;

import java.util.List;

/**
 * A virtual router of a slice.
 *
 * @param number in order of appearance, from 0
 * @param addresses those that the file pins; {@link AddressPlan} has all
 * @param ingress that users enter here; null if they do not
 * @param egress that packets leave here for the outside; null if they do not
 * @param serves the slices whose packets may come in here
 */
public record Node(
        int number,
        String name,
        @Nullable String label,
        @Nullable Location location,
        List<IpAddress> addresses,
        @Nullable Ingress ingress,
        @Nullable Egress egress,
        List<String> serves) {
    public Node {
        addresses = List.copyOf(addresses);
        serves = List.copyOf(serves);
    }

    /**
     * How many links a node may have: their numbers paint packets, in a byte that must also say
     * what is the node's own.
     */
    public static final int LINKS_MAX = 254;

    /** What figures call the node: its label, or else its name. */
    public String title() {
        return label == null ? name : label;
    }
}
