package vini.experiment.analysis;

import java.util.Locale;

/** How a run came out. */
public enum Verdict {
    PASSED,
    FAILED,
    INTERRUPTED,
    CRASHED;

    /** As files and people see it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
