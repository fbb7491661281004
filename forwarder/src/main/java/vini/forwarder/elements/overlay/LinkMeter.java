package vini.forwarder.elements.overlay;

/** What one direction of a link did, for who looks at it now and then, see {@link Link#looked}. */
final class LinkMeter {
    /** The longest queue since somebody looked, the packet that is being sent included. */
    private int queueMax;

    /** What was there when somebody looked last, and which look saw something new last. */
    private int lookedQueue;

    private int lookedQueueMax;
    private long lookedPackets;
    private long lookedBytes;
    private long lookedDropped;
    private long busyReading;

    /** The queue has so many packets now. */
    void queue(int length) {
        queueMax = Math.max(queueMax, length);
    }

    /**
     * Somebody looks, see {@link vini.forwarder.LinkEnd#looked}.
     *
     * @param dropped packets until now
     */
    boolean looked(OnTheWay way, long now, long dropped, long reading, long since) {
        int queue = way.queueLength(now);
        lookedQueue = queue;
        lookedQueueMax = Math.max(queue, queueMax);
        queueMax = queue;
        if (lookedQueueMax > 0
                || dropped != lookedDropped
                || way.carriedPackets() != lookedPackets) {
            busyReading = reading;
        }
        lookedDropped = dropped;
        lookedPackets = way.carriedPackets();
        lookedBytes = way.carriedBytes();
        return busyReading > since;
    }

    /** See {@link vini.forwarder.LinkEnd#load}. */
    void load(StringBuilder text, long rate) {
        text.append(lookedPackets).append(' ').append(lookedBytes).append(' ');
        text.append(lookedDropped).append(' ').append(lookedQueue).append(' ');
        text.append(lookedQueueMax).append(' ').append(rate);
    }
}
