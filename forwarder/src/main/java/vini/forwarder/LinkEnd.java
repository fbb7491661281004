package vini.forwarder;

/** An element that is one direction of a link, for who looks at all of a process at once. */
public interface LinkEnd {
    /**
     * Appends what it has carried since the start, and its queue.
     *
     * <p>{@code PACKETS BYTES DROPPED QUEUE QUEUE_MAX RATE}: packets and bytes that have left the
     * queue, packets dropped for any reason, packets in the queue now and at most since the last
     * time that this was asked, bits per second (0: no limit).
     */
    void load(StringBuilder text);
}
