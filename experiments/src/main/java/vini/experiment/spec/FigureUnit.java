package vini.experiment.spec;

import vini.net.Quantity;

/** What a figure of a summary is counted in, which its name says: {@code rtt_ms}, {@code mbps}. */
enum FigureUnit {
    SECONDS("a time like \"5s\"", "time", 1),
    MILLISECONDS("a time like \"5ms\"", "time", 1e-3),
    MBPS("a rate like \"2Mbps\"", "rate", 1),
    BYTES("a size like \"16KB\"", "size", 1),
    SHARE("a share like \"2%\"", "share", 1),
    NONE("", "number", 1);

    /** Longer texts are no quantities; reading their digits would cost too much. */
    private static final int LONGEST = 40;

    private final String form;
    private final String kind;
    private final double scale;

    FigureUnit(String form, String kind, double scale) {
        this.form = form;
        this.kind = kind;
        this.scale = scale;
    }

    /** That of a figure. */
    static FigureUnit of(FigurePath path) {
        // The name of a probe says nothing: it may be rtt_ms, too.
        int first = path.key(0).equals("probes") ? 2 : 0;
        for (int i = path.steps().size() - 1; i >= first; i--) {
            FigureUnit unit = ofKey(path.key(i));
            if (unit != NONE) {
                return unit;
            }
        }
        return NONE;
    }

    private static FigureUnit ofKey(String key) {
        String last = key.substring(key.lastIndexOf('_') + 1);
        return switch (last) {
            case "s" -> key.equals("s") ? NONE : SECONDS;
            case "ms" -> MILLISECONDS;
            case "mbps" -> MBPS;
            case "bytes" -> BYTES;
            case "utilisation", "share", "loss" -> SHARE;
            default -> NONE;
        };
    }

    /** Whether figures in these units can be held against each other. */
    boolean fits(FigureUnit other) {
        return kind.equals(other.kind);
    }

    /** A figure in another unit that fits, in this one. */
    double from(FigureUnit other, double value) {
        return value * other.scale / scale;
    }

    /**
     * A quantity as people write it, in this unit.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    double read(String text) {
        if (this == NONE) {
            throw new IllegalArgumentException("is counted without a unit: write a number");
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("is no quantity: write " + form);
        }
        try {
            return quantity(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "does not fit a figure that is a " + kind + ": write " + form + ", or a number",
                    e);
        }
    }

    private double quantity(String text) {
        return switch (this) {
            case SECONDS -> Quantity.nanos(text) / 1e9;
            case MILLISECONDS -> Quantity.nanos(text) / 1e6;
            case MBPS -> Quantity.bitsPerSecond(text) / 1e6;
            case BYTES -> Quantity.bytes(text);
            case SHARE -> Quantity.fraction(text);
            case NONE -> Double.NaN;
        };
    }
}
