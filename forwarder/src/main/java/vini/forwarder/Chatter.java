package vini.forwarder;

import java.util.function.Consumer;

/**
 * What elements say to the user: lines of chatter, on standard error unless they are led elsewhere,
 * and what scripts print, on standard output. Any thread may speak.
 */
public final class Chatter {
    private Consumer<String> lines = System.err::println;
    private Consumer<String> printed = System.out::print;

    /** Leads the lines of chatter elsewhere; they come without their ends. */
    public synchronized void to(Consumer<String> listener) {
        lines = listener;
    }

    /** Leads what is printed elsewhere; it comes as it is, and may be part of a line. */
    public synchronized void printTo(Consumer<String> listener) {
        printed = listener;
    }

    /** Says a line, given without its end. */
    public synchronized void line(String text) {
        lines.accept(text);
    }

    /** Prints a text as it is. */
    public synchronized void print(String text) {
        printed.accept(text);
    }
}
