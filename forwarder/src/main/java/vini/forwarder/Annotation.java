package vini.forwarder;

import java.util.Map;
import java.util.TreeMap;

/**
 * Places in the {@link #BYTES} bytes of annotations that travel with a packet, as Click lays them
 * out; several share a place and cannot be used at once. A configuration names one ({@code PAINT})
 * or gives its place ({@code 17}), with a size where the element does not know it ({@code 20:4}).
 *
 * @param at the first byte
 * @param size 1, 2, 4 or 16 bytes
 */
public record Annotation(int at, int size) {
    /** The bytes of annotations of a packet. */
    public static final int BYTES = 48;

    static final int DESTINATION = 0;
    static final int PAINT = 16;

    /** Which byte of an IP header an ICMP parameter problem is about. */
    public static final Annotation ICMP_PARAMETER_PROBLEM = new Annotation(17, 1);

    /** Whether FixIPSrc is to set the source address. */
    public static final Annotation FIX_IP_SRC = new Annotation(19, 1);

    /** VLAN tag control information. */
    public static final Annotation VLAN_TCI = new Annotation(20, 2);

    /** The number of the flow or group that a packet belongs to. */
    public static final Annotation AGGREGATE = new Annotation(20, 4);

    /** Packets that this one stands for besides itself. */
    public static final Annotation EXTRA_PACKETS = new Annotation(24, 4);

    /** Bytes on the wire that were not captured. */
    public static final Annotation EXTRA_LENGTH = new Annotation(28, 4);

    /** A sequence number. */
    public static final Annotation SEQUENCE_NUMBER = new Annotation(36, 4);

    private static final Map<String, Annotation> NAMES = new TreeMap<>();

    static {
        NAMES.put("DST_IP", new Annotation(DESTINATION, 4));
        NAMES.put("DST_IP6", new Annotation(DESTINATION, 16));
        NAMES.put("PAINT", new Annotation(PAINT, 1));
        NAMES.put("ICMP_PARAMPROB", ICMP_PARAMETER_PROBLEM);
        NAMES.put("FIX_IP_SRC", FIX_IP_SRC);
        NAMES.put("VLAN_TCI", VLAN_TCI);
        NAMES.put("AGGREGATE", AGGREGATE);
        NAMES.put("EXTRA_PACKETS", EXTRA_PACKETS);
        NAMES.put("EXTRA_LENGTH", EXTRA_LENGTH);
        NAMES.put("SEQUENCE_NUMBER", SEQUENCE_NUMBER);
    }

    public Annotation {
        if (at < 0 || at + size > BYTES) {
            throw new IllegalArgumentException(
                    "bytes " + at + " to " + (at + size - 1) + " are outside 0-" + (BYTES - 1));
        }
        if (size != 16 && at % size != 0) {
            throw new IllegalArgumentException(
                    "an annotation of " + size + " bytes cannot begin at " + at);
        }
    }

    /**
     * Reads a name, a place, or a place and a size.
     *
     * @param size the size that is wanted; a name must have it
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static Annotation parse(String text, int size) {
        Annotation named = NAMES.get(text.strip());
        if (named != null) {
            if (named.size != size) {
                throw new IllegalArgumentException(
                        text.strip() + " has " + named.size + " bytes, not " + size);
            }
            return named;
        }
        String[] parts = text.strip().split(":", -1);
        if (parts.length > 2 || !parts[0].matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is no annotation; known are "
                            + String.join(", ", NAMES.keySet()));
        }
        if (parts.length == 2 && Integer.parseInt(parts[1]) != size) {
            throw new IllegalArgumentException("'" + text + "' has not " + size + " bytes");
        }
        return new Annotation(Integer.parseInt(parts[0]), size);
    }
}
