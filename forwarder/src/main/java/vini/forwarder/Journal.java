package vini.forwarder;

import java.util.List;

/**
 * What happened in the graphs of a process and when: routes that changed, links that failed. A
 * bounded list of numbered lines; who reads too slowly sees by the numbers what was lost. Any
 * thread may write and read.
 */
public final class Journal {
    /** Some 20 MB of lines, of the 256 MB that the forwarder's JVM flags allow. */
    private static final int LINES_MAX = 1 << 17;

    /** An answer is bounded as well: it is made on the thread that moves packets. */
    private static final int LINES_AT_ONCE_MAX = 4096;

    private record Line(long nanos, String place, Object text) {}

    private final Ring<Line> lines = new Ring<>(LINES_MAX);

    /**
     * Adds a line.
     *
     * @param nanos when, on the graph's clock
     * @param place who: {@code GRAPH/ELEMENT}
     * @param text what; an immutable value, whose text is made when somebody reads the line
     */
    public synchronized void add(long nanos, String place, Object text) {
        lines.add(new Line(nanos, place, text));
    }

    /**
     * Some thousand lines from number {@code from} on, each {@code NUMBER NANOS PLACE TEXT}; who
     * wants all asks again from where they end, until there is none.
     */
    public synchronized String from(long from) {
        List<Line> some = lines.from(from, LINES_AT_ONCE_MAX);
        long number = Math.max(from, lines.first());
        StringBuilder text = new StringBuilder();
        for (Line line : some) {
            text.append(number++).append(' ').append(line.nanos).append(' ');
            text.append(line.place).append(' ').append(line.text).append('\n');
        }
        return text.toString();
    }
}
