package vini.forwarder.host.tcp;

/**
 * Congestion control by RFC 5681: slow start, then a segment more each round trip (RFC 3465 2.1),
 * half after a loss.
 */
final class NewReno implements CongestionControl {
    private static final double HALF = 0.5;

    private final CongestionWindow window;
    private long countedBytes;

    NewReno(int mss) {
        window = new CongestionWindow(mss);
    }

    @Override
    public long windowBytes() {
        return window.bytes;
    }

    @Override
    public long threshold() {
        return window.threshold;
    }

    @Override
    public void start(int segmentBytes, int segments) {
        window.start(segmentBytes, segments);
    }

    @Override
    public void segmentSize(int bytes) {
        window.mss = bytes;
    }

    @Override
    public void acknowledged(
            long bytes, long flight, long nowNanos, long smoothedNanos, long rttNanos) {
        if (window.slowStart(bytes, flight, 1) || !window.wasUsed(flight)) {
            return;
        }
        countedBytes += bytes;
        if (countedBytes >= window.bytes) {
            countedBytes -= window.bytes;
            window.bytes += window.mss;
        }
    }

    @Override
    public void lost(long flight) {
        window.reduce(HALF, flight);
        window.bytes = window.threshold;
        countedBytes = 0;
    }

    @Override
    public void limit(long bytes) {
        window.bytes = Math.min(window.bytes, bytes);
    }

    @Override
    public void timeout(long flight, boolean reduced) {
        if (!reduced) {
            window.reduce(HALF, flight);
        }
        window.timeout();
        countedBytes = 0;
    }

    @Override
    public void idle(long nowNanos) {
        window.idle();
    }
}
