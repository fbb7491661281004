package vini.forwarder;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What elements say to the user: lines of chatter, on standard error unless they are led elsewhere,
 * and what scripts print, on standard output. Lines may be said on channels: those of another than
 * the default one go to who listens to it only. Any thread may speak.
 */
public final class Chatter {
    /** The default channel's name. */
    public static final String DEFAULT_CHANNEL = "";

    private record Listener(String channel, boolean loud, Consumer<String> lines) {}

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
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

    /**
     * Hears the lines of a channel, too.
     *
     * @param loud whether the channel's lines go to where those of the default one go, as well
     * @return what ends it
     */
    public Runnable listen(String channel, boolean loud, Consumer<String> listener) {
        Listener added = new Listener(channel, loud, listener);
        listeners.add(added);
        return () -> listeners.remove(added);
    }

    /** Says a line, given without its end. */
    public void line(String text) {
        line(DEFAULT_CHANNEL, text);
    }

    /** Says a line on a channel. */
    public synchronized void line(String channel, String text) {
        boolean loud = channel.equals(DEFAULT_CHANNEL);
        for (Listener listener : listeners) {
            if (listener.channel.equals(channel)) {
                listener.lines.accept(text);
                loud |= listener.loud;
            }
        }
        if (loud) {
            lines.accept(text);
        }
    }

    /** Prints a text as it is. */
    public synchronized void print(String text) {
        printed.accept(text);
    }
}
