package vini.experiment.fuzz;

import vini.experiment.WorldKind;
import vini.experiment.event.Degrade;
import vini.experiment.event.Event;
import vini.experiment.event.SetLink;
import vini.experiment.event.Traffic;
import vini.experiment.spec.Experiment;
import vini.experiment.spec.TimedEvent;
import vini.overlay.topology.Topology;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;

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

    /** Whether links may lose packets by chance, so that silence means nothing. */
    boolean mayLose() {
        return topology.links().stream()
                        .anyMatch(link -> link.forward().loss() > 0 || link.backward().loss() > 0)
                || has(
                        event ->
                                event instanceof Degrade
                                        || event instanceof Traffic
                                        || event instanceof SetLink set && set.loss() != null);
    }

    /** Whether links may send packets twice, or what looks as if it were another one. */
    boolean mayDouble() {
        return mayDamage()
                || has(event -> event instanceof Degrade worse && worse.sets("duplicate"));
    }

    /** Whether links may turn bits of packets, which are delivered then, and not answered. */
    boolean mayDamage() {
        return has(event -> event instanceof Degrade worse && worse.sets("corrupt"));
    }

    private boolean has(Predicate<Event> sort) {
        return events.stream().map(TimedEvent::event).anyMatch(sort);
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
