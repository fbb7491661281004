package vini.forwarder.elements.standard;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Packet;

/** Timestamps of packets as configurations and lines write them, and the first timestamp. */
final class Timestamps {
    /** Click's first timestamp annotation: 8 bytes of nanoseconds since 1970. */
    private static final int FIRST_AT = 40;

    private static final long SECOND = 1_000_000_000;
    private static final long MICROSECOND = 1_000;

    private Timestamps() {}

    static long first(Packet packet) {
        return packet.annotation(FIRST_AT, 4) << 32 | packet.annotation(FIRST_AT + 4, 4);
    }

    static void first(Packet packet, long nanos) {
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
    static String text(long nanos) {
        long size = Math.abs(nanos);
        String sign = nanos < 0 ? "-" : "";
        long fraction = size % SECOND;
        return fraction % MICROSECOND == 0
                ? "%s%d.%06d".formatted(sign, size / SECOND, fraction / MICROSECOND)
                : "%s%d.%09d".formatted(sign, size / SECOND, fraction);
    }
}
