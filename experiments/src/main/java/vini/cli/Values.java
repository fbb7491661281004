package vini.cli;

/** Quantities on the command line. */
final class Values {
    private Values() {}

    /** One of the readers of {@code vini.net.Quantity}. */
    interface Reader {
        Number read(String text);
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
