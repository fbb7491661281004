package vini.overlay.importer;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quantities as ns writes them: {@code 10Mb} is a rate per second, {@code 10ms} a delay. */
final class NsUnits {
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,15})?|\\.[0-9]{1,15})([A-Za-z/]*)");

    private NsUnits() {}

    /** Nanoseconds; without a unit, seconds. */
    static long time(String word, Source source, int line) {
        Matcher form = FORM.matcher(word);
        if (form.matches()) {
            int digits =
                    switch (form.group(2)) {
                        case "", "s", "sec" -> 9;
                        case "ms", "m" -> 6;
                        case "us", "u" -> 3;
                        case "ns" -> 0;
                        default -> -1;
                    };
            BigDecimal nanos = new BigDecimal(form.group(1)).movePointRight(Math.max(0, digits));
            if (digits >= 0 && nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 2)) < 0) {
                return nanos.longValue();
            }
        }
        source.wrong(
                line, Draft.quoted(word) + " is no time; write it as in 10ms, or 0.01 (seconds)");
        return 0;
    }

    /** Bits per second; {@code b} is bits, {@code B} bytes, k, M and G are decimal. */
    static long rate(String word, Source source, int line) {
        Matcher form = FORM.matcher(word);
        if (form.matches()) {
            String unit = form.group(2).replace("/s", "").replaceAll("ps$", "");
            String size = unit.isEmpty() ? "" : unit.substring(0, 1).toLowerCase(Locale.ROOT);
            int digits =
                    switch (size) {
                        case "k" -> 3;
                        case "m" -> 6;
                        case "g" -> 9;
                        default -> 0;
                    };
            boolean known = unit.matches("[kKmMgG]?[bB]?(it|its)?");
            BigDecimal bits = new BigDecimal(form.group(1)).movePointRight(digits);
            if (unit.endsWith("B")) {
                bits = bits.multiply(BigDecimal.valueOf(8));
            }
            if (known && bits.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 2)) < 0) {
                return bits.longValue();
            }
        }
        source.wrong(line, Draft.quoted(word) + " is no rate; write it as in 100Mb");
        return 0;
    }

    static double number(String word, Source source, int line) {
        if (GraphTraits.isNumber(word)) {
            return Double.parseDouble(word);
        }
        source.wrong(line, Draft.quoted(word) + " is not a number");
        return 0;
    }

    /** The length of a queue. */
    static int packets(String word, Source source, int line) {
        return (int) Math.clamp(number(word, source, line), 1, 65536);
    }
}
