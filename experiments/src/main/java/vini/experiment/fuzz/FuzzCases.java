package vini.experiment.fuzz;

import org.jspecify.annotations.Nullable;

import vini.experiment.event.Crash;
import vini.experiment.event.Degrade;
import vini.experiment.event.Event;
import vini.experiment.event.Fail;
import vini.experiment.event.Flap;
import vini.experiment.event.Freeze;
import vini.experiment.event.Kill;
import vini.experiment.event.Partition;
import vini.experiment.event.Restart;
import vini.experiment.event.Restore;
import vini.experiment.event.SetLink;
import vini.experiment.spec.TimedEvent;
import vini.overlay.json.Rate;
import vini.overlay.json.Share;
import vini.overlay.topology.Direction;
import vini.overlay.topology.Generated;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Protocol;
import vini.overlay.topology.Routing;
import vini.overlay.topology.Topology;
import vini.overlay.world.FailureMode;
import vini.overlay.world.SliceProcess;
import vini.time.Seed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Draws cases: all of a case follows from its seed. */
final class FuzzCases {
    private static final int NODES_MAX = 40;
    private static final int EVENTS_MIN = 2;
    private static final int EVENTS_MAX = 12;
    private static final int PINGS_MAX = 4;

    /** Costs are few, so that many ways are equal. */
    private static final int COST_MAX = 8;

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private final long seed;
    private final RandomGenerator random;

    private FuzzCases(long seed) {
        this.seed = seed;
        this.random = new Seed(seed).generator("fuzz");
    }

    static FuzzCase of(long seed) {
        return new FuzzCases(seed).draw();
    }

    private FuzzCase draw() {
        // The smaller of two: most faults show in small networks, which are quick.
        int nodes = 2 + Math.min(random.nextInt(NODES_MAX - 1), random.nextInt(NODES_MAX - 1));
        int links = nodes - 1 + random.nextInt(nodes + 1);
        int hello = 1 + random.nextInt(2);
        Routing routing = new Routing(Protocol.OSPF, hello, 4 * hello);
        boolean lossy = chance(20);
        Topology topology =
                Generated.random(nodes, links, random, () -> direction(lossy)).withRouting(routing);
        boolean dies = chance(15);
        List<TimedEvent> events = events(topology, !dies);
        List<int[]> pings = new ArrayList<>();
        for (int left = random.nextInt(PINGS_MAX + 1); left > 0; left--) {
            pings.add(new int[] {random.nextInt(nodes), random.nextInt(nodes)});
        }
        long last = 0;
        for (TimedEvent event : events) {
            long end = event.at().toNanos();
            end += event.lasting() == null ? 0 : event.lasting().toNanos();
            last = Math.max(last, end);
        }
        long death = dies ? SECOND + random.nextLong(Math.max(1, last - SECOND)) : Long.MAX_VALUE;
        return new FuzzCase(
                seed,
                topology,
                events,
                pings,
                death,
                Duration.ofNanos(last + FuzzRun.quietNanos(topology)));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Whole milliseconds, so that a schedule can be read. */
    private Duration millis(long least, long most) {
        return Duration.ofMillis(least + random.nextLong(most - least + 1));
    }

    private Direction direction(boolean lossy) {
        return new Direction(
                1 + random.nextInt(COST_MAX),
                chance(20) ? 0 : random.nextLong(20 * MILLI),
                chance(20) ? random.nextLong(2 * MILLI) : 0,
                lossy && chance(30) ? random.nextInt(100) / 10_000.0 : 0,
                chance(20) ? (2 + random.nextInt(99)) * 1_000_000L : 0,
                vini.forwarder.elements.overlay.Link.QUEUE_PACKETS);
    }

    /**
     * @param breaks whether nodes and processes break down, which nobody but the controller repairs
     */
    private List<TimedEvent> events(Topology topology, boolean breaks) {
        List<TimedEvent> events = new ArrayList<>();
        long quietMs = FuzzRun.quietNanos(topology) / MILLI;
        long atMs = 1000;
        int count = EVENTS_MIN + random.nextInt(EVENTS_MAX - EVENTS_MIN + 1);
        for (int i = 0; i < count; i++) {
            Event event = breaks && chance(20) ? breakdown(topology) : event(topology);
            Duration lasting =
                    !event.lasts() || chance(20)
                            ? null
                            : chance(50) ? millis(1, 3000) : millis(1, 3 * quietMs);
            events.add(
                    new TimedEvent(
                            Duration.ofMillis(atMs), lasting, null, null, null, null, event));
            // Either into what is still going on, or after it.
            atMs += chance(50) ? 1 + random.nextLong(2000) : quietMs + random.nextLong(1000);
        }
        return events;
    }

    private LinkName link(Topology topology) {
        Link link = topology.links().get(random.nextInt(topology.links().size()));
        return random.nextBoolean()
                ? new LinkName(link.a().name(), link.b().name())
                : new LinkName(link.b().name(), link.a().name());
    }

    private String node(Topology topology) {
        return topology.nodes().get(random.nextInt(topology.nodes().size())).name();
    }

    private FailureMode mode(boolean oneway) {
        int kind = random.nextInt(oneway ? 3 : 2);
        return kind == 0 ? FailureMode.DOWN : kind == 1 ? FailureMode.SILENT : FailureMode.ONEWAY;
    }

    private Event event(Topology topology) {
        int kind = random.nextInt(100);
        if (kind < 35) {
            return new Fail(link(topology), null, null, mode(true));
        } else if (kind < 45) {
            return new Fail(null, node(topology), null, mode(false));
        } else if (kind < 55) {
            return new Flap(link(topology), millis(10, 3000), millis(10, 3000), mode(true));
        } else if (kind < 62) {
            return new Partition(List.of(someNodes(topology)), mode(false));
        } else if (kind < 70) {
            return chance(70)
                    ? new Restore(link(topology), null, null)
                    : new Restore(null, node(topology), null);
        } else if (kind < 90) {
            return new SetLink(
                    link(topology),
                    random.nextBoolean(),
                    chance(30) ? millis(0, 50) : null,
                    null,
                    null,
                    null,
                    null,
                    1 + random.nextInt(COST_MAX));
        }
        return degradation(topology);
    }

    private Event breakdown(Topology topology) {
        int kind = random.nextInt(100);
        if (kind < 45) {
            return new Crash(node(topology));
        } else if (kind < 60) {
            return new Restart(node(topology));
        } else if (kind < 85) {
            return new Freeze(node(topology), null);
        }
        return new Kill(random.nextBoolean() ? SliceProcess.ROUTER : SliceProcess.FORWARDER);
    }

    private List<String> someNodes(Topology topology) {
        Set<String> some = new LinkedHashSet<>();
        int count = 1 + random.nextInt(Math.max(1, topology.nodes().size() / 2));
        for (int i = 0; i < count; i++) {
            some.add(node(topology));
        }
        return List.copyOf(some);
    }

    private Event degradation(Topology topology) {
        return new Degrade(
                link(topology),
                random.nextBoolean(),
                millis(0, 100),
                chance(30) ? millis(0, 10) : null,
                share(30),
                chance(20) ? new Rate((2 + random.nextInt(20)) * 1_000_000L) : null,
                null,
                share(20),
                share(20),
                share(20),
                chance(20) ? millis(10, 2000) : null,
                null);
    }

    /** Up to a hundredth, so that routers stay neighbours. */
    private @Nullable Share share(int percent) {
        return chance(percent) ? new Share(random.nextInt(1, 100) / 10_000.0) : null;
    }
}
