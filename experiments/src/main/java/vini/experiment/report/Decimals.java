package vini.experiment.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them; the same on every machine. */
final class Decimals {
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private Decimals() {}

    /** With exactly so many digits (0-6) after the point: {@code 76.20}. */
    static String fixed(double value, int digits) {
        String text =
                BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
        return text.startsWith("-") ? "\u2212" + text.substring(1) : text;
    }

    /** With at most so many digits, zeros at the end left out: {@code 76.2}; a plain minus. */
    static String shortest(double value, int digits) {
        long scaled = Math.round(value * POWERS[digits]);
        long whole = scaled / POWERS[digits];
        long part = Math.abs(scaled % POWERS[digits]);
        if (part == 0) {
            return Long.toString(whole);
        }
        int places = digits;
        while (part % 10 == 0) {
            part /= 10;
            places--;
        }
        String text = Long.toString(part);
        String sign = scaled < 0 && whole == 0 ? "-" : "";
        return sign + whole + "." + "0".repeat(places - text.length()) + text;
    }

    /** A count with thin spaces between thousands. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
    }

    /** Bits per second: {@code 1.7 Mb/s}. */
    static String rate(double mbps) {
        return mbps >= 1000
                ? fixed(mbps / 1000, 2) + " Gb/s"
                : mbps >= 1
                        ? fixed(mbps, mbps < 100 ? 1 : 0) + " Mb/s"
                        : fixed(mbps * 1000, 0) + " kb/s";
    }

    /** Bytes in decimal units: {@code 14.2 MB}. */
    static String bytes(long count) {
        double bytes = (double) count;
        if (bytes >= 1e9) {
            return fixed(bytes / 1e9, 2) + " GB";
        }
        if (bytes >= 1e6) {
            return fixed(bytes / 1e6, 1) + " MB";
        }
        return bytes >= 1e3 ? fixed(bytes / 1e3, 1) + " kB" : fixed(bytes, 0) + " B";
    }

    /** Seconds in a table: at most three digits. */
    static String seconds(double value) {
        return shortest(value, 3);
    }
}
