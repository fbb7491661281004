package vini.forwarder.filter;

import org.jspecify.annotations.Nullable;

/** How a field is compared with a value, both unsigned. */
public enum Relation {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    /** The relation that a symbol stands for, or null. */
    static @Nullable Relation of(String symbol) {
        return switch (symbol) {
            case "==", "=" -> EQUAL;
            case "!=" -> NOT_EQUAL;
            case "<" -> LESS;
            case "<=" -> LESS_OR_EQUAL;
            case ">" -> GREATER;
            case ">=" -> GREATER_OR_EQUAL;
            default -> null;
        };
    }

    /** Whether it says equal or not equal, no order. */
    boolean isEquality() {
        return this == EQUAL || this == NOT_EQUAL;
    }
}
