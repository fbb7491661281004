package vini.overlay.topology;

/**
 * One direction of a link.
 *
 * @param cost the routing metric of this direction, 1-65535
 * @param delayNanos one-way delay
 * @param jitterNanos width of the uniform random extra delay; order is kept
 * @param loss share of packets lost at random, 0-1
 * @param rateBitsPerSecond 0 means unlimited
 * @param queuePackets how many packets wait for the rate before the next is dropped
 */
public record Direction(
        int cost,
        long delayNanos,
        long jitterNanos,
        double loss,
        long rateBitsPerSecond,
        int queuePackets) {}
