package vini.forwarder.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tests with three ways on, which end in outputs: a tree whose equal parts are shared. It is made
 * from the end: a step knows where it leads when it is made.
 *
 * <p>A place in the tree is a number: a step's own, or a negative one for an end ({@link #output},
 * {@link #DROP}). Steps lead to steps of smaller numbers only, so counting down from the root meets
 * each step after all that lead to it.
 */
final class DecisionTree {
    /** The end of packets that no output gets. */
    static final int DROP = -1;

    /** More than any list of patterns written by people; bounds time and memory. */
    static final int STEPS_MAX = 1 << 14;

    /** A test and where each of its answers leads. */
    record Step(Question test, int yes, int no, int tooShort) {}

    private final List<Step> steps = new ArrayList<>();
    private final Map<Step, Integer> numbers = new LinkedHashMap<>();
    private int root = DROP;

    /** The end at an output port. */
    static int output(int port) {
        return DROP - 1 - port;
    }

    /** The output port of an end, or -1 where packets are dropped. */
    static int port(int end) {
        return DROP - 1 - end;
    }

    /** A place that asks the test; where the answer does not matter, the place that all lead to. */
    int ask(Question test, int yes, int no, int tooShort) throws FilterException {
        if (yes == no && yes == tooShort) {
            return yes;
        }
        Step step = new Step(test, yes, no, tooShort);
        Integer known = numbers.get(step);
        if (known != null) {
            return known;
        }
        if (steps.size() == STEPS_MAX) {
            throw new FilterException("the patterns need more than " + STEPS_MAX + " tests");
        }
        steps.add(step);
        numbers.put(step, steps.size() - 1);
        return steps.size() - 1;
    }

    Step step(int place) {
        return steps.get(place);
    }

    int size() {
        return steps.size();
    }

    int root() {
        return root;
    }

    void root(int place) {
        root = place;
    }

    /** Which steps packets can come to, by number. */
    boolean[] reachable() {
        boolean[] reachable = new boolean[steps.size()];
        mark(reachable, root);
        for (int i = root; i >= 0; i--) {
            if (reachable[i]) {
                Step step = steps.get(i);
                mark(reachable, step.yes);
                mark(reachable, step.no);
                mark(reachable, step.tooShort);
            }
        }
        return reachable;
    }

    private static void mark(boolean[] reachable, int place) {
        if (place >= 0) {
            reachable[place] = true;
        }
    }
}
