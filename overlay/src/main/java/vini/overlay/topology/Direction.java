package vini.overlay.topology;

/**
 * One direction of a link.
 *
 * @param cost the routing metric of this direction, 1-{@link #COST_MAX}
 * @param delayNanos one-way delay
 * @param jitterNanos width of the uniform random extra delay; order is kept
 * @param loss share of packets lost at random, 0-1
 * @param rateBitsPerSecond 0 means unlimited
 * @param queuePackets how many packets wait for the rate before the next is dropped, 1-{@link
 *     #QUEUE_PACKETS_MAX}
 */
public record Direction(
        int cost,
        long delayNanos,
        long jitterNanos,
        double loss,
        long rateBitsPerSecond,
        int queuePackets) {
    /** RFC 2328 A.4.2: a metric has 16 bits. */
    public static final int COST_MAX = 65535;

    /** What a forwarder's link takes. */
    public static final int QUEUE_PACKETS_MAX =
            vini.forwarder.elements.overlay.Link.QUEUE_PACKETS_MAX;
}
