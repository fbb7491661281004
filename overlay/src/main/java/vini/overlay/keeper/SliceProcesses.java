package vini.overlay.keeper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.forwarder.control.ControlException;
import vini.overlay.host.Cgroup;
import vini.overlay.host.JvmCommand;
import vini.overlay.host.Worker;
import vini.overlay.world.Holdings;
import vini.overlay.world.LinkBook;
import vini.overlay.world.NodeBook;
import vini.overlay.world.SliceProcess;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The forwarder and the router of a slice: started together, watched, and told, whenever they come,
 * what has changed since the topology. Lives on the slice's worker.
 */
final class SliceProcesses implements SupervisedProcess.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SliceProcesses.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long CHECK_NANOS = 5_000_000L;
    private static final long PULSE_NANOS = 2_000_000_000L;

    /** A process that has ended so often before the slice was up is not going to bring it up. */
    private static final int VAIN_STARTS = 3;

    private final Worker worker;
    private final NodeBook nodes;
    private final LinkBook links;
    private final DoorBook doors;
    private final AttachBook attached;
    private final Journals journals;
    private final Convergence convergence;
    private final KeeperListener listener;
    private final SupervisedProcess forwarder;
    private final SupervisedProcess router;
    private boolean wereReady;

    /** What a frozen process is to be told when it goes on. */
    private final List<LinkBook.Write> untoldForwarder = new ArrayList<>();

    private final List<LinkBook.Write> untoldRouter = new ArrayList<>();

    /** Makes them, without starting any; they are stopped when the holdings are given back. */
    SliceProcesses(
            Path folder,
            Seed seed,
            Worker worker,
            NodeBook nodes,
            LinkBook links,
            DoorBook doors,
            AttachBook attached,
            Journals journals,
            Convergence convergence,
            KeeperListener listener,
            Holdings held) {
        this.worker = worker;
        this.nodes = nodes;
        this.links = links;
        this.doors = doors;
        this.attached = attached;
        this.journals = journals;
        this.convergence = convergence;
        this.listener = listener;
        List<String> arguments = List.of(folder.toString(), Long.toString(seed.value()));
        List<String> forwarding =
                JvmCommand.of(
                        JvmCommand.Role.FORWARDER, "vini.forwarder.io.ForwarderMain", arguments);
        List<String> routing =
                JvmCommand.of(JvmCommand.Role.ROUTER, "vini.routing.process.RouterMain", arguments);
        this.forwarder = process("forwarder", forwarding, folder, held);
        this.router = process("router", routing, folder, held);
    }

    private SupervisedProcess process(
            String name, List<String> command, Path folder, Holdings held) {
        Cgroup cgroup = Cgroup.open(folder.getFileName().toString(), name);
        SupervisedProcess process =
                new SupervisedProcess(name, command, folder, cgroup, worker, this);
        held.add(() -> worker.run(process::stop));
        return process;
    }

    SupervisedProcess forwarder() {
        return forwarder;
    }

    SupervisedProcess router() {
        return router;
    }

    /** Starts both and returns at once. */
    void start() throws IOException {
        convergence.launched(worker.nowNanos());
        forwarder.start();
        router.start();
        worker.schedule(PULSE_NANOS, this::feelPulses);
    }

    private void feelPulses() {
        forwarder.feelPulse();
        router.feelPulse();
        worker.schedule(PULSE_NANOS, this::feelPulses);
    }

    @Override
    public void ready(SupervisedProcess process) {
        try {
            boolean forwards = process.equals(forwarder);
            List<LinkBook.Write> missed = new ArrayList<>(nodes.writes(worker.nowNanos()));
            missed.addAll(
                    forwards ? links.forwarderWrites(worker.nowNanos()) : links.routerWrites());
            missed.addAll(forwards ? doors.forwarderWrites() : doors.routerWrites());
            missed.addAll(forwards ? attached.forwarderWrites() : attached.routerWrites());
            for (LinkBook.Write write : nodes.taken(missed)) {
                catchUp(process, write);
            }
        } catch (IOException e) {
            // It has died again; the next one is told in the same way.
            return;
        }
        journals.restart(process);
        if (process.restarts() > 0) {
            listener.back(process.name());
        }
        if (!wereReady && forwarder.isReady() && router.isReady()) {
            wereReady = true;
            checkConverged();
        }
    }

    private static void catchUp(SupervisedProcess process, LinkBook.Write write)
            throws IOException {
        try {
            process.control().write(write.handler(), write.value());
        } catch (ControlException e) {
            // What one handler refuses must not cost the others theirs.
            LOG.error("the {} refuses {} {}", process.name(), write, e.getMessage());
        }
    }

    private void checkConverged() {
        if (routing().path("converged").asBoolean(false)) {
            convergence.reached(worker.nowNanos());
        } else {
            worker.schedule(CHECK_NANOS, this::checkConverged);
        }
    }

    /** The routers' own view, {@code {}} while the process is away. */
    JsonNode routing() {
        try {
            return JSON.readTree(router.control().read("status"));
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    @Override
    public void died(SupervisedProcess process, int status) {
        untold(process).clear();
        if (process.wasKilled()) {
            listener.killed(process.name());
            return;
        }
        listener.died(process.name(), status, process.lastWords());
        giveUpIfVain(
                process,
                " has ended with status "
                        + status
                        + " each time it was started: "
                        + String.join(" / ", process.lastWords()));
    }

    @Override
    public void notStarted(SupervisedProcess process, String reason) {
        listener.notStarted(process.name(), reason);
        giveUpIfVain(process, " cannot be started again: " + reason);
    }

    private void giveUpIfVain(SupervisedProcess process, String why) {
        if (convergence.startupNanos() < 0 && process.restarts() >= VAIN_STARTS - 1) {
            String reason = "the " + process.name() + why;
            convergence.hopeless(reason);
            listener.hopeless(reason);
        }
    }

    /** Tells the forwarder how a link should be; one that is away learns of it when it comes. */
    void tellForwarder(List<LinkBook.Write> writes) throws IOException {
        tell(forwarder, writes);
    }

    /** Tells the router what a link should cost; likewise. */
    void tellRouter(List<LinkBook.Write> writes) throws IOException {
        tell(router, writes);
    }

    private void tell(SupervisedProcess process, List<LinkBook.Write> writes) throws IOException {
        if (process.isFrozen()) {
            untold(process).addAll(nodes.taken(writes));
        } else if (process.isReady()) {
            for (LinkBook.Write write : nodes.taken(writes)) {
                process.control().write(write.handler(), write.value());
            }
        }
    }

    /** Tells the forwarder what it learns anyway when it comes again: a refusal is logged. */
    void remindForwarder(List<LinkBook.Write> writes) {
        remind(forwarder, writes);
    }

    /** Tells the router likewise. */
    void remindRouter(List<LinkBook.Write> writes) {
        remind(router, writes);
    }

    private void remind(SupervisedProcess process, List<LinkBook.Write> writes) {
        if (process.isFrozen()) {
            untold(process).addAll(nodes.taken(writes));
            return;
        }
        try {
            for (LinkBook.Write write : nodes.taken(writes)) {
                if (process.isReady()) {
                    catchUp(process, write);
                }
            }
        } catch (IOException e) {
            LOG.debug("the {} has died: {}", process.name(), e.getMessage());
        }
    }

    private List<LinkBook.Write> untold(SupervisedProcess process) {
        return process.equals(forwarder) ? untoldForwarder : untoldRouter;
    }

    SupervisedProcess of(SliceProcess process) {
        return process == SliceProcess.FORWARDER ? forwarder : router;
    }

    /**
     * A process stands still; what it should learn waits.
     *
     * @param nanos after which it goes on by itself; {@link Long#MAX_VALUE} for never
     */
    void freeze(SliceProcess process, long nanos) throws IOException {
        of(process).freeze(nanos);
    }

    /** A frozen process goes on, and learns what has changed meanwhile. */
    void thaw(SliceProcess process) throws IOException {
        SupervisedProcess frozen = of(process);
        if (frozen.isFrozen()) {
            frozen.thaw();
            List<LinkBook.Write> writes = List.copyOf(untold(frozen));
            untold(frozen).clear();
            remind(frozen, writes);
        }
    }

    /** The slice's processes by name, and their numbers; -1 for one that is away. */
    Map<String, Long> pids() {
        Map<String, Long> pids = new TreeMap<>();
        pids.put("forwarder", forwarder.pid());
        pids.put("router", router.pid());
        pids.put("keeper", ProcessHandle.current().pid());
        return pids;
    }
}
