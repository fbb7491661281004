package vini.cli;

import java.util.function.Function;

/** Quantities on the command line. */
final class Values {
    private Values() {}

    /** One of the readers of {@code vini.net.Quantity}. */
    interface Reader {
        Number read(String text);
    }

    /** The value of an option, or its reader's sentence with the option's name before it. */
    static <T> T parsed(String option, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongInput(option + ": " + e.getMessage());
        }
    }

    /** The value, or the reader's sentence with the option's name before it. */
    static long checked(String option, String text, Reader reader) {
        try {
            return reader.read(text).longValue();
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongInput(option + ": " + e.getMessage());
        }
    }
}
