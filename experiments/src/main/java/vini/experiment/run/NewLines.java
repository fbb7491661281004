package vini.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Gives each line of a file whose rows grow in memory once, so that they can be appended to it. */
public final class NewLines {
    private final List<String> head;
    private boolean begun;
    private int given;

    /**
     * For a file that begins so.
     *
     * @param head lines before the rows
     */
    public NewLines(String... head) {
        this.head = List.of(head);
    }

    /** The lines of all rows that have not been given yet. */
    public <R> List<String> of(List<R> rows, Function<R, String> line) {
        return of(rows, rows.size(), line);
    }

    /**
     * Likewise, of the first rows only.
     *
     * @param end how many: the others may still change
     */
    public <R> List<String> of(List<R> rows, int end, Function<R, String> line) {
        List<String> lines = new ArrayList<>(begun ? List.of() : head);
        begun = true;
        while (given < end) {
            lines.add(line.apply(rows.get(given++)));
        }
        return lines;
    }
}
