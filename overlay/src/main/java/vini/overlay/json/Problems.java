package vini.overlay.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All mistakes and notes that one reading finds, over one or more files. Mistakes are bounded: past
 * {@link #MOST} they are only counted. Files come in the order in which they were opened, mistakes
 * of a file by position.
 */
public final class Problems {
    /** More than this many mistakes are counted and no longer kept. */
    public static final int MOST = 100;

    private final List<String> files = new ArrayList<>();
    private final List<Problem> mistakes = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();
    private int dropped;

    /** Fixes the place of a file among the others. */
    void open(String file) {
        if (!files.contains(file)) {
            files.add(file);
        }
    }

    public void add(String file, Position at, String text) {
        open(file);
        Problem problem = new Problem(file, at, text);
        if (mistakes.contains(problem)) {
            return;
        }
        if (mistakes.size() < MOST) {
            mistakes.add(problem);
        } else {
            dropped++;
        }
    }

    /** Something that is allowed and worth saying. */
    public void note(String file, Position at, String text) {
        open(file);
        if (notes.size() < MOST) {
            notes.add(new Problem(file, at, text));
        }
    }

    public boolean none() {
        return mistakes.isEmpty();
    }

    /** How many mistakes there are, those that were not kept included. */
    public int count() {
        return mistakes.size() + dropped;
    }

    public List<Problem> mistakes() {
        return sorted(mistakes);
    }

    public List<Problem> notes() {
        return sorted(notes);
    }

    private List<Problem> sorted(List<Problem> list) {
        return list.stream()
                .sorted(
                        Comparator.<Problem>comparingInt(p -> files.indexOf(p.file()))
                                .thenComparing(Problem::at))
                .toList();
    }

    /**
     * Ends a reading.
     *
     * @throws InputException with all mistakes, if there is one
     */
    public void throwIfAny() {
        if (!none()) {
            throw new InputException(mistakes(), dropped);
        }
    }
}
