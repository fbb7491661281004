package vini.vpn.wireguard;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Timestamps of initiations (paper, 5.1): 8 bytes of seconds and 4 of nanoseconds, big-endian, so
 * that they are ordered as bytes. The low bits of the nanoseconds are zero, for they would tell how
 * long we compute; 2^24 ns is 17 ms.
 */
final class Tai64n {
    /** TAI was ten seconds ahead of UTC in 1970; leap seconds since then are not counted. */
    private static final long EPOCH = 0x400000000000000aL;

    private static final long SECOND = 1_000_000_000L;
    private static final int WHITENED = (1 << 24) - 1;

    private Tai64n() {}

    /** That of a time since 1970. */
    static byte[] of(long epochNanos) {
        return ByteBuffer.allocate(Messages.TIMESTAMP_BYTES)
                .putLong(EPOCH + Math.floorDiv(epochNanos, SECOND))
                .putInt((int) Math.floorMod(epochNanos, SECOND) & ~WHITENED)
                .array();
    }

    /** The next one that can be told from another: for a clock that has not moved, or back. */
    static byte[] next(byte[] timestamp) {
        ByteBuffer of = ByteBuffer.wrap(timestamp);
        long seconds = of.getLong();
        long nanos = of.getInt() + WHITENED + 1L;
        return ByteBuffer.allocate(Messages.TIMESTAMP_BYTES)
                .putLong(nanos < SECOND ? seconds : seconds + 1)
                .putInt(nanos < SECOND ? (int) nanos : 0)
                .array();
    }

    /** Whether the first is later than the second. */
    static boolean isAfter(byte[] timestamp, byte[] other) {
        return Arrays.compareUnsigned(timestamp, other) > 0;
    }
}
