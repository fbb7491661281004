package vini.forwarder.host.tcp;

/**
 * How much may be under way: the congestion window, which grows with what is acknowledged and
 * shrinks with what is lost. It does not know how a loss is found or mended, which is {@link
 * Recovery}'s. Pure arithmetic: all windows in bytes, time comes in as an argument.
 */
sealed interface CongestionControl permits NewReno, Cubic {
    /** cwnd: at least one segment. */
    long windowBytes();

    /** ssthresh: below it the window grows by slow start. */
    long threshold();

    /**
     * The handshake is done.
     *
     * @param segmentBytes data of a full segment
     * @param segments so many are the initial window
     */
    void start(int segmentBytes, int segments);

    /** A smaller segment size was found on the way. */
    void segmentSize(int bytes);

    /**
     * New data was acknowledged, and no loss is being mended.
     *
     * @param flight bytes that were under way before
     * @param smoothedNanos the smoothed round trip, or -1
     * @param rttNanos the one that this acknowledgment tells, or -1
     */
    void acknowledged(long bytes, long flight, long nowNanos, long smoothedNanos, long rttNanos);

    /**
     * A loss was found by acknowledgments: the window is the new threshold.
     *
     * @param flight bytes under way
     */
    void lost(long flight);

    /** The window is no more than {@code bytes} for now. */
    void limit(long bytes);

    /**
     * The retransmission timer fired: one segment.
     *
     * @param reduced the threshold knows of this loss already
     */
    void timeout(long flight, boolean reduced);

    /** Nothing was sent for longer than the retransmission timeout (RFC 5681 4.1). */
    void idle(long nowNanos);
}
