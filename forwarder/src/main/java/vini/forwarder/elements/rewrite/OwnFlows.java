package vini.forwarder.elements.rewrite;

import vini.time.Clock;
import vini.time.Timer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The flows of one rewriter, in a set that may hold those of others, too: which they are, how many,
 * the removal of those that are stale, and how they go over to the rewriter of another graph.
 */
final class OwnFlows {
    /** Flows that are looked at in one go for being stale, and how soon the next go follows. */
    private static final int SWEEP_FLOWS = 16_384;

    private static final long SWEEP_PAUSE = 1_000_000L;

    private final Clock clock;
    private final Timer reaper;
    private final long reapInterval;
    private final InputSpecs specs;
    private FlowSet set;
    private FlowTable table;
    private int owner;
    private int size;
    private int sweptTo;

    /**
     * @param timers makes a timer of the rewriter
     * @param specs hear how many flows there are of each input
     * @param reapInterval nanoseconds from one removal of stale flows to the next
     */
    OwnFlows(
            Rewriter rewriter,
            FlowSet set,
            InputSpecs specs,
            Clock clock,
            Function<Runnable, Timer> timers,
            long reapInterval) {
        this.set = set;
        this.table = set.table();
        this.owner = set.register(rewriter);
        this.specs = specs;
        this.clock = clock;
        this.reaper = timers.apply(this::reap);
        this.reapInterval = reapInterval;
    }

    /** All flows with which these share a capacity. */
    FlowSet set() {
        return set;
    }

    FlowTable table() {
        return table;
    }

    /** The number that stands in the keys of these flows. */
    int owner() {
        return owner;
    }

    /** How many they are. */
    int size() {
        return size;
    }

    /** A flow of that input has begun. */
    void begun(int input) {
        size++;
        specs.flowBegins(input);
        if (!reaper.isSet()) {
            reaper.after(reapInterval);
        }
    }

    /** One of them has gone. */
    void gone(int flow) {
        size--;
        specs.flowEnds(table.input(flow));
    }

    boolean has(int flow) {
        return table.isLive(flow)
                && (int) (table.ports(flow << 1) >>> FlowKey.OWNER_SHIFT) == owner;
    }

    /** Removes those of one input, or all if that is negative. */
    void clear(int input) {
        for (int flow = 0; flow < table.end(); flow++) {
            if (has(flow) && (input < 0 || table.input(flow) == input)) {
                set.remove(flow);
            }
        }
    }

    /** Removes some of the flows that are stale, and comes back for the others. */
    private void reap() {
        long now = clock.nowNanos();
        int end = Math.min(table.end(), sweptTo + SWEEP_FLOWS);
        for (int flow = sweptTo; flow < end; flow++) {
            if (has(flow) && set.isStale(flow, now)) {
                set.remove(flow);
            }
        }
        boolean whole = end >= table.end();
        sweptTo = whole ? 0 : end;
        if (!whole) {
            reaper.after(SWEEP_PAUSE);
        } else if (size > 0) {
            reaper.after(Math.max(reapInterval, SWEEP_PAUSE));
        }
    }

    /**
     * Takes over a set of flows for all who share it, if each of them has a successor that would
     * have made them: they stand in one table.
     */
    static void takeOver(FlowSet taken, FlowSet empty, long now) {
        Map<Rewriter, Rewriter> successors = new LinkedHashMap<>();
        for (FlowSet.Lifetimes their : taken.owners()) {
            for (FlowSet.Lifetimes own : empty.owners()) {
                if (own instanceof Rewriter next
                        && their instanceof Rewriter before
                        && next.goesOn(before)) {
                    successors.put(before, next);
                }
            }
        }
        int sharers = taken.owners().size();
        if (successors.size() != sharers || empty.owners().size() != sharers) {
            return;
        }
        successors.forEach((before, next) -> next.own().changePlaces(next, before));
        taken.capacity(empty.capacity(), empty.reservation(), now);
    }

    /** These become those of the one before, which gets these, of which there are none. */
    private void changePlaces(Rewriter next, Rewriter before) {
        OwnFlows other = before.own();
        FlowSet empty = set;
        int number = owner;
        set = other.set;
        table = set.table();
        owner = other.owner;
        size = other.size;
        other.set = empty;
        other.table = empty.table();
        other.owner = number;
        other.size = 0;
        set.replace(owner, next);
        empty.replace(number, before);
        specs.take(other.specs);
        if (size > 0) {
            reaper.after(reapInterval);
        }
    }
}
