package vini.experiment.event;

import vini.overlay.topology.Topology;
import vini.overlay.world.Cause;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What one event does in one of its occurrences, while it is being planned. Times are nanoseconds
 * since the occurrence begins.
 */
public final class Script {
    /** More acts than any run needs, and few enough to be planned ahead. */
    private static final int ACTS_MAX = 1_000_000;

    /**
     * An act and its time.
     *
     * @param atNanos since the start of the run
     * @param closing whether it undoes what another act has done
     */
    public record Scheduled(long atNanos, Act act, boolean closing) {}

    private final Topology topology;
    private final Cause cause;
    private final RandomGenerator chance;
    private final long beginNanos;
    private final long endNanos;
    private final List<Scheduled> acts;

    /**
     * An empty one.
     *
     * @param chance of this occurrence alone
     * @param beginNanos of the occurrence, since the start of the run
     * @param endNanos likewise: its own end, or that of the run
     * @param acts where its acts are added
     */
    public Script(
            Topology topology,
            Cause cause,
            RandomGenerator chance,
            long beginNanos,
            long endNanos,
            List<Scheduled> acts) {
        this.topology = topology;
        this.cause = cause;
        this.chance = chance;
        this.beginNanos = beginNanos;
        this.endNanos = endNanos;
        this.acts = acts;
    }

    public Topology topology() {
        return topology;
    }

    /** For what is changed by this occurrence and ends with it. */
    public Cause cause() {
        return cause;
    }

    public RandomGenerator chance() {
        return chance;
    }

    /** From its begin to its end, which may be that of the run. */
    public long lengthNanos() {
        return endNanos - beginNanos;
    }

    /** An act at the beginning. */
    public void begin(Act act) {
        at(0, act);
    }

    /**
     * An act on the way; one at the end or later is left out.
     *
     * @throws IllegalArgumentException with a sentence for the user: that are too many
     */
    public void at(long nanos, Act act) {
        if (acts.size() >= ACTS_MAX) {
            throw new IllegalArgumentException("more than " + ACTS_MAX + " changes of the network");
        }
        if (nanos < lengthNanos()) {
            acts.add(new Scheduled(beginNanos + nanos, act, false));
        }
    }

    /**
     * An act at the end, which undoes what the others did. It happens in any case, even if the run
     * ends before the event begins; then there must be nothing to undo.
     */
    public void end(Act act) {
        acts.add(new Scheduled(endNanos, act, true));
    }
}
