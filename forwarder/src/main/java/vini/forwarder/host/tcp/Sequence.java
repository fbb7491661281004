package vini.forwarder.host.tcp;

/**
 * Sequence numbers without their wrap: inside this package they are longs that only grow, whose low
 * 32 bits are what is on the wire, so that they compare as numbers (RFC 9293 3.4 needs none of its
 * circular arithmetic here).
 */
final class Sequence {
    private Sequence() {}

    /** The number nearest to {@code near} that looks like {@code wire}. */
    static long unwrap(long near, int wire) {
        return near + (wire - (int) near);
    }
}
