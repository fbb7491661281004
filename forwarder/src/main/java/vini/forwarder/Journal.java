package vini.forwarder;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What happened in the graphs of a process and when: routes that changed, links that failed. A
 * bounded list of numbered lines; who reads too slowly sees by the numbers what was lost.
 */
public final class Journal {
    private static final int LINES_MAX = 200_000;

    private record Line(long number, long nanos, String place, String text) {}

    private final Deque<Line> lines = new ArrayDeque<>();
    private long next;

    /**
     * Adds a line.
     *
     * @param nanos when, on the graph's clock
     * @param place who: {@code GRAPH/ELEMENT}
     */
    public void add(long nanos, String place, String text) {
        if (lines.size() == LINES_MAX) {
            lines.removeFirst();
        }
        lines.addLast(new Line(next++, nanos, place, text));
    }

    /** The lines from number {@code from} on, each {@code NUMBER NANOS PLACE TEXT}. */
    public String from(long from) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            if (line.number >= from) {
                text.append(line.number).append(' ').append(line.nanos).append(' ');
                text.append(line.place).append(' ').append(line.text).append('\n');
            }
        }
        return text.toString();
    }
}
