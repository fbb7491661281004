package vini.overlay.json;

import java.util.List;
import java.util.stream.Collectors;

/** What the user gave is wrong: all mistakes of a reading, each with its place. Exit status 2. */
public final class InputException extends RuntimeException {
    private final transient List<Problem> problems;
    private final int more;

    /**
     * Takes the mistakes of a reading.
     *
     * @param more how many further mistakes were counted and not kept
     */
    public InputException(List<Problem> problems, int more) {
        super(text(problems, more));
        this.problems = List.copyOf(problems);
        this.more = more;
    }

    public List<Problem> problems() {
        return problems;
    }

    /** The number of mistakes, those that are not listed included. */
    public int count() {
        return problems.size() + more;
    }

    private static String text(List<Problem> problems, int more) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))
                + (more == 0 ? "" : "\nand " + more + " more");
    }
}
