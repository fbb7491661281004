package vini.experiment.fuzz;

import org.jspecify.annotations.Nullable;

import vini.experiment.event.Crash;
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
import vini.experiment.spec.TimedEvent;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.FailureMode;
import vini.overlay.world.SliceProcess;
import vini.time.Seed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What links should be like at any time of a schedule, from the meaning of its events alone: of
 * several failures of a link the newest counts, each ends at its own time, and a restoration ends
 * all that have begun.
 */
final class ExpectedLinks {
    private static final String UP = "up";

    private static final String DOWN = FailureMode.DOWN.toString();

    /** From the death of a process to the next one. */
    private static final long DEAD_NANOS = 500_000_000L;

    /** Within which a new process has learned how all should be. */
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
    private final Map<SliceProcess, List<Long>> deaths = new EnumMap<>(SliceProcess.class);
    private final Map<SliceProcess, List<Absence>> stops = new EnumMap<>(SliceProcess.class);
    private final FarEnds farEnds;
    private final Map<Link, Map<End, List<Cost>>> costs = new LinkedHashMap<>();

    /**
     * Reads a schedule.
     *
     * @param seed of the jitter of its events
     * @param diesNanos from when on nothing new happens
     * @param endNanos when everything is over that has no end of its own
     */
    ExpectedLinks(
            Topology topology, Seed seed, List<TimedEvent> events, long diesNanos, long endNanos) {
        this.topology = topology;
        this.endNanos = endNanos;
        for (SliceProcess process : SliceProcess.values()) {
            deaths.put(process, new ArrayList<>());
            stops.put(process, new ArrayList<>());
        }
        for (Node node : topology.nodes()) {
            absences.put(node.name(), new ArrayList<>());
            restarts.put(node.name(), new ArrayList<>());
        }
        for (Link link : topology.links()) {
            failures.put(link, byEnd());
            costs.put(link, byEnd());
            restorations.put(link, new ArrayList<>());
        }
        for (int i = 0; i < events.size(); i++) {
            occurrences(events.get(i), seed.generator("event " + (i + 1)), diesNanos);
        }
        this.farEnds = new FarEnds(this, topology, times());
    }

    private static <T> Map<End, List<T>> byEnd() {
        Map<End, List<T>> lists = new EnumMap<>(End.class);
        for (End end : End.values()) {
            lists.put(end, new ArrayList<>());
        }
        return lists;
    }

    private void occurrences(TimedEvent timed, RandomGenerator chance, long diesNanos) {
        long last = Math.min(endNanos, nanos(timed.until(), endNanos));
        long lasts = nanos(timed.lasting(), endNanos);
        long jitter = nanos(timed.jitter(), 0);
        long every = nanos(timed.every(), 0);
        int count = every == 0 ? 1 : timed.count() == null ? Integer.MAX_VALUE : timed.count();
        for (int i = 0; i < count; i++) {
            long planned = timed.at().toNanos() + i * every;
            if (planned >= last) {
                return;
            }
            long from = planned + (jitter == 0 ? 0 : chance.nextLong(jitter + 1));
            if (from < last && from < diesNanos) {
                add(timed.event(), from, Math.min(last, from + lasts));
            }
        }
    }

    private static long nanos(@Nullable Duration time, long otherwise) {
        return time == null ? otherwise : time.toNanos();
    }

    private void add(Event event, long from, long to) {
        switch (event) {
            case Fail fail when fail.node() != null ->
                    linksOf(fail.node()).forEach(link -> both(link, fail.mode(), from, to));
            case Fail fail when fail.link() != null -> fail(fail.link(), fail.mode(), from, to);
            case Fail fail ->
                    riders(fail.fiber()).forEach(link -> fail(link, fail.mode(), from, to));
            case Replay replay -> replay(replay, from, to);
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
            case Restore restore ->
                    riders(restore.fiber())
                            .forEach(link -> of(restorations, topology.require(link)).add(from));
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
            case Freeze freeze when freeze.process() != null ->
                    of(stops, freeze.process()).add(new Absence(false, from, to));
            case Kill kill -> of(deaths, kill.process()).add(from);
            case Restart restart -> of(restarts, restart.node()).add(from);
            default -> {} // What it does keeps links up.
        }
    }

    private List<LinkName> riders(@Nullable String fiber) {
        List<LinkName> riders = fiber == null ? null : topology.fibers().get(fiber);
        if (riders == null) {
            throw new IllegalStateException("no fiber " + fiber);
        }
        return riders;
    }

    /** What a link becomes it is until it becomes something else. */
    private void replay(Replay replay, long from, long to) {
        Map<Link, RecordedChange> before = new LinkedHashMap<>();
        for (RecordedChange change : replay.changes()) {
            Link link = topology.require(change.link());
            RecordedChange last = before.put(link, change);
            if (last != null) {
                became(last, from, Math.min(to, from + change.at().toNanos()));
            }
        }
        before.values().forEach(change -> became(change, from, to));
    }

    private void became(RecordedChange change, long begin, long to) {
        long from = begin + change.at().toNanos();
        if (from < to) {
            switch (change.becomes()) {
                case UP -> {}
                case DOWN -> fail(change.link(), FailureMode.DOWN, from, to);
                case SILENT -> fail(change.link(), FailureMode.SILENT, from, to);
                case ONEWAY -> fail(change.link(), FailureMode.ONEWAY, from, to);
            }
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

    /**
     * What the sending end may be: what the schedule says, or {@code down} if the link is watched
     * and misses its far end. How soon that is noticed depends on when heartbeats go.
     */
    Set<String> states(Link link, End end, long nanos) {
        Set<String> states = new LinkedHashSet<>();
        String state = state(link, end, nanos);
        FarEnds.Verdict missed = farEnds.verdict(link, nanos);
        boolean isDown =
                missed.isDown()
                        && state.equals(UP)
                        && of(restorations, link).stream()
                                .noneMatch(at -> missed.sinceNanos() <= at && at <= nanos);
        if (!isDown) {
            states.add(state);
        }
        if (missed.mayBeDown()) {
            states.add(DOWN);
        }
        return states;
    }

    /** Whether there is a forwarder that could be asked. */
    boolean isForwarderThere(long nanos) {
        return of(deaths, SliceProcess.FORWARDER).stream()
                        .noneMatch(at -> at <= nanos && nanos <= at + BACK_NANOS)
                && !isFrozen(SliceProcess.FORWARDER, nanos);
    }

    /** Whether the process was killed, and its successor is not there yet. */
    boolean isDead(SliceProcess process, long nanos) {
        long deadUntil = Long.MIN_VALUE;
        for (long death : of(deaths, process).stream().sorted().toList()) {
            if (death <= nanos && death >= deadUntil) {
                deadUntil = death + DEAD_NANOS;
            }
        }
        return nanos < deadUntil;
    }

    /** Whether the process stands still. */
    boolean isFrozen(SliceProcess process, long nanos) {
        return of(stops, process).stream()
                .anyMatch(
                        stop ->
                                stop.fromNanos <= nanos
                                        && nanos < stop.toNanos
                                        && !isDead(process, stop.fromNanos)
                                        && of(deaths, process).stream()
                                                .noneMatch(
                                                        at -> stop.fromNanos < at && at <= nanos));
    }

    /** Whether the node has crashed, and neither was started again nor has the crash ended. */
    boolean isCrashed(Node node, long nanos) {
        long restarted = Long.MIN_VALUE;
        for (long at : of(restarts, node.name())) {
            restarted = at <= nanos ? Math.max(restarted, at) : restarted;
        }
        for (Absence absence : of(absences, node.name())) {
            if (absence.crashed
                    && absence.fromNanos <= nanos
                    && nanos < absence.toNanos
                    && restarted < absence.fromNanos) {
                return true;
            }
        }
        return false;
    }

    /** Whether the node does its work. */
    boolean isAtWork(Node node, long nanos) {
        return !isCrashed(node, nanos) && !isFrozen(node, nanos);
    }

    /** Whether the node stands still: a crash ends that, and who is gone cannot be stopped. */
    private boolean isFrozen(Node node, long nanos) {
        return of(absences, node.name()).stream()
                .anyMatch(
                        stop ->
                                !stop.crashed
                                        && stop.fromNanos <= nanos
                                        && nanos < stop.toNanos
                                        && !isCrashed(node, stop.fromNanos)
                                        && !hasCrashed(node, stop.fromNanos, nanos));
    }

    private boolean hasCrashed(Node node, long afterNanos, long toNanos) {
        return of(restarts, node.name()).stream().anyMatch(at -> afterNanos < at && at <= toNanos)
                || of(absences, node.name()).stream()
                        .anyMatch(
                                crash ->
                                        crash.crashed
                                                && afterNanos < crash.fromNanos
                                                && crash.fromNanos <= toNanos);
    }

    /** Whether the node's tunnels are there and move packets. */
    boolean hasTunnels(Node node, long nanos) {
        return isAtWork(node, nanos)
                && !isDead(SliceProcess.FORWARDER, nanos)
                && !isFrozen(SliceProcess.FORWARDER, nanos);
    }

    /** Whether the node, and what it hosts, ever was gone or stood still. */
    boolean wasEverAway(Node node) {
        return !of(absences, node.name()).isEmpty()
                || !of(restarts, node.name()).isEmpty()
                || !of(deaths, SliceProcess.FORWARDER).isEmpty()
                || !of(stops, SliceProcess.FORWARDER).isEmpty();
    }

    /** When a node was started again while it may have run. */
    List<Long> restarts(Node node) {
        return of(restarts, node.name());
    }

    /** All times at which nodes or processes may have changed. */
    private Set<Long> times() {
        Set<Long> times = new LinkedHashSet<>();
        absences.values().forEach(all -> all.forEach(each -> add(times, each)));
        stops.values().forEach(all -> all.forEach(each -> add(times, each)));
        restarts.values().forEach(times::addAll);
        for (long death : of(deaths, SliceProcess.FORWARDER)) {
            times.add(death);
            times.add(death + DEAD_NANOS);
        }
        return times;
    }

    private static void add(Set<Long> times, Absence absence) {
        times.add(absence.fromNanos);
        times.add(absence.toNanos);
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
