package vini.forwarder.elements.napt;

/** Numbers in the order in which they were added, from which any can be taken out. */
final class FragmentQueue {
    private static final int NONE = -1;

    private final int[] after;
    private final int[] before;
    private int first = NONE;
    private int last = NONE;

    /** For numbers below {@code count}, each once at most. */
    FragmentQueue(int count) {
        after = new int[count];
        before = new int[count];
    }

    boolean isEmpty() {
        return first == NONE;
    }

    /** The one that was added first; there must be one. */
    int first() {
        return first;
    }

    void add(int number) {
        before[number] = last;
        after[number] = NONE;
        if (last == NONE) {
            first = number;
        } else {
            after[last] = number;
        }
        last = number;
    }

    void remove(int number) {
        if (before[number] == NONE) {
            first = after[number];
        } else {
            after[before[number]] = after[number];
        }
        if (after[number] == NONE) {
            last = before[number];
        } else {
            before[after[number]] = before[number];
        }
    }
}
