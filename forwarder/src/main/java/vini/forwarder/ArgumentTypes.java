package vini.forwarder;

import vini.forwarder.lang.ConfigText;
import vini.net.Quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the arguments of elements are made of, as Click reads it. Each reader throws
 * IllegalArgumentException with a sentence for the user. Addresses are read by {@link
 * AddressNames.Reader}, quantities of links by {@link Quantity}.
 */
public final class ArgumentTypes {
    private static final Pattern NUMBER =
            Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)\\s*([A-Za-z/]*)");
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private static final Map<String, Long> SECONDS = new TreeMap<>();
    private static final Map<String, Long> PREFIXES = new TreeMap<>();

    static {
        SECONDS.put("", 1_000_000_000L);
        for (String unit : new String[] {"s", "sec", "second", "seconds"}) {
            SECONDS.put(unit, 1_000_000_000L);
        }
        SECONDS.put("ms", 1_000_000L);
        SECONDS.put("msec", 1_000_000L);
        SECONDS.put("us", 1_000L);
        SECONDS.put("usec", 1_000L);
        SECONDS.put("ns", 1L);
        SECONDS.put("nsec", 1L);
        for (String unit : new String[] {"m", "min"}) {
            SECONDS.put(unit, 60_000_000_000L);
        }
        for (String unit : new String[] {"h", "hr"}) {
            SECONDS.put(unit, 3_600_000_000_000L);
        }
        SECONDS.put("d", 86_400_000_000_000L);
        SECONDS.put("day", 86_400_000_000_000L);
        PREFIXES.put("", 1L);
        PREFIXES.put("k", 1_000L);
        PREFIXES.put("K", 1_000L);
        PREFIXES.put("M", 1_000_000L);
        PREFIXES.put("G", 1_000_000_000L);
    }

    private ArgumentTypes() {}

    /** A whole number of 64 bits: {@code 12}, {@code -3}, {@code 0x1F}, {@code 017} (octal). */
    public static long integer(String text) {
        String plain = text.strip().replace("_", "");
        boolean negative = plain.startsWith("-");
        String digits = negative || plain.startsWith("+") ? plain.substring(1) : plain;
        String lower = digits.toLowerCase(Locale.ROOT);
        int radix = lower.startsWith("0x") ? 16 : lower.matches("0[0-7]+") ? 8 : 10;
        try {
            BigInteger value = new BigInteger(radix == 16 ? digits.substring(2) : digits, radix);
            if (digits.startsWith("-") || value.compareTo(TWO_TO_64) >= 0) {
                throw new IllegalArgumentException("'" + text + "' is too large");
            }
            return negative ? -value.longValue() : value.longValue();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
        }
    }

    /** A reader of whole numbers in a range. */
    public static Function<String, Integer> integer(int low, int high) {
        return text -> (int) integer(low, (long) high).apply(text).longValue();
    }

    /** A reader of whole numbers in a range. */
    public static Function<String, Long> integer(long low, long high) {
        return text -> {
            long value = integer(text);
            if (value < low || value > high) {
                throw new IllegalArgumentException(
                        text.strip() + " is outside " + low + " to " + high);
            }
            return value;
        };
    }

    /** {@code true}, {@code false}, {@code yes}, {@code no}, {@code 1}, {@code 0}, ... */
    public static boolean bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "1", "true", "t", "yes", "y", "on" -> true;
            case "0", "false", "f", "no", "n", "off" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is not true or false");
        };
    }

    /** A number with a fraction. */
    public static double real(String text) {
        double value = Double.parseDouble(text.strip());
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("'" + text + "' is not a number");
        }
        return value;
    }

    /** A share of 1: {@code 0.3} or {@code 30%}. */
    public static double share(String text) {
        String plain = text.strip();
        double value =
                plain.endsWith("%")
                        ? real(plain.substring(0, plain.length() - 1)) / 100
                        : real(plain);
        if (value < 0 || value > 1) {
            throw new IllegalArgumentException("'" + text + "' is outside 0 to 1");
        }
        return value;
    }

    /** A span in nanoseconds; a number without a unit is seconds: {@code 1.5}, {@code 20ms}. */
    public static long nanos(String text) {
        return scaled(text, SECONDS, "a time, such as 1.5s or 20ms");
    }

    /**
     * A rate in bytes a second: {@code 1000} and {@code 1kBps} are bytes, {@code 8kbps} is bits.
     */
    public static long bytesPerSecond(String text) {
        Matcher form = NUMBER.matcher(text.strip());
        if (form.matches()) {
            String unit = form.group(2);
            boolean bits = unit.endsWith("bps") || unit.endsWith("b/s") || unit.endsWith("baud");
            String prefix = unit.replaceFirst("(bps|b/s|baud|Bps|B/s)$", "");
            Long factor = PREFIXES.get(prefix);
            if (factor != null) {
                BigDecimal rate =
                        new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(factor));
                BigDecimal bytes = bits ? rate.divide(BigDecimal.valueOf(8)) : rate;
                if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0) {
                    return bytes.longValue();
                }
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a bandwidth, such as 384kbps or 1MBps");
    }

    private static long scaled(String text, Map<String, Long> units, String what) {
        Matcher form = NUMBER.matcher(text.strip());
        Long unit = form.matches() ? units.get(form.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + text + "' is not " + what);
        }
        BigDecimal value = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit));
        if (value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is too long");
        }
        return value.longValue();
    }

    /** A string, without its quotes. */
    public static String string(String text) {
        return ConfigText.unquote(text);
    }

    /** The name of a file, or {@code -}. */
    public static String fileName(String text) {
        String name = string(text);
        try {
            Path _ = Path.of(name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not the name of a file", e);
        }
        return name;
    }

    /** A string as bytes: what {@code "\<00 ff>"} says is taken as it is. */
    public static byte[] data(String text) {
        return ConfigText.unquoteBytes(text);
    }
}
