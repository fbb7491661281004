package vini.forwarder.elements.standard;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Packet;

/** Timestamps of packets as configurations and lines write them, and the first timestamp. */
public final class Timestamps {
    /** Click's first timestamp annotation: 8 bytes of nanoseconds since 1970. */
    private static final int FIRST_AT = 40;

    private static final long SECOND = 1_000_000_000;
    private static final long MICROSECOND = 1_000;

    private Timestamps() {}

    /**
     * The packet's first timestamp annotation, in nanoseconds since 1970; 0 where there is none.
     */
    public static long first(Packet packet) {
        return packet.annotation(FIRST_AT, 4) << 32 | packet.annotation(FIRST_AT + 4, 4);
    }

    /** Sets the packet's first timestamp annotation. */
    public static void first(Packet packet, long nanos) {
        packet.annotation(FIRST_AT, 4, nanos >>> 32);
        packet.annotation(FIRST_AT + 4, 4, nanos);
    }

    /** Reads seconds, perhaps with a sign, a fraction and a unit. */
    static long signed(String text) {
        String plain = text.strip();
        boolean negative = plain.startsWith("-");
        long nanos = ArgumentTypes.nanos(plain.replaceFirst("^[-+]", ""));
        return negative ? -nanos : nanos;
    }

    /** Seconds with six digits of fraction; nine where the nanoseconds are not whole micros. */
    public static String text(long nanos) {
        // No absolute value of the smallest number: it has none.
        String sign = nanos < 0 ? "-" : "";
        long seconds = Math.abs(nanos / SECOND);
        long fraction = Math.abs(nanos % SECOND);
        return fraction % MICROSECOND == 0
                ? "%s%d.%06d".formatted(sign, seconds, fraction / MICROSECOND)
                : "%s%d.%09d".formatted(sign, seconds, fraction);
    }
}
