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
 * @param pings as pairs of nodes' numbers: who says something to whom all the time
 * @param controllerDiesNanos when nobody is left who could end what has begun, since the start;
 *     {@link Long#MAX_VALUE} for never
 */
public record FuzzCase(
        long seed,
        Topology topology,
        List<TimedEvent> events,
        List<int[]> pings,
        long controllerDiesNanos,
        Duration duration) {
    private static final int OUTAGE_MIN = 3;

    public FuzzCase {
        events = List.copyOf(events);
        pings = List.copyOf(pings);
    }

    /** The same network with other events. */
    FuzzCase with(List<TimedEvent> others) {
        return new FuzzCase(seed, topology, others, pings, controllerDiesNanos, duration);
    }

    /** The same without anybody who pings. */
    FuzzCase withoutPings() {
        return new FuzzCase(seed, topology, events, List.of(), controllerDiesNanos, duration);
    }

    /** As {@code vini run} takes it; without the pings. */
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
