package vini.forwarder;

import java.util.function.Consumer;

/** Where elements write lines for the user: Click's chatter, standard error unless redirected. */
public final class Chatter {
    private Consumer<String> to = System.err::println;

    /** Leads the lines elsewhere. */
    public void to(Consumer<String> listener) {
        to = listener;
    }

    /** Writes a line, given without its end. */
    public void line(String text) {
        to.accept(text);
    }
}
