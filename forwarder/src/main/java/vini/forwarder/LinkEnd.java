package vini.forwarder;

/**
 * An element that is one direction of a link, for who looks at all of a process at once and wants
 * to hear only of those that did something.
 */
public interface LinkEnd {
    /**
     * Looks at it.
     *
     * @param reading number of this look, greater than those before
     * @param since an earlier one, or 0
     * @return whether it has carried or dropped anything, or anything waited, after that look
     */
    boolean looked(long reading, long since);

    /**
     * Appends what it has carried since the start, and its queue.
     *
     * <p>{@code PACKETS BYTES DROPPED QUEUE QUEUE_MAX RATE}: packets and bytes that have left the
     * queue, packets dropped for any reason, packets in the queue at the latest look and at most
     * since the look before it, bits per second (0: no limit).
     */
    void load(StringBuilder text);
}
