package vini.forwarder.host.tcp;

/**
 * How much goes out for each acknowledgment while losses are mended, so that what is under way
 * comes down to the threshold evenly: Proportional Rate Reduction with the slow-start reduction
 * bound (RFC 6937 3.1).
 */
final class RateReduction {
    private long threshold;
    private long flight;
    private long delivered;
    private long sent;

    /** Recovery begins with {@code flightBytes} (RecoverFS) under way. */
    void start(long flightBytes, long thresholdBytes) {
        flight = flightBytes;
        threshold = thresholdBytes;
        delivered = 0;
        sent = 0;
    }

    /**
     * An acknowledgment has come; returns how many bytes may go out now (sndcnt), which may be
     * negative.
     *
     * @param deliveredBytes what it says has come newly, selectively or not
     * @param pipe what is under way
     */
    long acknowledged(long deliveredBytes, long pipe, int mss) {
        delivered += deliveredBytes;
        if (pipe > threshold) {
            return Math.ceilDiv(delivered * threshold, flight) - sent;
        }
        long bound = Math.max(delivered - sent, deliveredBytes) + mss;
        return Math.min(threshold - pipe, bound);
    }

    void sent(long bytes) {
        sent += bytes;
    }
}
