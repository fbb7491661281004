package vini.forwarder.host.tcp;

import vini.net.wire.TcpOptions;

/** The timestamps of one connection, RFC 7323: what we say, and protection against old segments. */
final class Timestamps {
    private static final long TICK_NANOS = 1_000_000L;

    /** Padding included. */
    private static final int OPTION_BYTES = 12;

    private final int offset;
    private boolean on;
    private int recent;

    /**
     * Off until {@link #start}.
     *
     * @param offset so that the clock's origin does not show
     */
    Timestamps(int offset) {
        this.offset = offset;
    }

    void start(int peerValue) {
        on = true;
        recent = peerValue;
    }

    boolean isOn() {
        return on;
    }

    int value(long nowNanos) {
        return (int) (nowNanos / TICK_NANOS) + offset;
    }

    /** Says it in the options of a segment behind the handshake. */
    void writeTo(TcpOptions options, long nowNanos) {
        if (on) {
            options.setTimestamps(value(nowNanos), recent);
        }
    }

    /** What it takes of each segment. */
    int bytes() {
        return on ? OPTION_BYTES : 0;
    }

    int recent() {
        return recent;
    }

    /** RFC 7323 5.3 R1: whether the segment is older than one that has come already. */
    boolean isOld(TcpOptions options) {
        return on && (!options.timestamps() || options.timestampValue() - recent < 0);
    }

    /** RFC 7323 4.3: keeps the value of the segment at the edge of what we have acknowledged. */
    void heard(TcpOptions options, long sequence, long lastAcknowledged) {
        if (on && options.timestamps() && sequence <= lastAcknowledged) {
            recent = options.timestampValue();
        }
    }

    /**
     * RFC 7323 4.1: the round trip that an acknowledgment tells, also of a segment that was sent
     * twice; -1 if it tells none.
     */
    long roundTripNanos(TcpOptions options, long nowNanos) {
        if (!on || !options.timestamps() || options.timestampEcho() == 0) {
            return -1;
        }
        int ticks = value(nowNanos) - options.timestampEcho();
        return ticks < 0 ? -1 : ticks * TICK_NANOS;
    }
}
