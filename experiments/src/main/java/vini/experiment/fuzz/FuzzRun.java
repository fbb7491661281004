package vini.experiment.fuzz;

import org.jspecify.annotations.Nullable;

import vini.experiment.Books;
import vini.experiment.event.Deed;
import vini.experiment.event.Script;
import vini.experiment.event.SetLink;
import vini.experiment.run.PacketBooks;
import vini.experiment.spec.TimedEvent;
import vini.experiment.spec.Timeline;
import vini.forwarder.io.VirtualEngine;
import vini.overlay.graph.NodeGraph;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.SliceProcess;
import vini.overlay.world.VirtualWorld;
import vini.time.Seed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Runs a case in the virtual world, and looks after each step whether all is as it should be. */
final class FuzzRun {
    /**
     * What a run gave.
     *
     * @param fault the first one, or null
     * @param digest of all that happened in the network
     * @param quiet how often the network had come to rest and was looked at as a whole
     */
    record Outcome(@Nullable Fault fault, long digest, int quiet) {}

    /** Changes the network behind the back of whoever checks it: to test that. */
    interface Meddler {
        /** An act was carried out. */
        void meddle(VirtualWorld world, int act) throws IOException;

        /** Leaves everything as it is. */
        Meddler NOBODY = (world, act) -> {};
    }

    private static final long SECOND = 1_000_000_000;
    private static final long PATIENCE_NANOS = 120 * SECOND;

    /** For shortest path calculations that have drawn apart, and for floods. */
    private static final long ROUTING_NANOS = 3 * SECOND;

    private static final int TRACE_MAX = 6;

    /** A capture is fetched so often, long before it gives up its reader. */
    private static final long FETCH_NANOS = 5 * SECOND;

    /** What is done besides running it. */
    enum Looks {
        /** The network is looked at. */
        CHECKS,
        /** All packets on all links are captured, and looked at. */
        CAPTURES
    }

    /** Leases end so much after what they guard. */
    private static final long LEASE_GRACE_NANOS = SECOND;

    private final FuzzCase fuzz;
    private final VirtualWorld world;
    private final Meddler meddler;
    private final boolean checks;
    private final @Nullable PacketCheck packets;
    private final ExpectedLinks expected;
    private final QuietCheck quietCheck;
    private final Digest digest = new Digest();
    private final RandomGenerator random;
    private final Talks talks;
    private final Echoes echoes;
    private long startNanos;
    private int quiet;

    /** Times with several acts: between two of them a link may be up for no time at all. */
    private final Set<Long> crowded = new TreeSet<>();

    /** All routes before anything had happened; null if nobody has looked then. */
    private @Nullable List<Map<String, Set<Integer>>> undisturbed;

    private FuzzRun(FuzzCase fuzz, VirtualWorld world, Meddler meddler, Looks looks) {
        this.fuzz = fuzz;
        this.world = world;
        this.meddler = meddler;
        this.checks = looks == Looks.CHECKS;
        this.expected =
                new ExpectedLinks(
                        fuzz.topology(),
                        new Seed(fuzz.seed()),
                        fuzz.events(),
                        fuzz.controllerDiesNanos(),
                        fuzz.duration().toNanos());
        this.packets =
                looks == Looks.CAPTURES
                        ? new PacketCheck(
                                fuzz.topology(),
                                this::mayCarry,
                                this::mayBeThere,
                                !fuzz.mayDouble())
                        : null;
        this.quietCheck = new QuietCheck(world);
        this.random = new Seed(fuzz.seed()).generator("looks");
        this.talks = new Talks(fuzz, world, expected, digest);
        this.echoes = new Echoes(world, random, !fuzz.mayLose());
    }

    /** How long after the last change a network may need until all its routes are right. */
    static long quietNanos(Topology topology) {
        return topology.routing().deadSeconds() * SECOND + ROUTING_NANOS + Echoes.NANOS;
    }

    /**
     * Runs it.
     *
     * @param looks what is looked at
     */
    static Outcome run(FuzzCase fuzz, Meddler meddler, Looks looks) {
        try (VirtualEngine engine = new VirtualEngine()) {
            return engine.call(() -> inside(fuzz, engine, meddler, looks));
        }
    }

    private static Outcome inside(
            FuzzCase fuzz, VirtualEngine engine, Meddler meddler, Looks looks) {
        try (VirtualWorld world =
                new VirtualWorld(fuzz.topology(), new Seed(fuzz.seed()), engine)) {
            FuzzRun run = new FuzzRun(fuzz, world, meddler, looks);
            Fault fault;
            try {
                fault = run.course();
            } catch (IOException | RuntimeException e) {
                fault = run.fault(Fault.Kind.EXCEPTION, story(e));
            }
            return new Outcome(fault, run.digest.value(), run.quiet);
        }
    }

    private long nowNanos() {
        return world.clock().nowNanos() - startNanos;
    }

    private Fault fault(Fault.Kind kind, String sentence) {
        return new Fault(kind, nowNanos(), sentence);
    }

    /** What was thrown, and the first places it came by. */
    private static String story(Exception e) {
        StringBuilder story = new StringBuilder(e.toString());
        StackTraceElement[] trace = e.getStackTrace();
        for (int i = 0; i < Math.min(trace.length, TRACE_MAX); i++) {
            story.append(i == 0 ? " at " : " < ").append(trace[i].getClassName()).append('.');
            story.append(trace[i].getMethodName()).append(':').append(trace[i].getLineNumber());
        }
        return story.toString();
    }

    private @Nullable Fault course() throws IOException {
        world.follow(digest::add);
        world.chatterTo(line -> digest.add(nowNanos(), "chatter", line));
        if (world.converge(PATIENCE_NANOS) < 0) {
            return fault(Fault.Kind.CONVERGENCE, "after its start: " + world.status());
        }
        startNanos = world.clock().nowNanos();
        if (packets != null) {
            packets.begin(world, startNanos);
        }
        talks.start();
        Fault fault = steps();
        if (packets != null) {
            fault = fault == null ? packets.fault() : fault;
            packets.end(world);
        }
        fault = fault == null ? figures() : fault;
        digest.add(nowNanos(), "books", world.books());
        return fault;
    }

    private @Nullable Fault figures() throws IOException {
        if (!expected.isForwarderThere(nowNanos())) {
            return null;
        }
        return faultIf(Fault.Kind.FIGURES, talks.end(nowNanos()));
    }

    /** A fault if something is wrong, and if anybody looks. */
    private @Nullable Fault faultIf(Fault.Kind kind, @Nullable String wrong) {
        return checks && wrong != null ? fault(kind, wrong) : null;
    }

    private @Nullable Fault steps() throws IOException {
        long endNanos = fuzz.duration().toNanos();
        Timeline timeline =
                new Timeline(fuzz.topology(), new Seed(fuzz.seed()), startNanos, endNanos);
        fuzz.events().forEach(timeline::add);
        List<Script.Scheduled> acts = new ArrayList<>(timeline.acts());
        acts.removeIf(act -> act.atNanos() >= fuzz.controllerDiesNanos());
        for (int i = 1; i < acts.size(); i++) {
            if (acts.get(i).atNanos() == acts.get(i - 1).atNanos()) {
                crowded.add(acts.get(i).atNanos());
            }
        }
        Fault fault = acts.isEmpty() ? null : afterStep(acts.getFirst().atNanos());
        if (quiet > 0) {
            undisturbed = quietCheck.tables();
        }
        for (int i = 0; i < acts.size() && fault == null; i++) {
            long at = acts.get(i).atNanos();
            goTo(at);
            carryOut(acts.get(i));
            meddler.meddle(world, i);
            long next = i + 1 < acts.size() ? acts.get(i + 1).atNanos() : endNanos;
            if (next > at) {
                fault = afterStep(next);
            }
        }
        return fault == null ? end(endNanos) : fault;
    }

    private void carryOut(Script.Scheduled act) throws IOException {
        try {
            var _ = act.act().effect().happen(world);
        } catch (IOException e) {
            if (!mayFail(act.act().deed(), act.atNanos())) {
                throw e;
            }
        }
    }

    /** Some things can be done only to who is there, as a run's record then says. */
    private boolean mayFail(Deed deed, long nanos) {
        return switch (deed.kind()) {
            case "traffic" -> fuzz.topology().nodes().stream().anyMatch(expected::wasEverAway);
            case "freeze" ->
                    Arrays.stream(SliceProcess.values())
                            .anyMatch(
                                    process ->
                                            process.toString().equals(deed.mode())
                                                    && expected.isDead(process, nanos));
            default -> false;
        };
    }

    private void goTo(long nanos) throws IOException {
        while (packets != null && nanos - nowNanos() > FETCH_NANOS) {
            world.clock().runFor(FETCH_NANOS);
            packets.look(world);
        }
        world.clock().runUntil(startNanos + nanos);
        if (packets != null) {
            packets.look(world);
        }
    }

    /** Looks at once, somewhere on the way to the next act, and, if there is time, at rest. */
    private @Nullable Fault afterStep(long nextNanos) throws IOException {
        Fault fault = lookAtOnce();
        long left = nextNanos - nowNanos();
        if (fault == null && left > 0) {
            goTo(nowNanos() + random.nextLong(Math.min(left, SECOND)));
            fault = lookAtOnce();
        }
        long rest = quietNanos(fuzz.topology()) - Echoes.NANOS;
        if (fault == null && nextNanos - nowNanos() > rest + Echoes.NANOS) {
            goTo(nowNanos() + rest);
            fault = lookAtRest();
        }
        return fault;
    }

    /** When all is over, and when no lease can be left. */
    private @Nullable Fault end(long endNanos) throws IOException {
        goTo(endNanos + LEASE_GRACE_NANOS + 1);
        Fault fault = lookAtOnce();
        if (fault == null) {
            goTo(nowNanos() + quietNanos(fuzz.topology()));
            if (world.converge(nowNanos() + startNanos + PATIENCE_NANOS) < 0) {
                return fault(Fault.Kind.CONVERGENCE, "after its end: " + world.status());
            }
            fault = lookAtRest();
        }
        return fault == null ? asUndisturbed() : fault;
    }

    /** All is over, and so routes are what they were before anything had happened. */
    private @Nullable Fault asUndisturbed() {
        boolean costs =
                fuzz.events().stream()
                        .map(TimedEvent::event)
                        .anyMatch(event -> event instanceof SetLink set && set.cost() != null);
        if (!checks || costs || undisturbed == null) {
            return null;
        }
        String difference = quietCheck.difference(undisturbed);
        return difference == null
                ? null
                : fault(
                        Fault.Kind.ROUTES,
                        "when all is over, otherwise than at first: " + difference);
    }

    /** Whether a direction of a link may have delivered a packet. */
    private boolean mayCarry(Link link, End end, long nanos) {
        return !isKnownAt(nanos)
                || !expected.isForwarderThere(nanos)
                || crowded.contains(nanos)
                || expected.states(link, end, nanos).contains("up")
                || expected.states(link, end, nanos - 1).contains("up");
    }

    /** Whether a node may have sent something. */
    private boolean mayBeThere(Node node, long nanos) {
        return !expected.isCrashed(node, nanos) || !expected.isCrashed(node, nanos - 1);
    }

    /**
     * Whether it can be said what links should be: when the controller has died, what is over may
     * last until its lease ends.
     */
    private boolean isKnown() {
        return isKnownAt(nowNanos());
    }

    private boolean isKnownAt(long nanos) {
        return nanos < fuzz.controllerDiesNanos()
                || nanos > fuzz.duration().toNanos() + LEASE_GRACE_NANOS;
    }

    private @Nullable Fault lookAtOnce() throws IOException {
        if (!checks) {
            return null;
        }
        PacketBooks books = Books.of(world.books());
        if (books.missing() != 0) {
            return fault(
                    Fault.Kind.BOOKS,
                    "of "
                            + books.sent()
                            + " packets "
                            + books.missing()
                            + " are neither delivered nor dropped nor on their way");
        }
        return isKnown() && expected.isForwarderThere(nowNanos()) ? links() : null;
    }

    private @Nullable Fault links() throws IOException {
        for (Link link : fuzz.topology().links()) {
            for (End end : End.values()) {
                if (expected.isCrashed(link.node(end), nowNanos())) {
                    continue; // There is nobody to ask.
                }
                String element =
                        link.node(end).name() + "/" + NodeGraph.linkElement(link.node(end.other()));
                String state = world.readForwarder(element + ".state").strip();
                Set<String> should = expected.states(link, end, nowNanos());
                if (!should.contains(state)) {
                    return fault(
                            Fault.Kind.LINKS,
                            "the end of "
                                    + link.name()
                                    + " at "
                                    + link.node(end).name()
                                    + " is "
                                    + state
                                    + " and should be "
                                    + String.join(" or ", should));
                }
            }
        }
        return null;
    }

    private @Nullable Fault lookAtRest() throws IOException {
        boolean isAway =
                Arrays.stream(SliceProcess.values())
                        .anyMatch(
                                process ->
                                        expected.isFrozen(process, nowNanos())
                                                || expected.isDead(process, nowNanos()));
        if (!world.isConverged() || !isKnown() || isAway) {
            return null;
        }
        quiet++;
        ShortestWays ways = expected.ways(nowNanos());
        List<Boolean> atWork =
                fuzz.topology().nodes().stream()
                        .map(node -> expected.isAtWork(node, nowNanos()))
                        .toList();
        Fault fault = checks ? quietCheck.look(ways, atWork, nowNanos()) : null;
        return fault == null ? faultIf(Fault.Kind.ECHO, echoes.round(ways, atWork)) : fault;
    }
}
