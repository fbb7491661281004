package vini.forwarder.host;

/** A bucket of answers: at most {@code burst} at once, refilled evenly; never below empty. */
public final class RateLimit {
    private final long nanosPerToken;
    private final long burst;
    private long tokens;
    private long refilledNanos;

    public RateLimit(long perSecond, long burst) {
        this.nanosPerToken = 1_000_000_000L / perSecond;
        this.burst = burst;
        this.tokens = burst;
    }

    /** Goes on with what another one has left. */
    public void take(RateLimit other) {
        tokens = Math.min(burst, other.tokens);
        refilledNanos = other.refilledNanos;
    }

    /** Takes one token if there is one. */
    public boolean allow(long nowNanos) {
        long gained = (nowNanos - refilledNanos) / nanosPerToken;
        if (gained > 0) {
            tokens = Math.min(burst, tokens + gained);
            refilledNanos += gained * nanosPerToken;
        }
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}
