package vini.forwarder.elements.queue;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares from 0 to 1 as handlers print them. */
final class Share {
    private static final int DIGITS = 9;

    private Share() {}

    /** Without an exponent, and without zeros at the end; 1 - 0.9 is 0.1. */
    static String text(double share) {
        return BigDecimal.valueOf(share)
                .setScale(DIGITS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
