package vini.experiment.fuzz;

import vini.experiment.spec.TimedEvent;

import java.util.ArrayList;
import java.util.List;

/**
 * Leaves out of a schedule what is not needed for its fault: first halves of it, then ever smaller
 * parts, as long as anything can go (Zeller's delta debugging, in its simple form).
 */
final class Shrinker {
    private static final int RUNS_MAX = 200;

    private final FuzzRun.Meddler meddler;
    private final Fault.Kind kind;
    private FuzzCase best;
    private Fault fault;
    private int runs;

    private Shrinker(FuzzCase first, Fault fault, FuzzRun.Meddler meddler) {
        this.best = first;
        this.fault = fault;
        this.kind = fault.kind();
        this.meddler = meddler;
    }

    /**
     * What is left.
     *
     * @param fault that it still has
     */
    record Shrunk(FuzzCase fuzz, Fault fault) {}

    static Shrunk shrink(FuzzCase fuzz, Fault fault, FuzzRun.Meddler meddler) {
        Shrinker shrinker = new Shrinker(fuzz, fault, meddler);
        boolean ignored = shrinker.isEnough(fuzz.withoutTalks());
        shrinker.leaveOut();
        return new Shrunk(shrinker.best, shrinker.fault);
    }

    /** Whether the fault is there still; if so, it is the best so far. */
    private boolean isEnough(FuzzCase smaller) {
        if (runs >= RUNS_MAX) {
            return false;
        }
        runs++;
        Fault found = FuzzRun.run(smaller, meddler, looks()).fault();
        if (found == null || found.kind() != kind) {
            return false;
        }
        best = smaller;
        fault = found;
        return true;
    }

    private FuzzRun.Looks looks() {
        return kind == Fault.Kind.PACKETS ? FuzzRun.Looks.CAPTURES : FuzzRun.Looks.CHECKS;
    }

    private void leaveOut() {
        int part = Math.max(1, best.events().size() / 2);
        while (true) {
            boolean left = false;
            for (int from = 0; from < best.events().size(); ) {
                List<TimedEvent> fewer = new ArrayList<>(best.events());
                fewer.subList(from, Math.min(fewer.size(), from + part)).clear();
                if (isEnough(best.with(fewer))) {
                    left = true;
                } else {
                    from += part;
                }
            }
            if (part == 1 && !left || runs >= RUNS_MAX) {
                return;
            }
            part = Math.max(1, part / 2);
        }
    }
}
