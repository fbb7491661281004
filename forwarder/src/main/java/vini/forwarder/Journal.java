package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What happened in the graphs of a process and when: routes that changed, links that failed. A
 * bounded list of numbered lines; who reads too slowly sees by the numbers what was lost. Any
 * thread may write and read. A line is no object of its own: thousands of them, which live long,
 * would make each collection of garbage long.
 */
public final class Journal {
    /** Some MB of lines. */
    private static final int LINES_MAX = 1 << 17;

    private static final int LINES_MIN = 16;

    /** An answer is bounded as well: it is made on the thread that moves packets. */
    private static final int LINES_AT_ONCE_MAX = 4096;

    /** Puts a number into words, when somebody reads the line: most are never read. */
    public interface Wording {
        /** What happened, by the number that was given with it. */
        String text(long number);
    }

    /** Hears each line when it is added, on the thread that adds it: it may only take notes. */
    public interface Follower {
        /** A line, as {@link #add(long, String, String)} was given it. */
        void line(long nanos, String place, String text);
    }

    // A ring of lines as columns, which grows until it is as long as it may be.
    private long[] nanos = new long[LINES_MIN];
    private String[] places = new String[LINES_MIN];
    private long[] numbers = new long[LINES_MIN];
    private Wording[] wordings = new Wording[LINES_MIN];
    private long next;
    private @Nullable Follower follower;

    /**
     * Adds a line.
     *
     * @param now when, on the graph's clock
     * @param place who: {@code GRAPH/ELEMENT}
     * @param text what
     */
    public void add(long now, String place, String text) {
        add(now, place, 0, number -> text);
    }

    /**
     * Adds a line, and makes no object for it.
     *
     * @param number for {@code wording}, which says what happened and never changes
     */
    public synchronized void add(long now, String place, long number, Wording wording) {
        if (next == nanos.length && next < LINES_MAX) {
            int more = 2 * nanos.length;
            nanos = Arrays.copyOf(nanos, more);
            places = Arrays.copyOf(places, more);
            numbers = Arrays.copyOf(numbers, more);
            wordings = Arrays.copyOf(wordings, more);
        }
        int slot = slot(next++);
        nanos[slot] = now;
        places[slot] = place;
        numbers[slot] = number;
        wordings[slot] = wording;
        if (follower != null) {
            follower.line(now, place, wording.text(number));
        }
    }

    /**
     * From now on tells each line at once, so that none can be lost; in place of any follower
     * before. It is for who is on the thread that writes: in the virtual world.
     */
    public synchronized void follow(Follower newFollower) {
        follower = newFollower;
    }

    /** How many lines were overwritten by later ones: those that {@link #from} has no more. */
    public synchronized long lost() {
        return Math.max(0, next - nanos.length);
    }

    private int slot(long line) {
        return (int) line & nanos.length - 1;
    }

    /**
     * Some thousand lines from number {@code from} on, each {@code NUMBER NANOS PLACE TEXT}; who
     * wants all asks again from where they end, until there is none.
     */
    public synchronized String from(long from) {
        long first = Math.max(Math.max(from, 0), next - nanos.length);
        StringBuilder text = new StringBuilder();
        long end = Math.min(next, first + LINES_AT_ONCE_MAX);
        for (long line = first; line < end; line++) {
            int slot = slot(line);
            text.append(line).append(' ').append(nanos[slot]).append(' ');
            text.append(places[slot]).append(' ');
            text.append(wordings[slot].text(numbers[slot])).append('\n');
        }
        return text.toString();
    }
}
