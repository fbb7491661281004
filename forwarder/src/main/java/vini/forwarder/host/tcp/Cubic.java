package vini.forwarder.host.tcp;

/**
 * Congestion control by CUBIC, RFC 9438: between losses the window follows a cubic function of the
 * time since the last one, flat about where that loss was, and never less than what Reno would
 * have.
 *
 * <p>Windows in bytes; only the constant C is per segment, as the RFC has it.
 */
final class Cubic implements CongestionControl {
    /** RFC 9438 5: segments per cubic second. */
    static final double C = 0.4;

    /** RFC 9438 4.6. */
    static final double BETA = 0.7;

    /** RFC 9438 4.3: with this increase and {@link #BETA}, as fast as Reno. */
    static final double ALPHA = 3 * (1 - BETA) / (1 + BETA);

    /**
     * After the first slow start the window is halved instead: a round trip ago it was half as
     * large and fitted, and at {@link #BETA} what is sent again would be lost as well.
     */
    static final double FIRST = 0.5;

    private static final double NANOS = 1e9;
    private static final double GROWTH_MAX = 1.5;

    private final CongestionWindow window;
    private final HyStart hyStart = new HyStart();

    /** cwnd_prior and W_max; 0 before the first loss and after a timeout. */
    private double prior;

    private double windowMax;

    /** Whether congestion avoidance has begun since the last loss, and what holds from then on. */
    private boolean inEpoch;

    private double origin;
    private double k;
    private double estimate;
    private long elapsedNanos;
    private long heardNanos;

    /** What the window has grown by, less than a byte. */
    private double fraction;

    Cubic(int mss) {
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

    /** W_max, in bytes. */
    double windowMax() {
        return windowMax;
    }

    /** K, in seconds: how long the window takes back to W_max. */
    double k() {
        return k;
    }

    /** W_est, in bytes: what Reno would have. */
    double estimate() {
        return estimate;
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
        long sinceNanos = nowNanos - heardNanos;
        heardNanos = nowNanos;
        int divisor = 1;
        if (window.isFirstSlowStart()) {
            hyStart.acknowledged(bytes, flight, rttNanos);
            divisor = hyStart.divisor();
            if (hyStart.isOver()) {
                window.threshold = window.bytes; // RFC 9406 4.2, RFC 9438 4.10
            }
        }
        if (window.slowStart(bytes, flight, divisor)) {
            return;
        }
        if (!inEpoch) {
            begin();
            sinceNanos = 0;
        }
        if (!window.wasUsed(flight)) {
            return; // RFC 9438 4.2: time in which the window was not needed does not count
        }
        elapsedNanos += sinceNanos;
        grow(bytes, Math.max(smoothedNanos, 0) / NANOS);
    }

    /** RFC 9438 4.2: congestion avoidance begins. */
    private void begin() {
        inEpoch = true;
        elapsedNanos = 0;
        fraction = 0;
        estimate = window.bytes;
        if (windowMax > window.bytes) {
            origin = windowMax;
            k = StrictMath.cbrt((origin - window.bytes) / window.mss / C);
        } else { // RFC 9438 4.8, 4.10: after a timeout, or slow start ended without a loss
            origin = window.bytes;
            prior = window.bytes;
            k = 0;
        }
    }

    /** W_cubic(t), RFC 9438 figure 1, in bytes. */
    double cubic(double seconds) {
        double t = seconds - k;
        return C * t * t * t * window.mss + origin;
    }

    private void grow(long bytes, double rttSeconds) {
        double seconds = elapsedNanos / NANOS;
        double alpha = estimate < prior ? ALPHA : 1; // RFC 9438 4.3
        estimate += alpha * window.mss * bytes / window.bytes;
        if (cubic(seconds) < estimate) {
            add(Math.max(0, estimate - window.bytes - fraction)); // the Reno-friendly region
            return;
        }
        double now = window.bytes;
        double target = Math.clamp(cubic(seconds + rttSeconds), now, GROWTH_MAX * now);
        add((target - now) * bytes / window.bytes); // RFC 9438 4.4, 4.5
    }

    private void add(double bytes) {
        fraction += bytes;
        long whole = (long) fraction;
        fraction -= whole;
        window.bytes += whole;
    }

    @Override
    public void lost(long flight) {
        // RFC 9438 4.7, fast convergence: who has less than before leaves more to others.
        boolean less = window.bytes < windowMax;
        windowMax = less ? window.bytes * (1 + BETA) / 2 : window.bytes;
        prior = window.bytes;
        window.reduce(window.isFirstSlowStart() ? FIRST : BETA, flight);
        window.bytes = window.threshold;
        inEpoch = false;
    }

    @Override
    public void limit(long bytes) {
        window.bytes = Math.min(window.bytes, bytes);
    }

    @Override
    public void timeout(long flight, boolean reduced) {
        if (!reduced) {
            window.reduce(BETA, flight);
        }
        window.timeout();
        windowMax = 0; // RFC 9438 4.8: the next epoch begins at its own window
        inEpoch = false;
    }

    @Override
    public void idle(long nowNanos) {
        window.idle();
        heardNanos = nowNanos;
    }
}
