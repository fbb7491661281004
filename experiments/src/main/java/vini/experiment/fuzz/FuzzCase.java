package vini.experiment.fuzz;

import vini.experiment.WorldKind;
import vini.experiment.spec.Experiment;
import vini.experiment.spec.TimedEvent;
import vini.overlay.topology.Topology;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A network and what happens to it.
 *
 * @param seed of all chance in its run
 * @param events by time
 * @param talks who says something to whom all the time
 * @param controllerDiesNanos when nobody is left who could end what has begun, since the start;
 *     {@link Long#MAX_VALUE} for never
 */
public record FuzzCase(
        long seed,
        Topology topology,
        List<TimedEvent> events,
        List<Talk> talks,
        long controllerDiesNanos,
        Duration duration) {
    private static final int OUTAGE_MIN = 3;

    /**
     * Two nodes by their numbers, which may be the same.
     *
     * @param traces whether the first one looks for the way to the second; else it pings it
     */
    public record Talk(int from, int to, boolean traces) {}

    public FuzzCase {
        events = List.copyOf(events);
        talks = List.copyOf(talks);
    }

    /** The same network with other events. */
    FuzzCase with(List<TimedEvent> others) {
        return new FuzzCase(seed, topology, others, talks, controllerDiesNanos, duration);
    }

    /** The same without anybody who talks. */
    FuzzCase withoutTalks() {
        return new FuzzCase(seed, topology, events, List.of(), controllerDiesNanos, duration);
    }

    /** As {@code vini run} takes it; without those who talk. */
    public Experiment experiment() {
        return new Experiment(
                "fuzz-" + seed,
                topology,
                Collections.unmodifiableMap(new LinkedHashMap<>()),
                duration,
                OUTAGE_MIN,
                seed,
                WorldKind.VIRTUAL,
                List.of(),
                events,
                List.of());
    }
}
