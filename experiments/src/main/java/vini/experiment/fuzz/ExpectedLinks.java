package vini.experiment.fuzz;

import vini.experiment.event.Crash;
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
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.FailureMode;
import vini.overlay.world.SliceProcess;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What links should be like at any time of a schedule, from the meaning of its events alone: of
 * several failures of a link the newest counts, each ends at its own time, and a restoration ends
 * all that have begun.
 */
final class ExpectedLinks {
    private static final String UP = "up";

    /** What a supervisor and a new process take at most. */
    private static final long BACK_NANOS = 600_000_000L;

    /** In one direction. */
    private record Failure(String state, long fromNanos, long toNanos) {}

    private record Cost(long atNanos, int cost) {}

    /** A node that has crashed or stands still. */
    private record Absence(boolean crashed, long fromNanos, long toNanos) {}

    private final Topology topology;
    private final long endNanos;
    private final Map<Link, Map<End, List<Failure>>> failures = new LinkedHashMap<>();
    private final Map<Link, List<Long>> restorations = new LinkedHashMap<>();
    private final Map<String, List<Absence>> absences = new LinkedHashMap<>();
    private final Map<String, List<Long>> restarts = new LinkedHashMap<>();
    private final List<Long> deaths = new ArrayList<>();
    private final Map<Link, Map<End, List<Cost>>> costs = new LinkedHashMap<>();

    /**
     * @param endNanos when everything is over that has no end of its own
     */
    ExpectedLinks(Topology topology, List<TimedEvent> events, long endNanos) {
        this.topology = topology;
        this.endNanos = endNanos;
        for (Node node : topology.nodes()) {
            absences.put(node.name(), new ArrayList<>());
            restarts.put(node.name(), new ArrayList<>());
        }
        for (Link link : topology.links()) {
            failures.put(link, byEnd());
            costs.put(link, byEnd());
            restorations.put(link, new ArrayList<>());
        }
        events.forEach(this::add);
    }

    private static <T> Map<End, List<T>> byEnd() {
        Map<End, List<T>> lists = new EnumMap<>(End.class);
        for (End end : End.values()) {
            lists.put(end, new ArrayList<>());
        }
        return lists;
    }

    private void add(TimedEvent timed) {
        long from = timed.at().toNanos();
        long to =
                timed.lasting() == null
                        ? endNanos
                        : Math.min(endNanos, from + timed.lasting().toNanos());
        Event event = timed.event();
        switch (event) {
            case Fail fail when fail.node() != null ->
                    linksOf(fail.node()).forEach(link -> both(link, fail.mode(), from, to));
            case Fail fail when fail.link() != null -> fail(fail.link(), fail.mode(), from, to);
            case Flap flap -> {
                long period = flap.down().toNanos() + flap.up().toNanos();
                for (long at = from; at < to; at += period) {
                    long works = Math.min(to, at + flap.down().toNanos());
                    fail(flap.link(), flap.mode(), at, works);
                }
            }
            case Partition partition ->
                    topology.links().stream()
                            .filter(link -> set(partition, link.a()) != set(partition, link.b()))
                            .forEach(link -> both(link, partition.mode(), from, to));
            case Restore restore when restore.node() != null ->
                    linksOf(restore.node()).forEach(link -> of(restorations, link).add(from));
            case Restore restore when restore.link() != null ->
                    of(restorations, topology.require(restore.link())).add(from);
            case SetLink set when set.cost() != null -> {
                Link link = topology.require(set.link());
                End first = first(link, set.link());
                of(of(costs, link), first).add(new Cost(from, set.cost()));
                if (!set.oneway()) {
                    of(of(costs, link), first.other()).add(new Cost(from, set.cost()));
                }
            }
            case Crash crash -> of(absences, crash.node()).add(new Absence(true, from, to));
            case Freeze freeze when freeze.node() != null ->
                    of(absences, freeze.node()).add(new Absence(false, from, to));
            case Kill kill when kill.process() == SliceProcess.FORWARDER -> deaths.add(from);
            case Restart restart -> of(restarts, restart.node()).add(from);
            default -> {} // What it does keeps links up.
        }
    }

    private List<Link> linksOf(String name) {
        Node node = topology.node(name);
        if (node == null) {
            throw new IllegalStateException("no node " + name);
        }
        return topology.linksOf(node);
    }

    private static int set(Partition partition, Node node) {
        for (int i = 0; i < partition.sets().size(); i++) {
            if (partition.sets().get(i).contains(node.name())) {
                return i;
            }
        }
        return -1;
    }

    private static End first(Link link, LinkName name) {
        return link.a().name().equals(name.from()) ? End.A : End.B;
    }

    private void fail(LinkName name, FailureMode mode, long from, long to) {
        Link link = topology.require(name);
        if (mode == FailureMode.ONEWAY) {
            of(of(failures, link), first(link, name))
                    .add(new Failure(FailureMode.SILENT.toString(), from, to));
        } else {
            both(link, mode, from, to);
        }
    }

    private void both(Link link, FailureMode mode, long from, long to) {
        for (End end : End.values()) {
            of(of(failures, link), end).add(new Failure(mode.toString(), from, to));
        }
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("nothing known of " + key);
        }
        return value;
    }

    /** {@code up}, {@code down} or {@code silent}: what the sending end should be just after. */
    String state(Link link, End end, long nanos) {
        long restored = Long.MIN_VALUE;
        for (long at : of(restorations, link)) {
            restored = at <= nanos ? Math.max(restored, at) : restored;
        }
        Failure newest = null;
        for (Failure failure : of(of(failures, link), end)) {
            boolean holds =
                    failure.fromNanos <= nanos
                            && nanos < failure.toNanos
                            && restored < failure.fromNanos;
            if (holds && (newest == null || failure.fromNanos >= newest.fromNanos)) {
                newest = failure;
            }
        }
        return newest == null ? UP : newest.state;
    }

    /** Whether there is a forwarder that could be asked. */
    boolean isForwarderThere(long nanos) {
        return deaths.stream().noneMatch(at -> at <= nanos && nanos <= at + BACK_NANOS);
    }

    /** Whether the node has crashed, and neither was started again nor has the crash ended. */
    boolean isCrashed(Node node, long nanos) {
        return isAway(node, nanos, true);
    }

    /** Whether the node does its work. */
    boolean isAtWork(Node node, long nanos) {
        return !isAway(node, nanos, true) && !isAway(node, nanos, false);
    }

    private boolean isAway(Node node, long nanos, boolean crashed) {
        long restarted = Long.MIN_VALUE;
        for (long at : of(restarts, node.name())) {
            restarted = at <= nanos ? Math.max(restarted, at) : restarted;
        }
        for (Absence absence : of(absences, node.name())) {
            if (absence.crashed == crashed
                    && absence.fromNanos <= nanos
                    && nanos < absence.toNanos
                    && (!crashed || restarted < absence.fromNanos)) {
                return true;
            }
        }
        return false;
    }

    /** Whether routers can be neighbours over it. */
    boolean isUsable(Link link, long nanos) {
        return isAtWork(link.a(), nanos)
                && isAtWork(link.b(), nanos)
                && state(link, End.A, nanos).equals(UP)
                && state(link, End.B, nanos).equals(UP);
    }

    int cost(Link link, End end, long nanos) {
        Cost newest = new Cost(Long.MIN_VALUE, link.from(end).cost());
        for (Cost cost : of(of(costs, link), end)) {
            if (cost.atNanos <= nanos && cost.atNanos >= newest.atNanos) {
                newest = cost;
            }
        }
        return newest.cost;
    }

    /** The shortest paths, nodes by their numbers. */
    ShortestWays ways(long nanos) {
        ShortestWays ways = new ShortestWays(topology.nodes().size());
        for (Link link : topology.links()) {
            if (isUsable(link, nanos)) {
                for (End end : End.values()) {
                    ways.edge(
                            link.node(end).number(),
                            link.node(end.other()).number(),
                            cost(link, end, nanos));
                }
            }
        }
        return ways;
    }
}
