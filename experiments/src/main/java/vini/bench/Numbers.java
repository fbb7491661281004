package vini.bench;

import java.util.Locale;

/** Figures as people read them. */
public final class Numbers {
    private static final int WHOLE_FROM = 1000;
    private static final int DIGITS = 3;

    private Numbers() {}

    /** Three digits that count, whole numbers whole; {@code -} for none. */
    public static String of(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        if (value == StrictMath.rint(value) || Math.abs(value) >= WHOLE_FROM) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int magnitude = (int) StrictMath.floor(StrictMath.log10(Math.abs(value)));
        int decimals = Math.clamp(DIGITS - 1 - magnitude, 0, 6);
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
