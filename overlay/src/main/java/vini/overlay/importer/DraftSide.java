package vini.overlay.importer;

/** One direction of a link while it is imported. */
final class DraftSide {
    /** Of a delay that the file does not give. */
    static final long UNKNOWN = -1;

    /** The routing metric as the file has it, any positive number; 0: none. */
    double cost;

    /** One-way; {@link #UNKNOWN} if the file gives none. */
    long delayNanos = UNKNOWN;

    /** 0-1. */
    double loss;

    /** 0: unlimited. */
    long rateBitsPerSecond;

    /** 0: as by default. */
    int queuePackets;

    void take(DraftSide other) {
        cost = other.cost;
        delayNanos = other.delayNanos;
        loss = other.loss;
        rateBitsPerSecond = other.rateBitsPerSecond;
        queuePackets = other.queuePackets;
    }

    boolean same(DraftSide other) {
        return delayNanos == other.delayNanos
                && loss == other.loss
                && rateBitsPerSecond == other.rateBitsPerSecond
                && queuePackets == other.queuePackets;
    }
}
