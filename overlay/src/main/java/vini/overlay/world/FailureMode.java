package vini.overlay.world;

import java.util.Locale;

/** How a link fails. */
public enum FailureMode {
    /** Nothing passes, and both ends lose their carrier. */
    DOWN,
    /** Nothing passes, and nobody is told. */
    SILENT,
    /** Nothing passes from the first named node to the second, and nobody is told. */
    ONEWAY;

    /** Reads the name as it stands in files and commands. */
    public static FailureMode parse(String text) {
        for (FailureMode mode : values()) {
            if (mode.toString().equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not down, silent or oneway");
    }

    /** How the links of a node fail that fails so: in both directions. */
    public FailureMode bothWays() {
        return this == ONEWAY ? SILENT : this;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
