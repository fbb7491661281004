package vini.forwarder.filter;

import org.jspecify.annotations.Nullable;

import java.util.function.IntUnaryOperator;

/**
 * Makes a decision tree smaller and its ways shorter, and leaves alone what it decides: a way skips
 * the tests that the tests on it have answered already, two tests of one word become one, and what
 * no packet comes to is left out.
 *
 * <p>The facts at a step are what all ways to it have in common. The work is bounded; when the
 * bound is reached, the rest stays as it is.
 */
final class Optimizer {
    private static final int ROUNDS_MAX = 4;

    /** How many tests in a row may be skipped although their answer matters to none of them. */
    private static final int LOOK_AHEAD = 3;

    private static final int WORK_MAX = 500_000;

    private int work;

    private Optimizer() {}

    static DecisionTree optimize(DecisionTree tree) throws FilterException {
        Optimizer optimizer = new Optimizer();
        DecisionTree now = tree;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            DecisionTree next = optimizer.fuse(optimizer.shorten(now));
            boolean same = next.size() == now.size();
            now = next;
            if (same) {
                break;
            }
        }
        return optimizer.tidy(now);
    }

    /**
     * Sends packets that are too short for a step where those go that fail it, if they come to the
     * same place in the end: fewer different ways, and what Click's programs look like.
     */
    private DecisionTree tidy(DecisionTree tree) throws FilterException {
        DecisionTree tidied = new DecisionTree();
        int[] places = new int[tree.size()];
        for (int i = 0; i < places.length; i++) {
            DecisionTree.Step step = tree.step(i);
            IntUnaryOperator place = old -> old < 0 ? old : places[old];
            int no = place.applyAsInt(step.no());
            int tooShort = place.applyAsInt(step.tooShort());
            if (no != tooShort) {
                Facts facts = Facts.none().after(step.test(), Facts.SHORT);
                boolean same = resolve(tidied, no, facts, 0) == resolve(tidied, tooShort, facts, 0);
                tooShort = same ? no : tooShort;
            }
            places[i] = tidied.ask(step.test(), place.applyAsInt(step.yes()), no, tooShort);
        }
        tidied.root(tree.root() < 0 ? tree.root() : places[tree.root()]);
        return compact(tidied);
    }

    private DecisionTree shorten(DecisionTree tree) throws FilterException {
        int size = tree.size();
        int[][] ways = new int[size][];
        @Nullable Facts[] known = new @Nullable Facts[size];
        int root = resolve(tree, tree.root(), Facts.none(), 0);
        if (root >= 0) {
            known[root] = Facts.none();
        }
        for (int i = root; i >= 0; i--) {
            Facts facts = known[i];
            if (facts == null) {
                continue;
            }
            known[i] = null;
            DecisionTree.Step step = tree.step(i);
            int possible = facts.answers(step.test());
            int yes = way(tree, step, Facts.YES, possible, facts, known);
            int no = way(tree, step, Facts.NO, possible, facts, known);
            int tooShort = way(tree, step, Facts.SHORT, possible, facts, known);
            // An answer that cannot be leads where another does, so that it asks for nothing.
            int any =
                    (possible & Facts.NO) != 0 ? no : (possible & Facts.YES) != 0 ? yes : tooShort;
            ways[i] =
                    new int[] {
                        (possible & Facts.YES) != 0 ? yes : any,
                        (possible & Facts.NO) != 0 ? no : any,
                        (possible & Facts.SHORT) != 0 ? tooShort : any
                    };
        }
        return rebuild(tree, root, ways);
    }

    /** Where an answer leads, with what is known then; facts are left for the step there. */
    private int way(
            DecisionTree tree,
            DecisionTree.Step step,
            int answer,
            int possible,
            Facts facts,
            @Nullable Facts[] known) {
        if ((possible & answer) == 0) {
            return DecisionTree.DROP;
        }
        Facts then = facts.after(step.test(), answer);
        int place = resolve(tree, next(step, answer), then, 0);
        if (place >= 0) {
            known[place] = then.or(known[place]);
        }
        return place;
    }

    private static int next(DecisionTree.Step step, int answer) {
        return answer == Facts.YES ? step.yes() : answer == Facts.NO ? step.no() : step.tooShort();
    }

    /**
     * The first place from here on where packets of which this is known can go different ways. A
     * test that is not answered yet does not matter if all its answers lead to one place.
     */
    private int resolve(DecisionTree tree, int from, Facts facts, int depth) {
        int place = from;
        while (place >= 0 && work < WORK_MAX) {
            work++;
            DecisionTree.Step step = tree.step(place);
            int possible = facts.answers(step.test());
            if (Integer.bitCount(possible) == 1) {
                place = next(step, possible);
                continue;
            }
            int together =
                    depth < LOOK_AHEAD ? together(tree, step, possible, facts, depth) : place;
            if (together == place || together == DIFFERENT) {
                return place;
            }
            place = together;
        }
        return place;
    }

    private static final int DIFFERENT = Integer.MIN_VALUE;

    private int together(
            DecisionTree tree, DecisionTree.Step step, int possible, Facts facts, int depth) {
        int together = DIFFERENT;
        for (int answer = Facts.YES; answer <= Facts.SHORT; answer <<= 1) {
            if ((possible & answer) == 0) {
                continue;
            }
            Facts then = facts.after(step.test(), answer);
            int place = resolve(tree, next(step, answer), then, depth + 1);
            if (together != DIFFERENT && together != place) {
                return DIFFERENT;
            }
            together = place;
        }
        return together;
    }

    /**
     * Makes one test of two of the same word, where a packet that fails either goes the same way
     * and nobody else comes to the second.
     */
    private DecisionTree fuse(DecisionTree tree) throws FilterException {
        int size = tree.size();
        int[] comers = new int[size];
        boolean[] reachable = tree.reachable();
        for (int i = 0; i < size; i++) {
            if (reachable[i]) {
                DecisionTree.Step step = tree.step(i);
                for (int answer = Facts.YES; answer <= Facts.SHORT; answer <<= 1) {
                    if (next(step, answer) >= 0) {
                        comers[next(step, answer)]++;
                    }
                }
            }
        }
        DecisionTree fused = new DecisionTree();
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            if (!reachable[i]) {
                continue;
            }
            DecisionTree.Step step = tree.step(i);
            Question test = step.test();
            int yes = step.yes();
            while (yes >= 0 && comers[yes] == 1 && fits(step, test, tree.step(yes))) {
                test = both(test, tree.step(yes).test());
                yes = tree.step(yes).yes();
            }
            IntUnaryOperator place = old -> old < 0 ? old : places[old];
            places[i] =
                    fused.ask(
                            test,
                            place.applyAsInt(yes),
                            place.applyAsInt(step.no()),
                            place.applyAsInt(step.tooShort()));
        }
        fused.root(tree.root() < 0 ? tree.root() : places[tree.root()]);
        return compact(fused);
    }

    private static boolean fits(DecisionTree.Step first, Question test, DecisionTree.Step second) {
        return test.sameWord(second.test())
                && first.no() == second.no()
                && first.tooShort() == second.tooShort()
                && ((test.value() ^ second.test().value()) & test.mask() & second.test().mask())
                        == 0
                && (first.no() == first.tooShort() || test.end() >= second.test().end());
    }

    private static Question both(Question a, Question b) {
        return new Question(
                a.base(),
                a.offset(),
                a.mask() | b.mask(),
                a.value() | b.value(),
                Math.max(a.end(), b.end()));
    }

    /** The same tree without the steps that nobody comes to. */
    private static DecisionTree compact(DecisionTree tree) throws FilterException {
        boolean[] reachable = tree.reachable();
        int[][] ways = new int[tree.size()][];
        for (int i = 0; i < ways.length; i++) {
            if (reachable[i]) {
                DecisionTree.Step step = tree.step(i);
                ways[i] = new int[] {step.yes(), step.no(), step.tooShort()};
            }
        }
        return rebuild(tree, tree.root(), ways);
    }

    /** A tree of the steps that have ways. */
    private static DecisionTree rebuild(DecisionTree tree, int root, int[][] ways)
            throws FilterException {
        DecisionTree rebuilt = new DecisionTree();
        int[] places = new int[ways.length];
        for (int i = 0; i < ways.length; i++) {
            int[] way = ways[i];
            if (way == null) {
                continue;
            }
            IntUnaryOperator place = old -> old < 0 ? old : places[old];
            places[i] =
                    rebuilt.ask(
                            tree.step(i).test(),
                            place.applyAsInt(way[0]),
                            place.applyAsInt(way[1]),
                            place.applyAsInt(way[2]));
        }
        rebuilt.root(root < 0 ? root : places[root]);
        return rebuilt;
    }
}
