package vini.experiment.run;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * One line of a program's file: something that happened to it.
 *
 * @param text the line that it printed; null for all else
 * @param status what it returned at its end; null for all else
 */
public record ProgramRow(double timeS, What what, @Nullable String text, @Nullable Integer status) {
    /** What may happen to a program. */
    public enum What {
        /** It was started. */
        STARTED,
        /** It could not be started; the text says why. */
        FAILED,
        /** It printed a line. */
        SAID,
        /** It was asked to end. */
        STOPPED,
        /** It has ended. */
        ENDED;

        /** As files have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static ProgramRow of(double timeS, What what) {
        return new ProgramRow(timeS, what, null, null);
    }

    /** The line of the file, without its end. */
    public String line() {
        return new JsonLine()
                .seconds("t_s", timeS)
                .text("event", what.word())
                .optional("text", text)
                .optional("status", status)
                .end();
    }
}
