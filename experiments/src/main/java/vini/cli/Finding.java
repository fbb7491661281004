package vini.cli;

import java.util.Locale;

/**
 * One thing that the doctor tried.
 *
 * @param sentence what follows from it, and what would help; may be empty
 */
record Finding(String what, State state, String sentence) {
    enum State {
        OK,
        /** It works, and will fall short of what the fastest slices want. */
        LOW,
        /** It is not possible, and Vini does without. */
        NO,
        /** Nothing runs without it. */
        BROKEN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
