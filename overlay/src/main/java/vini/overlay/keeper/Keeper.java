package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.forwarder.control.ControlException;
import vini.forwarder.control.ControlServer;
import vini.forwarder.io.EventLoop;
import vini.overlay.graph.NodeGraph;
import vini.overlay.graph.RouterText;
import vini.overlay.graph.Tunnels;
import vini.overlay.host.Cgroup;
import vini.overlay.host.JvmCommand;
import vini.overlay.host.MachineException;
import vini.overlay.host.StateFolder;
import vini.overlay.host.UnderlaySlot;
import vini.overlay.host.Worker;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.overlay.topology.TunnelsMode;
import vini.overlay.world.FailureMode;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a live slice: makes its hosts, starts its forwarder and its router, starts them again when
 * they die, and brings them into the state that the slice should have. Its methods may be called
 * from any thread; the work is done on the slice's {@link Worker}.
 */
public final class Keeper implements AutoCloseable {
    /** Hears what happens to the slice, on its worker. */
    public interface Listener {
        /** A process of the slice has ended by itself; it is being started again. */
        default void died(String process, int status, List<String> lastWords) {}

        /** A process that had died is back. */
        default void back(String process) {}

        /** The slice will never be up, because one of its processes dies again and again. */
        default void hopeless(String reason) {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long CHECK_NANOS = 5_000_000L;
    private static final long PULSE_NANOS = 2_000_000_000L;

    /** A process that has died so often before the slice was up is not going to bring it up. */
    private static final int VAIN_STARTS = 3;

    private static final long JOURNAL_NANOS = 100_000_000L;

    private final Topology topology;
    private final AddressPlan plan;
    private final Seed seed;
    private final StateFolder state;
    private final Listener listener;
    private final Worker worker;
    private final LinkBook links;
    private final SliceHosts hosts;
    private final @Nullable UnderlaySlot slot;
    private final SupervisedProcess forwarder;
    private final SupervisedProcess router;
    private final List<JournalFeed> feeds = new ArrayList<>();
    private final CountDownLatch converged = new CountDownLatch(1);
    private long launchedNanos;
    private volatile long startupNanos = -1;
    private volatile @Nullable String hopeless;
    private boolean wasReady;
    private @Nullable EventLoop control;
    private @Nullable ControlServer server;

    private Keeper(
            Topology topology, Seed seed, StateFolder state, Listener listener, Worker worker)
            throws IOException {
        this.topology = topology;
        this.plan = AddressPlan.of(topology);
        this.seed = seed;
        this.state = state;
        this.listener = listener;
        this.worker = worker;
        this.links = new LinkBook(topology);
        this.slot = topology.tunnels() == TunnelsMode.UDP ? UnderlaySlot.take() : null;
        this.hosts = hosts(slot);
        this.forwarder =
                process("forwarder", JvmCommand.Role.FORWARDER, "vini.forwarder.io.ForwarderMain");
        this.router = process("router", JvmCommand.Role.ROUTER, "vini.routing.process.RouterMain");
    }

    private SliceHosts hosts(@Nullable UnderlaySlot taken) throws IOException {
        try {
            return SliceHosts.create(topology, plan);
        } catch (IOException e) {
            if (taken != null) {
                taken.close();
            }
            throw e;
        }
    }

    private SupervisedProcess process(String name, JvmCommand.Role role, String mainClass) {
        Path folder = state.path();
        List<String> arguments = List.of(folder.toString(), Long.toString(seed.value()));
        return new SupervisedProcess(
                name,
                JvmCommand.of(role, mainClass, arguments),
                folder,
                Cgroup.open(folder.getFileName().toString(), name),
                worker,
                new SupervisedProcess.Listener() {
                    @Override
                    public void ready(SupervisedProcess process) {
                        bringUp(process);
                    }

                    @Override
                    public void died(SupervisedProcess process, int status) {
                        listener.died(process.name(), status, process.lastWords());
                        if (startupNanos < 0 && process.restarts() >= VAIN_STARTS - 1) {
                            giveUp(process, status);
                        }
                    }
                });
    }

    /**
     * Starts a slice and returns at once; {@link #awaitConverged} waits until it is up.
     *
     * @param state the slice's folder, taken by the caller; the keeper removes it at the end
     * @throws vini.overlay.host.MachineException the machine cannot give what the topology demands
     */
    public static Keeper start(Topology topology, Seed seed, StateFolder state, Listener listener)
            throws IOException {
        Worker worker = new Worker("keeper of " + topology.name());
        try {
            return onWorker(
                    worker,
                    () -> {
                        Keeper keeper = new Keeper(topology, seed, state, listener, worker);
                        keeper.launch();
                        return keeper;
                    });
        } catch (IOException | RuntimeException e) {
            worker.close();
            state.remove();
            throw e;
        }
    }

    private interface Task<T extends @Nullable Object> {
        T run() throws IOException;
    }

    private static <T extends @Nullable Object> T onWorker(Worker worker, Task<T> task)
            throws IOException {
        try {
            return worker.call(task::run);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a task of the keeper failed", e);
        }
    }

    private void launch() throws IOException {
        try {
            Path folder = state.path();
            Path graphs = Files.createDirectories(folder.resolve("graphs"));
            Tunnels tunnels = slot == null ? new Tunnels.Direct() : new Tunnels.Udp(slot.number());
            for (Node node : topology.nodes()) {
                Files.writeString(
                        graphs.resolve(node.name() + ".click"),
                        NodeGraph.text(topology, plan, node, hosts.port(node), tunnels));
            }
            Files.writeString(folder.resolve("router.conf"), RouterText.of(topology, plan));
            Files.writeString(folder.resolve("topology.json"), TopologyFile.write(topology));
            SliceHosts.writeNames(namesFile(), topology, plan);
            launchedNanos = worker.nowNanos();
            state.socket("forwarder.sock"); // says so if the path is too long
            forwarder.start();
            router.start();
            worker.schedule(PULSE_NANOS, this::feelPulses);
        } catch (IOException | RuntimeException e) {
            tearDown();
            throw e;
        }
    }

    private void giveUp(SupervisedProcess process, int status) {
        String reason =
                "the "
                        + process.name()
                        + " has ended with status "
                        + status
                        + " each time it was started: "
                        + String.join(" / ", process.lastWords());
        hopeless = reason;
        converged.countDown();
        listener.hopeless(reason);
    }

    private void feelPulses() {
        forwarder.feelPulse();
        router.feelPulse();
        worker.schedule(PULSE_NANOS, this::feelPulses);
    }

    /** A process has just come: it learns what has changed since the topology. */
    private void bringUp(SupervisedProcess process) {
        try {
            List<LinkBook.Write> writes =
                    process.name().equals(forwarder.name())
                            ? links.forwarderWrites()
                            : links.routerWrites();
            for (LinkBook.Write write : writes) {
                bringUp(process, write);
            }
        } catch (IOException e) {
            // It has died again; the next one is brought up in the same way.
            return;
        }
        feeds.stream().filter(feed -> feed.isOf(process)).forEach(JournalFeed::restart);
        if (process.restarts() > 0) {
            listener.back(process.name());
        }
        if (!wasReady && forwarder.isReady() && router.isReady()) {
            wasReady = true;
            checkConverged();
        }
    }

    private static void bringUp(SupervisedProcess process, LinkBook.Write write)
            throws IOException {
        try {
            process.control().write(write.handler(), write.value());
        } catch (ControlException e) {
            // What one handler refuses must not cost the others theirs.
            LOG.error("the {} refuses {} {}", process.name(), write, e.getMessage());
        }
    }

    private void checkConverged() {
        if (routerStatus().path("converged").asBoolean(false)) {
            startupNanos = worker.nowNanos() - launchedNanos;
            converged.countDown();
        } else {
            worker.schedule(CHECK_NANOS, this::checkConverged);
        }
    }

    private JsonNode routerStatus() {
        try {
            return JSON.readTree(router.control().read("status"));
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    /**
     * Waits until all routers know the network; false if that takes longer.
     *
     * @throws MachineException it never will
     */
    public boolean awaitConverged(long timeoutNanos) throws IOException, InterruptedException {
        boolean known = converged.await(timeoutNanos, TimeUnit.NANOSECONDS);
        String reason = hopeless;
        if (reason != null) {
            throw new MachineException(reason);
        }
        return known;
    }

    /** From the launch of the processes to a full FIB everywhere; -1 before that. */
    public long startupNanos() {
        return startupNanos;
    }

    public Topology topology() {
        return topology;
    }

    public AddressPlan plan() {
        return plan;
    }

    public Seed seed() {
        return seed;
    }

    public SliceHosts hosts() {
        return hosts;
    }

    /** {@code udp} or {@code direct}. */
    public String tunnels() {
        return slot == null ? "direct" : "udp";
    }

    /** The slice's thread and clock. */
    public Worker worker() {
        return worker;
    }

    /** When the processes were launched, on the worker's clock. */
    long launchedNanos() {
        return launchedNanos;
    }

    /**
     * Lets other processes of this user ask and command the slice, see {@link KeeperHandlers}.
     *
     * @param down called on a thread of the keeper's when somebody wants the slice to end
     */
    public void serve(Runnable down) throws IOException {
        EventLoop loop = new EventLoop("control");
        control = loop;
        server =
                onWorker(
                        worker,
                        () ->
                                ControlServer.listen(
                                        loop,
                                        state.socket("keeper.sock"),
                                        new KeeperHandlers(this, down).handlers()));
    }

    /** The file of names for programs in hosts. */
    public Path namesFile() {
        return state.path().resolve("hosts");
    }

    /** Where the slice's state is. */
    public StateFolder state() {
        return state;
    }

    /** Fails a link; {@code from} is the first named end. */
    public void fail(Link link, FailureMode mode, End from) throws IOException {
        change(link, () -> links.fail(link, mode, from));
    }

    /** Repairs a link in both directions. */
    public void restore(Link link) throws IOException {
        change(link, () -> links.restore(link));
    }

    /** Changes a property of one direction of a link: delay, jitter, loss, rate, queue. */
    public void set(Link link, End from, String property, String value) throws IOException {
        change(link, () -> links.set(link, from, property, value));
    }

    /** Changes the routing cost of one direction of a link. */
    public void cost(Link link, End from, int cost) throws IOException {
        onWorker(
                worker,
                () -> {
                    links.cost(link, from, cost);
                    write(router, links.routerWrites(link));
                    return true;
                });
    }

    /**
     * The book is changed first, so that a process that is away learns of it when it comes back.
     */
    private void change(Link link, Runnable entry) throws IOException {
        onWorker(
                worker,
                () -> {
                    entry.run();
                    write(forwarder, links.forwarderWrites(link));
                    return true;
                });
    }

    private static void write(SupervisedProcess process, List<LinkBook.Write> writes)
            throws IOException {
        if (process.isReady()) {
            for (LinkBook.Write write : writes) {
                process.control().write(write.handler(), write.value());
            }
        }
    }

    /** Reads a handler of the forwarder. */
    public String readForwarder(String handler) throws IOException {
        return onWorker(worker, () -> forwarder.control().read(handler));
    }

    /** Reads a handler of the forwarder with an argument. */
    public String readForwarder(String handler, String argument) throws IOException {
        return onWorker(worker, () -> forwarder.control().read(handler, argument));
    }

    /** Writes a handler of the forwarder. */
    public void writeForwarder(String handler, String value) throws IOException {
        onWorker(
                worker,
                () -> {
                    forwarder.control().write(handler, value);
                    return true;
                });
    }

    /** Reads a handler of the router process. */
    public String readRouter(String handler) throws IOException {
        return onWorker(worker, () -> router.control().read(handler));
    }

    /** From now on tells what the forwarder's and the router's journals say, within 100 ms. */
    public void follow(JournalFeed.Listener fromForwarder, JournalFeed.Listener fromRouter)
            throws IOException {
        onWorker(
                worker,
                () -> {
                    feeds.add(new JournalFeed(forwarder, fromForwarder));
                    feeds.add(new JournalFeed(router, fromRouter));
                    worker.schedule(0, this::poll);
                    return true;
                });
    }

    private void poll() {
        worker.schedule(JOURNAL_NANOS, this::poll);
        feeds.forEach(JournalFeed::poll);
    }

    /** Reads the journals now, so that nothing of the past is missing. */
    public void catchUp() throws IOException {
        onWorker(
                worker,
                () -> {
                    feeds.forEach(JournalFeed::poll);
                    return true;
                });
    }

    /** Lines of the journals that {@link #follow} never told: they were overwritten too soon. */
    public long missed() throws IOException {
        return onWorker(worker, () -> feeds.stream().mapToLong(JournalFeed::lost).sum());
    }

    /** The slice's processes by name, and their numbers; -1 for one that is away. */
    public Map<String, Long> pids() throws IOException {
        return onWorker(
                worker,
                () -> {
                    Map<String, Long> pids = new TreeMap<>();
                    pids.put("forwarder", forwarder.pid());
                    pids.put("router", router.pid());
                    pids.put("keeper", ProcessHandle.current().pid());
                    return pids;
                });
    }

    /** What the links' state should be, for who shows it; read it on the worker. */
    LinkBook links() {
        return links;
    }

    /** The routers' own view, {@code {}} while the process is away; on the worker. */
    JsonNode routing() {
        return routerStatus();
    }

    /** Ends the slice: processes, hosts, tunnels, folder. Nothing of it is left. */
    @Override
    public void close() throws IOException {
        try {
            // Before the lock is given up: the next keeper's socket lies in the same place.
            if (server != null) {
                server.close();
            }
        } finally {
            endAll();
        }
    }

    private void endAll() throws IOException {
        try {
            onWorker(
                    worker,
                    () -> {
                        tearDown();
                        return true;
                    });
        } finally {
            worker.close();
            if (control != null) {
                control.close();
            }
        }
    }

    /** Each step is taken, whatever becomes of the others. */
    private void tearDown() throws IOException {
        router.stop();
        forwarder.stop();
        try {
            hosts.close();
        } finally {
            try {
                if (slot != null) {
                    slot.close();
                }
            } finally {
                state.remove();
            }
        }
    }
}
