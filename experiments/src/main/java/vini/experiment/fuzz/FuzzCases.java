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
import vini.experiment.event.RecordedChange;
import vini.experiment.event.Replay;
import vini.experiment.event.Restart;
import vini.experiment.event.Restore;
import vini.experiment.event.SetLink;
import vini.experiment.event.Trace;
import vini.experiment.event.TracePoint;
import vini.experiment.event.Traffic;
import vini.experiment.spec.TimedEvent;
import vini.overlay.json.Rate;
import vini.overlay.json.Share;
import vini.overlay.json.Size;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Draws cases: all of a case follows from its seed. */
final class FuzzCases {
    private static final int NODES_MAX = 40;
    private static final int EVENTS_MIN = 2;
    private static final int EVENTS_MAX = 12;
    private static final int TALKS_MAX = 4;

    /** Costs are few, so that many ways are equal. */
    private static final int COST_MAX = 8;

    /** No shorter, so that hellos get through. */
    private static final int QUEUE_MIN = 50;

    private static final List<String> TRACED =
            List.of("delay", "jitter", "loss", "rate", "queue", "reorder", "duplicate", "corrupt");

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private final long seed;
    private final RandomGenerator random;

    /** Whether each link has a rate: only then a TCP flow has a limit in the virtual world. */
    private boolean rated;

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
        rated = chance(15);
        Topology topology =
                dressed(
                        Generated.random(nodes, links, random, () -> direction(lossy))
                                .withRouting(routing));
        boolean dies = chance(15);
        List<TimedEvent> events = events(topology, !dies);
        List<FuzzCase.Talk> talks = new ArrayList<>();
        for (int left = random.nextInt(TALKS_MAX + 1); left > 0; left--) {
            talks.add(new FuzzCase.Talk(random.nextInt(nodes), random.nextInt(nodes), chance(20)));
        }
        long last = 0;
        for (TimedEvent event : events) {
            last = Math.max(last, endNanos(event));
        }
        long death = dies ? SECOND + random.nextLong(Math.max(1, last - SECOND)) : Long.MAX_VALUE;
        return new FuzzCase(
                seed,
                topology,
                events,
                talks,
                death,
                Duration.ofNanos(last + FuzzRun.quietNanos(topology)));
    }

    /** When an event is over that has an end of its own. */
    private static long endNanos(TimedEvent event) {
        long end = event.at().toNanos();
        if (event.every() != null && event.count() != null) {
            end += (event.count() - 1) * event.every().toNanos();
        }
        end += event.jitter() == null ? 0 : event.jitter().toNanos();
        end += event.lasting() == null ? 0 : event.lasting().toNanos();
        return event.until() == null ? end : Math.max(event.at().toNanos(), until(event, end));
    }

    private static long until(TimedEvent event, long endNanos) {
        long until = event.until() == null ? endNanos : event.until().toNanos();
        return event.every() == null ? until : Math.min(until, endNanos);
    }

    /** The same network, with links that are watched and fibers that several of them ride on. */
    private Topology dressed(Topology bare) {
        boolean watches = chance(30);
        List<Link> links = new ArrayList<>();
        for (Link link : bare.links()) {
            long watch = watches && chance(60) ? (1 + random.nextInt(5)) * 100L * MILLI : 0;
            links.add(
                    new Link(
                            link.number(),
                            link.a(),
                            link.b(),
                            link.forward(),
                            link.backward(),
                            link.mtu(),
                            link.addressesA(),
                            link.addressesB(),
                            link.via(),
                            watch));
        }
        Map<String, List<LinkName>> fibers = new LinkedHashMap<>();
        for (int fiber = chance(40) ? 1 + random.nextInt(2) : 0; fiber > 0; fiber--) {
            Set<LinkName> riders = new LinkedHashSet<>();
            for (int rider = 1 + random.nextInt(4); rider > 0; rider--) {
                Link link = links.get(random.nextInt(links.size()));
                riders.add(new LinkName(link.a().name(), link.b().name()));
            }
            fibers.put("fiber" + fiber, List.copyOf(riders));
        }
        return new Topology(
                bare.name(),
                bare.prefix(),
                bare.users(),
                bare.nodes(),
                links,
                fibers,
                bare.routing(),
                bare.hosts(),
                bare.tunnels(),
                bare.loops());
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
                rated
                        ? (2 + random.nextInt(19)) * 1_000_000L
                        : chance(20) ? (2 + random.nextInt(99)) * 1_000_000L : 0,
                chance(10)
                        ? QUEUE_MIN + random.nextInt(QUEUE_MIN)
                        : vini.forwarder.elements.overlay.Link.QUEUE_PACKETS);
    }

    /**
     * @param breaks whether nodes and processes break down, which nobody but the controller repairs
     */
    private List<TimedEvent> events(Topology topology, boolean breaks) {
        List<TimedEvent> events = new ArrayList<>();
        long quietMs = FuzzRun.quietNanos(topology) / MILLI;
        // Every other network is looked at before anything happens to it.
        long atMs = chance(50) ? 1000 : quietMs + 1000;
        int count = EVENTS_MIN + random.nextInt(EVENTS_MAX - EVENTS_MIN + 1);
        for (int i = 0; i < count; i++) {
            Event event = breaks && chance(20) ? breakdown(topology) : event(topology);
            events.add(timed(atMs, quietMs, event));
            // Either into what is still going on, or after it.
            atMs += chance(50) ? 1 + random.nextLong(2000) : quietMs + random.nextLong(1000);
        }
        return events;
    }

    private TimedEvent timed(long atMs, long quietMs, Event event) {
        // A flow that takes what it gets makes many packets.
        boolean isShort = event instanceof Traffic;
        Duration lasting =
                !event.lasts() || !isShort && chance(20)
                        ? null
                        : isShort || chance(50) ? millis(1, 3000) : millis(1, 3 * quietMs);
        Duration until =
                event.lasts() && lasting == null && chance(50)
                        ? Duration.ofMillis(atMs).plus(millis(1, 2 * quietMs))
                        : null;
        Duration every = null;
        Duration jitter = chance(10) ? millis(0, 1000) : null;
        Integer count = null;
        if (chance(10) && (!event.lasts() || lasting != null)) {
            every = millis(1, 5000);
            every = lasting == null ? every : every.plus(lasting);
            every = jitter == null ? every : every.plus(jitter);
            count = 1 + random.nextInt(4);
            until = chance(30) ? Duration.ofMillis(atMs).plus(millis(1, 2 * quietMs)) : null;
        }
        return new TimedEvent(Duration.ofMillis(atMs), lasting, until, every, jitter, count, event);
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
        boolean fibers = !topology.fibers().isEmpty();
        int kind = random.nextInt(100);
        if (kind < 28) {
            return new Fail(link(topology), null, null, mode(true));
        } else if (kind < 36) {
            return new Fail(null, node(topology), null, mode(false));
        } else if (kind < 42 && fibers) {
            return new Fail(null, null, fiber(topology), mode(false));
        } else if (kind < 49) {
            return new Flap(link(topology), millis(10, 3000), millis(10, 3000), mode(true));
        } else if (kind < 55) {
            return new Partition(List.of(someNodes(topology)), mode(false));
        } else if (kind < 62) {
            return restoration(topology, fibers);
        } else if (kind < 78) {
            return setting(topology);
        } else if (kind < 84) {
            return replay(topology);
        } else if (kind < 90) {
            return traffic(topology);
        }
        return chance(30) ? traced(topology) : degradation(topology);
    }

    private Event restoration(Topology topology, boolean fibers) {
        if (fibers && chance(30)) {
            return new Restore(null, null, fiber(topology));
        }
        return chance(70)
                ? new Restore(link(topology), null, null)
                : new Restore(null, node(topology), null);
    }

    private Event setting(Topology topology) {
        return new SetLink(
                link(topology),
                random.nextBoolean(),
                chance(30) ? millis(0, 50) : null,
                chance(10) ? millis(0, 5) : null,
                share(5),
                chance(10) ? rate() : null,
                queue(10),
                1 + random.nextInt(COST_MAX));
    }

    private Event replay(Topology topology) {
        List<RecordedChange> changes = new ArrayList<>();
        RecordedChange.Becomes[] all = RecordedChange.Becomes.values();
        LinkName again = link(topology);
        long atMs = 0;
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            atMs += random.nextLong(3000);
            LinkName link = chance(50) ? again : link(topology);
            changes.add(
                    new RecordedChange(
                            Duration.ofMillis(atMs), link, all[random.nextInt(all.length)]));
        }
        return new Replay(changes);
    }

    /** Light enough, but for a TCP flow, that no hello is lost for it. */
    private Event traffic(Topology topology) {
        int nodes = topology.nodes().size();
        int from = random.nextInt(nodes);
        int to = (from + 1 + random.nextInt(nodes - 1)) % nodes;
        boolean tcp = rated && chance(40);
        boolean paced = !tcp && random.nextBoolean();
        return new Traffic(
                topology.nodes().get(from).name(),
                topology.nodes().get(to).name(),
                tcp || paced ? null : new Rate((1 + random.nextInt(5)) * 100_000L),
                paced ? (Integer) (1 + random.nextInt(50)) : null,
                tcp || chance(50) ? null : new Size(64 + random.nextInt(1300)),
                tcp);
    }

    private Event breakdown(Topology topology) {
        int kind = random.nextInt(100);
        if (kind < 40) {
            return new Crash(node(topology));
        } else if (kind < 53) {
            return new Restart(node(topology));
        } else if (kind < 75) {
            return new Freeze(node(topology), null);
        } else if (kind < 87) {
            return new Freeze(null, process());
        }
        return new Kill(process());
    }

    private SliceProcess process() {
        return random.nextBoolean() ? SliceProcess.ROUTER : SliceProcess.FORWARDER;
    }

    private String fiber(Topology topology) {
        List<String> names = List.copyOf(topology.fibers().keySet());
        return names.get(random.nextInt(names.size()));
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
                chance(20) ? rate() : null,
                queue(20),
                share(20),
                share(20),
                share(20),
                chance(20) ? millis(10, 2000) : null,
                null);
    }

    /** One property follows a trace. */
    private Event traced(Topology topology) {
        String property = TRACED.get(random.nextInt(TRACED.size()));
        List<TracePoint> points = new ArrayList<>();
        long atMs = 0;
        for (int left = 2 + random.nextInt(4); left > 0; left--) {
            points.add(new TracePoint(Duration.ofMillis(atMs), value(property)));
            atMs += 100 + random.nextLong(2000);
        }
        return new Degrade(
                link(topology),
                random.nextBoolean(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Trace(property, points, random.nextBoolean()));
    }

    private String value(String property) {
        return switch (property) {
            case "delay", "jitter" -> random.nextInt(100) + "ms";
            case "rate" -> rate().toString();
            case "queue" -> Integer.toString(QUEUE_MIN + random.nextInt(QUEUE_MIN));
            default -> new Share(random.nextInt(1, 100) / 10_000.0).toString();
        };
    }

    /** No less, so that hellos get through. */
    private Rate rate() {
        return new Rate((2 + random.nextInt(20)) * 1_000_000L);
    }

    private @Nullable Integer queue(int percent) {
        return chance(percent) ? QUEUE_MIN + random.nextInt(QUEUE_MIN) : null;
    }

    /** Up to a hundredth, so that routers stay neighbours. */
    private @Nullable Share share(int percent) {
        return chance(percent) ? new Share(random.nextInt(1, 100) / 10_000.0) : null;
    }
}
