package vini.experiment.run;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Gives each line of a file whose rows grow in memory once, so that they can be appended to it.
 * Rows that were given stay where they are. What is given is made into text only when it is asked
 * for, which may be on another thread: rows do not change.
 */
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
    public <R> Supplier<List<String>> of(List<R> rows, Function<R, String> line) {
        return of(rows, rows.size(), line);
    }

    /**
     * Likewise, of the first rows only.
     *
     * @param end how many: the others may still change
     */
    public <R> Supplier<List<String>> of(List<R> rows, int end, Function<R, String> line) {
        List<R> fresh = rows.subList(given, Math.max(given, end));
        given += fresh.size();
        return next(fresh, line);
    }

    /** The lines of rows that the caller gives once. */
    public <R> Supplier<List<String>> next(List<R> rows, Function<R, String> line) {
        List<String> first = begun ? List.of() : head;
        begun = true;
        List<R> fresh = List.copyOf(rows);
        return () -> Stream.concat(first.stream(), fresh.stream().map(line)).toList();
    }
}
