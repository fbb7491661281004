package vini.forwarder.elements.napt;

import vini.net.wire.Ipv4Header;

import java.util.Arrays;
import java.util.stream.Collectors;

/** From whom a mapping lets packets in, RFC 4787 section 5. */
public enum Filtering {
    /** From everybody. */
    ENDPOINT_INDEPENDENT("endpoint-independent"),
    /** From addresses to which the inside has sent. */
    ADDRESS("address"),
    /** From ports to which the inside has sent. */
    ADDRESS_AND_PORT("address-and-port");

    private static final long ADDRESS_BITS = 0xffffffffL << 32;
    private static final long PEER_BITS = -1L << 16;

    private final String word;

    Filtering(String word) {
        this.word = word;
    }

    /** Reads one by its name; an IllegalArgumentException for the user if there is none. */
    public static Filtering parse(String text) {
        for (Filtering filtering : values()) {
            if (filtering.word.equals(text.strip())) {
                return filtering;
            }
        }
        String known = Arrays.stream(values()).map(f -> f.word).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("'" + text + "' is none of " + known);
    }

    /**
     * What of a peer's endpoint tells one session of a mapping from another: all of it for TCP,
     * whose connections have a state; else what is filtered by.
     */
    public long mask(int protocol) {
        if (protocol == Ipv4Header.TCP) {
            return PEER_BITS;
        }
        return switch (this) {
            case ENDPOINT_INDEPENDENT -> 0;
            case ADDRESS -> ADDRESS_BITS;
            case ADDRESS_AND_PORT -> protocol == Ipv4Header.ICMP ? ADDRESS_BITS : PEER_BITS;
        };
    }

    @Override
    public String toString() {
        return word;
    }
}
