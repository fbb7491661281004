package vini.net;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantities as people write them: {@code 2.5ms}, {@code 100Mbps}, {@code 16KB}, {@code 0.1%}. Each
 * reader throws {@link IllegalArgumentException} with a sentence for the user, without the place.
 */
public final class Quantity {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([A-Za-z%/]*)");

    private static final Map<String, Long> TIMES = new TreeMap<>();
    private static final Map<String, Long> RATES = new TreeMap<>();
    private static final Map<String, Long> SIZES = new TreeMap<>();

    static {
        TIMES.put("ns", 1L);
        TIMES.put("us", 1_000L);
        TIMES.put("ms", 1_000_000L);
        TIMES.put("s", 1_000_000_000L);
        TIMES.put("m", 60_000_000_000L);
        TIMES.put("min", 60_000_000_000L);
        TIMES.put("h", 3_600_000_000_000L);
        for (String unit : List.of("bps", "b/s", "bit/s")) {
            RATES.put(unit, 1L);
            RATES.put("k" + unit, 1_000L);
            RATES.put("M" + unit, 1_000_000L);
            RATES.put("G" + unit, 1_000_000_000L);
        }
        SIZES.put("B", 1L);
        SIZES.put("KB", 1L << 10);
        SIZES.put("MB", 1L << 20);
        SIZES.put("GB", 1L << 30);
    }

    private Quantity() {}

    /** Nanoseconds; the unit is one of ns, us, ms, s, m, h. */
    public static long nanos(String text) {
        return scaled(text, TIMES, "a time", "a number with ns, us, ms, s, m or h, as in \"5ms\"");
    }

    /** Bits per second; decimal units bps, kbps, Mbps, Gbps, also written Mb/s and Mbit/s. */
    public static long bitsPerSecond(String text) {
        return scaled(text, RATES, "a rate", "a number with kbps, Mbps or Gbps, as in \"100Mbps\"");
    }

    /** Bytes; B, and KB, MB, GB as powers of 1024. */
    public static long bytes(String text) {
        return scaled(text, SIZES, "a size", "a number with B, KB or MB, as in \"16KB\"");
    }

    /** A share of 1 from a percentage, 0-1. */
    public static double fraction(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !form.group(2).equals("%")) {
            throw wrong(text, "a share", "a percentage, as in \"0.1%\"");
        }
        double fraction = new BigDecimal(form.group(1)).movePointLeft(2).doubleValue();
        if (fraction > 1) {
            throw new IllegalArgumentException("\"" + text + "\" is more than 100%");
        }
        return fraction;
    }

    private static long scaled(String text, Map<String, Long> units, String what, String cure) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw wrong(text, what, cure);
        }
        Long unit = units.get(form.group(2));
        if (unit == null) {
            throw wrong(text, what, cure);
        }
        try {
            return new BigDecimal(form.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .toBigInteger()
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("\"" + text + "\" is too large", e);
        }
    }

    private static IllegalArgumentException wrong(String text, String what, String cure) {
        return new IllegalArgumentException("\"" + text + "\" is not " + what + ": use " + cure);
    }

    /** A time in the largest unit that shows it exactly: {@code 2.5ms}, {@code 10s}. */
    public static String ofNanos(long nanos) {
        if (nanos == 0) {
            return "0ms";
        }
        long size = Math.abs(nanos);
        if (size >= 1_000_000_000L) {
            return plain(nanos, 9) + "s";
        }
        if (size >= 1_000_000L) {
            return plain(nanos, 6) + "ms";
        }
        return size >= 1_000L ? plain(nanos, 3) + "us" : nanos + "ns";
    }

    /** A rate in the largest fitting decimal unit: {@code 100Mbps}. */
    public static String ofBitsPerSecond(long rate) {
        if (rate >= 1_000_000_000L) {
            return plain(rate, 9) + "Gbps";
        }
        if (rate >= 1_000_000L) {
            return plain(rate, 6) + "Mbps";
        }
        return rate >= 1_000L ? plain(rate, 3) + "kbps" : rate + "bps";
    }

    /** A share of 1 as a percentage: {@code 0.1%}. */
    public static String ofFraction(double fraction) {
        return BigDecimal.valueOf(fraction).movePointRight(2).stripTrailingZeros().toPlainString()
                + "%";
    }

    private static String plain(long value, int scale) {
        return BigDecimal.valueOf(value, scale).stripTrailingZeros().toPlainString();
    }

    /** Milliseconds with two digits, for tables and logs. */
    public static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
