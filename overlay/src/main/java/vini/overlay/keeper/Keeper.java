package vini.overlay.keeper;

import tools.jackson.databind.JsonNode;

import vini.forwarder.Handlers;
import vini.forwarder.control.ControlServer;
import vini.forwarder.io.EventLoop;
import vini.net.Ipv4Address;
import vini.overlay.graph.Door;
import vini.overlay.graph.Tunnels;
import vini.overlay.host.MachineException;
import vini.overlay.host.StateFolder;
import vini.overlay.host.Worker;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.Holdings;
import vini.overlay.world.LinkBook;
import vini.overlay.world.NodeBook;
import vini.overlay.world.World;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds a live slice: makes its hosts, starts its forwarder and its router, starts them again when
 * they die, and brings them into the state that the slice should have. Its methods may be called
 * from any thread; the work is done on the slice's {@link Worker}.
 */
public final class Keeper implements AutoCloseable {
    private final Topology topology;
    private final StateFolder state;
    private final Worker worker;
    private final Holdings held;
    private final AddressPlan plan;
    private final SliceLinks links;
    private final NodeBook nodeBook;
    private final DoorBook doorBook;
    private final Tunnels tunnels;
    private final SliceHosts hosts;
    private final SliceOutside outside;
    private final SliceDoors doors;
    private final Journals journals;
    private final Convergence convergence = new Convergence();
    private final SliceProcesses processes;
    private final SliceUsers users;
    private final SliceAttachments attachments;
    private final SliceNodes nodes;
    private final SliceUnderlay underlay;

    private Keeper(
            Topology topology,
            Seed seed,
            StateFolder state,
            Outsiders outsiders,
            KeeperListener listener,
            Worker worker,
            Holdings held)
            throws IOException {
        this.topology = topology;
        this.state = state;
        this.worker = worker;
        this.held = held;
        state.socket("forwarder.sock"); // says so if the path is too long
        plan = AddressPlan.of(topology);
        LinkBook linkBook = new LinkBook(topology);
        nodeBook = new NodeBook(topology);
        SliceNumber number = new SliceNumber(held);
        tunnels = number.tunnels(topology.tunnels());
        hosts = SliceHosts.create(topology, plan);
        held.add(hosts::close);
        outside = SliceOutside.create(outsiders.hosts());
        held.add(outside::close);
        doors = SliceDoors.create(topology, outsiders, outside, state.path(), number);
        held.add(doors::close);
        doorBook = new DoorBook(topology, plan, doors.plan(), nodeBook::isDown);
        AttachBook attached = new AttachBook(topology, plan, doors.plan(), doorBook::isShut);
        SliceGraphs graphs =
                new SliceGraphs(
                        state.path().resolve("graphs"),
                        topology,
                        plan,
                        hosts::port,
                        tunnels,
                        node -> doorsOf(node, attached));
        graphs.write();
        SliceFiles.write(state, topology, plan);
        journals = new Journals(worker);
        processes =
                new SliceProcesses(
                        state.path(),
                        seed,
                        worker,
                        nodeBook,
                        linkBook,
                        doorBook,
                        attached,
                        journals,
                        convergence,
                        listener,
                        held);
        links = new SliceLinks(topology, worker, linkBook, processes, this::shut);
        users = new SliceUsers(this, doors, doorBook, outside);
        held.add(() -> worker.run(users::close));
        attachments = new SliceAttachments(worker, attached, doors, graphs, processes);
        underlay = new SliceUnderlay(worker, topology, links, processes, listener);
        held.add(() -> worker.run(underlay::close));
        nodes = new SliceNodes(this, nodeBook, linkBook, doorBook, processes);
        held.add(() -> worker.run(attachments::close));
    }

    private List<Door> doorsOf(Node node, AttachBook attached) throws IOException {
        List<Door> all = new ArrayList<>(doors.of(node));
        all.addAll(attached.doors(node, doors.sliceMtu()));
        return all;
    }

    /**
     * Starts a slice and returns at once; {@link #awaitConverged} waits until it is up. Whatever is
     * thrown, nothing of the slice is left.
     *
     * @param state the slice's folder, taken by the caller; the keeper removes it at the end
     * @param outsiders who is around the slice
     * @throws vini.overlay.host.MachineException the machine cannot give what the topology demands
     */
    public static Keeper start(
            Topology topology,
            Seed seed,
            StateFolder state,
            Outsiders outsiders,
            KeeperListener listener)
            throws IOException {
        Holdings held = new Holdings();
        held.add(state::remove);
        try {
            Worker worker = new Worker("keeper of " + topology.name());
            held.add(worker::close);
            return worker.call(
                    () -> {
                        Keeper keeper =
                                new Keeper(
                                        topology, seed, state, outsiders, listener, worker, held);
                        keeper.users.start();
                        SliceFiles.writeNames(
                                state, topology, keeper.plan, keeper.users.addresses());
                        keeper.processes.start();
                        keeper.underlay.watch();
                        return keeper;
                    });
        } catch (Throwable e) {
            held.closeAfter(e);
            throw e;
        }
    }

    /**
     * Waits until all routers know the network; false if that takes longer.
     *
     * @throws MachineException it never will
     */
    public boolean awaitConverged(long timeoutNanos) throws IOException, InterruptedException {
        return convergence.await(timeoutNanos);
    }

    /** From the launch of the processes to a full FIB everywhere; -1 before that. */
    public long startupNanos() {
        return convergence.startupNanos();
    }

    /** When the processes were launched, on the worker's clock. */
    long launchedNanos() {
        return convergence.launchedNanos();
    }

    public Topology topology() {
        return topology;
    }

    public AddressPlan plan() {
        return plan;
    }

    public SliceHosts hosts() {
        return hosts;
    }

    /** {@code udp} or {@code direct}. */
    public String tunnels() {
        return tunnels instanceof Tunnels.Udp ? "udp" : "direct";
    }

    /** The slice's thread and clock. */
    public Worker worker() {
        return worker;
    }

    /** The slice's folder, for what is there as long as it lives. */
    Path folder() {
        return state.path();
    }

    /** Tells the forwarder something that its books say as well; on the worker. */
    void tellForwarder(List<LinkBook.Write> writes) throws IOException {
        processes.tellForwarder(writes);
    }

    /** The file of names for programs in hosts. */
    Path namesFile() {
        return SliceFiles.names(state);
    }

    /**
     * Lets other processes of this user ask and command the slice, see {@link KeeperHandlers}.
     *
     * @param down called on a thread of the keeper's when somebody wants the slice to end
     */
    public void serve(Runnable down) throws IOException {
        serve(down, handlers -> {});
    }

    /**
     * Likewise, and more than the slice itself knows.
     *
     * @param more adds handlers; they are called on a thread of the keeper's
     */
    public void serve(Runnable down, Consumer<Handlers> more) throws IOException {
        EventLoop loop = new EventLoop("control", EventLoop.Duty.ORDINARY);
        held.add(loop::close);
        ControlServer server =
                worker.call(
                        () ->
                                ControlServer.listen(
                                        loop,
                                        state.socket("keeper.sock"),
                                        new KeeperHandlers(this, down).handlers(more)));
        held.add(server::close);
    }

    private void shut(Node node, boolean shuts) throws IOException {
        worker.run(
                () -> {
                    users.listen();
                    if (doorBook.shut(node, shuts)) {
                        doorsChanged(node);
                    }
                });
    }

    /** The book says that the doors of a node are shut or open now, other than before. */
    void doorsChanged(Node node) throws IOException {
        if (node.ingress() != null) {
            processes.tellForwarder(doorBook.forwarderWrites(doors.plan().home(node)));
        }
        processes.tellRouter(doorBook.routerWrites(node));
        attachments.doorsChanged(node);
    }

    /** What nodes may suffer, and the processes of all of them; on the worker. */
    public SliceNodes nodes() {
        return nodes;
    }

    /** The address by which an outside host is reached, see {@link SliceUsers#addresses}. */
    Ipv4Address addressOf(SliceOutside.Place place) {
        return users.addresses().getOrDefault(place.host().name(), place.address());
    }

    /** What the user of the machine should know of the slice's doors. */
    public List<String> notes() {
        return doors.notes();
    }

    /** The outside hosts that were made for the slice. */
    SliceOutside outside() {
        return outside;
    }

    /** Its doors and who comes by them; on the worker. */
    SliceUsers users() {
        return users;
    }

    /** The devices by which the machine itself is in the slice; on the worker. */
    SliceAttachments attachments() {
        return attachments;
    }

    /** Reads a handler of the forwarder. */
    public String readForwarder(String handler) throws IOException {
        return worker.call(() -> processes.forwarder().control().read(handler));
    }

    /** Reads a handler of the forwarder with an argument. */
    public String readForwarder(String handler, String argument) throws IOException {
        return worker.call(() -> processes.forwarder().control().read(handler, argument));
    }

    /** Writes a handler of the forwarder. */
    public void writeForwarder(String handler, String value) throws IOException {
        worker.run(() -> processes.forwarder().control().write(handler, value));
    }

    /** Reads a handler of the router process. */
    public String readRouter(String handler) throws IOException {
        return worker.call(() -> processes.router().control().read(handler));
    }

    /**
     * Writes a handler of the router process; another one that comes after it knows nothing of it.
     */
    public void writeRouter(String handler, String value) throws IOException {
        worker.run(() -> processes.router().control().write(handler, value));
    }

    /** From now on tells what the forwarder's and the router's journals say, within 100 ms. */
    public void follow(World.Listener fromForwarder, World.Listener fromRouter) throws IOException {
        worker.run(
                () -> {
                    journals.follow(processes.forwarder(), fromForwarder);
                    journals.follow(processes.router(), fromRouter);
                });
    }

    /** Reads the journals now, so that nothing of the past is missing. */
    public void catchUp() throws IOException {
        worker.run(journals::catchUp);
    }

    /** Lines of the journals that {@link #follow} never told: they were overwritten too soon. */
    public long missed() throws IOException {
        return worker.call(journals::lost);
    }

    /** The slice's processes by name, and their numbers; -1 for one that is away. */
    public Map<String, Long> pids() throws IOException {
        return worker.call(processes::pids);
    }

    /** What is done to links and nodes. */
    public SliceLinks links() {
        return links;
    }

    /** What carries the links; on the worker. */
    SliceUnderlay underlay() {
        return underlay;
    }

    /** The routers' own view, {@code {}} while the process is away; on the worker. */
    JsonNode routing() {
        return processes.routing();
    }

    /** Ends the slice: processes, hosts, tunnels, folder. Nothing of it is left. */
    @Override
    public void close() throws IOException {
        held.close();
    }
}
