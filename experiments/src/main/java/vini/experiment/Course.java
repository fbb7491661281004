package vini.experiment;

import org.jspecify.annotations.Nullable;

import vini.experiment.event.Deed;
import vini.experiment.probe.ProbeStart;
import vini.experiment.probe.RunningProbe;
import vini.experiment.run.BooksRow;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.PacketBooks;
import vini.experiment.run.Turn;
import vini.experiment.spec.Experiment;
import vini.experiment.spec.Timeline;
import vini.overlay.topology.Link;
import vini.overlay.world.SliceProcess;
import vini.overlay.world.Underlay;
import vini.overlay.world.World;
import vini.time.Clock;
import vini.time.Seed;
import vini.time.Timer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The course of one experiment in a world whose network has converged: starts the probes, carries
 * out the events when they are due, reads the probes, and stops them. All of it happens on the
 * thread of the world's clock, be that real or virtual.
 */
final class Course implements Director.Listener {
    /** Between the call and t = 0, so that all apps hear in time when to begin. */
    private static final long LEAD_NANOS = 200_000_000L;

    private static final String FORWARDER = SliceProcess.FORWARDER.toString();

    private static final long POLL_NANOS = 100_000_000L;

    /** What is on its way when the probes stop arrives or is dropped in this time. */
    private static final long SETTLE_NANOS = 300_000_000L;

    /** How long is waited for what was asked to end. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    /** How long probes still listen after the end. */
    private static final long LISTENING_NANOS = 2_000_000_000L;

    /** How long is waited for a moment in which no packet is on its way. */
    private static final long DRAINED_NANOS = 1_000_000_000L;

    private static final long DRAIN_POLL_NANOS = 20_000_000L;

    /** Hears of the end, once. */
    interface Ended {
        /** The course is over: at its end, or early. */
        void ended();
    }

    private final World world;
    private final Experiment experiment;
    private final RunListener listener;
    private final Clock clock;
    private final long startNanos;
    private final long durationNanos;
    private final EventLog events;
    private final Director director;
    private final HistoryLog history;
    private final WayWatch ways;
    private final Bookkeeper keeper;
    private final CourseProbes probes;
    private final List<Timer> timers = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Ended ended;
    private boolean forwarderDied;
    private boolean forwarderStood;
    private boolean over;
    private double endS;

    /**
     * Starts it.
     *
     * @param folder of the run, in which programs work
     */
    Course(World world, Experiment experiment, Path folder, RunListener listener, Ended ended)
            throws IOException {
        this.world = world;
        this.experiment = experiment;
        this.listener = listener;
        this.ended = ended;
        this.clock = world.clock();
        this.startNanos = clock.nowNanos() + LEAD_NANOS;
        this.durationNanos = experiment.duration().toNanos();
        Seed seed = new Seed(Objects.requireNonNull(experiment.seed()));
        this.events = new EventLog(listener);
        this.probes = new CourseProbes(experiment.probes());
        this.history =
                new HistoryLog(world.topology(), startNanos, RecordedRoutes.of(world, experiment));
        this.keeper = new Bookkeeper(world, startNanos, durationNanos, listener, history);
        this.ways = new WayWatch(world, experiment, history, events.rows(), listener);
        experiment
                .outside()
                .keySet()
                .forEach(host -> addresses.put(host, world.address(host).toString()));
        history.onGone(this::nodeGone);
        world.follow(history);
        probes.start(
                (name, number, hosts) ->
                        new ProbeStart(
                                world,
                                name,
                                number,
                                startNanos,
                                durationNanos,
                                folder,
                                listener,
                                this::watch,
                                hosts));
        Timeline timeline = new Timeline(world.topology(), seed, startNanos, durationNanos);
        experiment.events().forEach(timeline::add);
        timeline.tooLate().forEach(sentence -> listener.note(0, sentence));
        listener.planned(RunListener.Coming.of(timeline.acts()));
        this.director = new Director(world, timeline.acts(), startNanos, this);
        at(startNanos, this::start);
        at(startNanos + POLL_NANOS, this::poll);
        at(startNanos + durationNanos + LISTENING_NANOS, this::end);
    }

    private void at(long nanos, Runnable action) {
        Timer timer = clock.timer(action);
        timer.at(nanos);
        timers.add(timer);
    }

    private void watch(String probe, int ports, EchoRow row) {
        events.echo(probe, ports, row);
        ways.echo(probe, ports, row);
    }

    /** The time since t = 0, in seconds. */
    double nowS() {
        return (clock.nowNanos() - startNanos) / 1e9;
    }

    private void start() {
        try {
            world.markStart();
        } catch (IOException e) {
            fault("the links could not be asked: " + e.getMessage());
        }
    }

    @Override
    public void about() {
        keeper.beforeAnEvent();
    }

    @Override
    public void done(long plannedNanos, long issuedNanos, Deed deed) {
        forwarderStood |= deed.kind().equals("freeze") && FORWARDER.equals(deed.mode());
        record(plannedNanos, issuedNanos, deed, nowS());
    }

    @Override
    public void failed(long plannedNanos, long issuedNanos, Deed deed, IOException why) {
        fault(deed.words() + " was not carried out: " + why.getMessage());
        record(plannedNanos, issuedNanos, deed, null);
    }

    private void record(
            long plannedNanos, long issuedNanos, Deed deed, @Nullable Double effectiveS) {
        events.happened(
                new EventRow(
                        deed.kind(),
                        deed.turn(),
                        deed.links().stream().map(link -> List.of(link.from(), link.to())).toList(),
                        deed.node(),
                        deed.mode(),
                        plannedNanos / 1e9,
                        (issuedNanos - startNanos) / 1e9,
                        effectiveS,
                        null,
                        deed.words()));
    }

    /** Something is wrong with the run; it goes on, and the verdict says so. */
    void fault(String sentence) {
        faults.add(sentence + String.format(Locale.ROOT, " (at %.1f s)", nowS()));
        listener.note(nowS(), sentence);
    }

    /** A process has died; its supervisor starts it again. */
    void died(String process, int status) {
        String sentence = "the " + process + " died with status " + status;
        fault(sentence + loses(process));
    }

    /** A process has died because the experiment wanted it; its supervisor starts it again. */
    void killed(String process) {
        String lost = loses(process);
        if (!lost.isEmpty()) {
            listener.note(nowS(), "the " + process + " was killed" + lost);
        }
    }

    /** Takes note of what is lost with a process, and returns what is to be said of probes. */
    private String loses(String process) {
        if (!process.equals(FORWARDER)) {
            return "";
        }
        forwarderDied = true;
        history.cleared(clock.nowNanos());
        return probes.lose(hosts -> true);
    }

    /** A node's graph is gone, and what was hosted there. */
    private void nodeGone(String node) {
        String lost = probes.lose(hosts -> hosts.contains(node));
        if (!lost.isEmpty()) {
            listener.note(nowS(), node + " is gone" + lost);
        }
    }

    /** A link has lost what carries it, or has it again. */
    void underlay(Underlay change) {
        Link link = change.link();
        double now = nowS();
        events.happened(
                new EventRow(
                        "underlay",
                        change.works() ? Turn.BETTER : Turn.WORSE,
                        List.of(List.of(link.a().name(), link.b().name())),
                        null,
                        change.kind().toString(),
                        now,
                        now,
                        now,
                        null,
                        change.words()));
    }

    /** A process that had died works again. */
    void back(String process) {
        listener.note(nowS(), "the " + process + " is back");
    }

    private void poll() {
        probes.poll(nowS());
        keeper.afterChanges();
        listener.progress(Math.min(nowS(), durationNanos / 1e9));
        at(clock.nowNanos() + POLL_NANOS, this::poll);
        timers.removeIf(timer -> !timer.isSet());
    }

    /** Ends the course: at its time, or early. A second call does nothing. */
    void end() {
        if (over) {
            return;
        }
        over = true;
        timers.forEach(Timer::cancel);
        director.end();
        endS = Math.min(nowS(), durationNanos / 1e9);
        probes.poll(nowS());
        probes.stop().forEach(this::fault);
        long latest = clock.nowNanos() + PATIENCE_NANOS;
        clock.schedule(SETTLE_NANOS, () -> close(latest));
    }

    /** Waits for programs, which need a moment to end. */
    private void close(long latestNanos) {
        if (clock.nowNanos() < latestNanos && !probes.areOver()) {
            clock.schedule(POLL_NANOS, () -> close(latestNanos));
            return;
        }
        doubts.addAll(probes.doubts());
        drain(clock.nowNanos() + DRAINED_NANOS);
    }

    /** Waits for packets: hellos are on their way now and then, and others may use the slice. */
    private void drain(long latestNanos) {
        if (clock.nowNanos() < latestNanos && !keeper.isQuiet()) {
            clock.schedule(DRAIN_POLL_NANOS, () -> drain(latestNanos));
            return;
        }
        keeper.close();
        try {
            world.catchUp();
            doubts.addAll(Doubts.ofHistory(world.missed()));
            judgeFidelity();
        } catch (IOException e) {
            fault("the journals could not be read to the end: " + e.getMessage());
        }
        ended.ended();
    }

    private void judgeFidelity() throws IOException {
        if (forwarderDied) {
            doubts.addAll(Doubts.ofDeadForwarder());
        }
        // What waited in one that stood still left late, as it should.
        keeper.judge(events.rows(), forwarderDied, forwarderStood);
        doubts.addAll(keeper.fidelity().doubts());
    }

    /** Whether its end has begun. */
    boolean isEnding() {
        return over;
    }

    /** How faithful the machine was; without measures in a world that has none. */
    Fidelity fidelity() {
        return keeper.fidelity();
    }

    Experiment experiment() {
        return experiment;
    }

    /** The addresses of the outside hosts by name. */
    Map<String, String> addresses() {
        return addresses;
    }

    /** When it ended, in seconds; less than the duration if it ended early. */
    double endS() {
        return endS;
    }

    List<String> faults() {
        return faults;
    }

    /** Reasons not to trust what was measured. */
    List<String> doubts() {
        return doubts;
    }

    /** What had become of the packets at each time. */
    List<BooksRow> books() {
        return keeper.books();
    }

    /** What had become of them in the end, place by place. */
    PacketBooks packets() {
        return keeper.packets();
    }

    List<EventRow> events() {
        return events.rows();
    }

    HistoryLog history() {
        return history;
    }

    /** One of its probes, by its place in the experiment. */
    RunningProbe probe(int index) {
        return probes.probe(index);
    }
}
