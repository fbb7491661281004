package vini.experiment.report;

import java.util.Locale;

/** The colours of a figure by what they mean, on white paper and on black. */
enum Ink {
    PAPER("#ffffff", "#0e0f11"),
    TEXT("#111111", "#ececec"),
    MUTED("#5c5c5c", "#a3a3a3"),
    AXIS("#3a3a3a", "#bdbdbd"),
    LINK("#9a9a9a", "#6f7276"),
    GRID("#e9e9e9", "#25272a"),
    BAND("#f6ebe6", "#2b1f1c"),
    ENVELOPE("#8db0de", "#3c659c"),
    SERIES("#1d4f91", "#86b6f2"),
    FAILURE("#b3321f", "#ff8d78"),
    REPAIR("#2b6e3f", "#7fce97");

    private final String light;
    private final String dark;

    Ink(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    /** As {@code #rrggbb}, on white. */
    String light() {
        return light;
    }

    /** As {@code #rrggbb}, on black. */
    String dark() {
        return dark;
    }

    /** The custom property that carries it in a page: {@code --series}. */
    String property() {
        return "--" + name().toLowerCase(Locale.ROOT);
    }
}
