package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import vini.experiment.event.Script;
import vini.net.Quantity;
import vini.overlay.json.Shown;
import vini.overlay.topology.Topology;
import vini.overlay.world.Cause;
import vini.time.Seed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** What happens to a network and when: the acts of all events in the order of their times. */
public final class Timeline {
    /** An event has an act for each occurrence, so there are no more than so many. */
    private static final long CAUSES_MAX = 1L << 20;

    private final Topology topology;
    private final Seed seed;
    private final long startNanos;
    private final long endNanos;
    private final List<Script.Scheduled> acts = new ArrayList<>();
    private final int timeline;
    private final List<String> tooLate = new ArrayList<>();
    private int events;
    private int causes;

    /**
     * An empty one.
     *
     * @param startNanos t = 0 on the world's clock
     * @param endNanos of the run, since t = 0
     */
    public Timeline(Topology topology, Seed seed, long startNanos, long endNanos) {
        this(topology, seed, startNanos, endNanos, 0);
    }

    /**
     * One of several of the same slice.
     *
     * @param timeline its number, from 0: the causes of one are not those of another
     */
    public Timeline(Topology topology, Seed seed, long startNanos, long endNanos, int timeline) {
        this.topology = topology;
        this.seed = seed;
        this.startNanos = startNanos;
        this.endNanos = endNanos;
        this.timeline = timeline;
    }

    /**
     * Plans an event.
     *
     * @throws IllegalArgumentException with a sentence for the user: that is too much
     */
    public void add(TimedEvent timed) {
        events++;
        RandomGenerator chance = seed.generator("event " + events);
        long last = Math.min(endNanos, nanos(timed.until(), endNanos));
        long lasts = nanos(timed.lasting(), Long.MAX_VALUE);
        long jitter = nanos(timed.jitter(), 0);
        long every = nanos(timed.every(), 0);
        int late = 0;
        long left = timed.count() == null ? Long.MAX_VALUE : timed.count();
        for (long at = timed.at().toNanos(); at < last && left > 0; at += every, left--) {
            long from = at + (jitter == 0 ? 0 : chance.nextLong(jitter + 1));
            if (from >= last) {
                late++;
            } else {
                long to = lasts > last - from ? last : from + lasts;
                Cause cause = new Cause(timeline * CAUSES_MAX + ++causes, startNanos + to);
                timed.event().plan(new Script(topology, cause, chance, from, to, acts));
            }
            if (every == 0) {
                break;
            }
        }
        if (late > 0) {
            tooLate.add(
                    Shown.count(late, "occurrence")
                            + " of the event at "
                            + Quantity.ofNanos(timed.at().toNanos())
                            + " left out: by the jitter too late");
        }
    }

    /** What is left out, as jitter would bring it after its event ends: a sentence for an event. */
    public List<String> tooLate() {
        return List.copyOf(tooLate);
    }

    private static long nanos(@Nullable Duration time, long otherwise) {
        return time == null ? otherwise : time.toNanos();
    }

    /** All acts by time; those of one time in the order in which they were planned. */
    public List<Script.Scheduled> acts() {
        return acts.stream().sorted(Comparator.comparingLong(Script.Scheduled::atNanos)).toList();
    }
}
