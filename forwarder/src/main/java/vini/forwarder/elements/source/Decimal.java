package vini.forwarder.elements.source;

import java.math.BigDecimal;

/** Numbers with a fraction as handlers print them. */
final class Decimal {
    private Decimal() {}

    /** Without an exponent, and without zeros at the end. */
    static String text(double value) {
        BigDecimal plain = BigDecimal.valueOf(value).stripTrailingZeros();
        return plain.toPlainString();
    }
}
