package vini.forwarder.elements.measure;

import vini.forwarder.ArgumentTypes;

/** Points in time as text: seconds since 1970 with six digits, or nine where six are not enough. */
final class Stamp {
    private static final long SECOND = 1_000_000_000L;

    private Stamp() {}

    /** Seconds with a fraction, from nanoseconds. */
    static String text(long nanos) {
        long whole = Math.floorDiv(nanos, SECOND);
        long part = Math.floorMod(nanos, SECOND);
        // A time before 1970 is written as -(1.5), not as -2 and .5.
        boolean negative = whole < 0;
        if (negative) {
            whole = part == 0 ? -whole : -whole - 1;
            part = part == 0 ? 0 : SECOND - part;
        }
        String fraction = part % 1000 == 0 ? "%06d".formatted(part / 1000) : "%09d".formatted(part);
        return (negative ? "-" : "") + whole + "." + fraction;
    }

    /** Nanoseconds since 1970 from seconds; a unit is allowed. */
    static long parse(String text) {
        return ArgumentTypes.nanos(text);
    }

    /** The sum, or the largest number if it is larger. */
    static long sum(long nanos, long more) {
        long sum = nanos + more;
        return more >= 0 && sum < nanos ? Long.MAX_VALUE : sum;
    }
}
