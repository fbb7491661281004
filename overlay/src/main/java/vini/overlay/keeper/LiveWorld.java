package vini.overlay.keeper;

import vini.forwarder.capture.CaptureOrder;
import vini.forwarder.capture.Captured;
import vini.forwarder.host.HostStack;
import vini.forwarder.host.app.HostApps;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.PauseWatch;
import vini.net.Ipv4Address;
import vini.overlay.host.KernelNamespace;
import vini.overlay.host.KernelStack;
import vini.overlay.host.MachineSample;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.BuiltinHost;
import vini.overlay.world.Cause;
import vini.overlay.world.FailureMode;
import vini.overlay.world.Host;
import vini.overlay.world.SliceProcess;
import vini.overlay.world.Way;
import vini.overlay.world.World;
import vini.time.Clock;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Real time, sockets and processes: a slice that a {@link Keeper} holds. Apps of kernel hosts run
 * on a loop of this process with sockets of the host's namespace, those of builtin hosts in the
 * forwarder.
 */
public final class LiveWorld implements World {
    private final Keeper keeper;
    private final EventLoop loop = new EventLoop("hosts", EventLoop.Duty.ORDINARY);
    private final Map<String, Host> hosts = new LinkedHashMap<>();

    /** A world of that slice, which the caller still closes. */
    public LiveWorld(Keeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public Clock clock() {
        return keeper.worker();
    }

    @Override
    public Topology topology() {
        return keeper.topology();
    }

    private Link link(LinkName name) {
        return keeper.topology().require(name);
    }

    @Override
    public void fail(LinkName name, FailureMode mode, Cause cause) throws IOException {
        Link link = link(name);
        keeper.links().fail(link, mode, link.end(name.from()), cause);
    }

    @Override
    public boolean restore(LinkName name, Cause cause) throws IOException {
        return keeper.links().restore(link(name), cause);
    }

    @Override
    public void fail(Node node, FailureMode mode, Cause cause) throws IOException {
        keeper.links().fail(node, mode, cause);
    }

    @Override
    public boolean restore(Node node, Cause cause) throws IOException {
        return keeper.links().restore(node, cause);
    }

    @Override
    public void set(Way way, String property, String value, Cause cause) throws IOException {
        for (End end : way.ends(topology())) {
            keeper.links().set(link(way.link()), end, property, value, cause);
        }
    }

    @Override
    public void unset(Way way, Cause cause) throws IOException {
        for (End end : way.ends(topology())) {
            keeper.links().unset(link(way.link()), end, cause);
        }
    }

    @Override
    public void cost(Way way, int cost) throws IOException {
        for (End end : way.ends(topology())) {
            keeper.links().cost(link(way.link()), end, cost);
        }
    }

    @Override
    public String property(Way way, String property) throws IOException {
        Link link = link(way.link());
        End first = way.ends(topology()).getFirst();
        return keeper.worker().call(() -> keeper.links().book().property(link, first, property));
    }

    @Override
    public void crash(Node node, Cause cause) throws IOException {
        keeper.worker().run(() -> keeper.nodes().crash(node, cause));
    }

    @Override
    public boolean start(Node node, Cause cause) throws IOException {
        return keeper.worker().call(() -> keeper.nodes().start(node, cause));
    }

    @Override
    public void freeze(Node node, Cause cause) throws IOException {
        keeper.worker().run(() -> keeper.nodes().freeze(node, cause));
    }

    @Override
    public boolean thaw(Node node, Cause cause) throws IOException {
        return keeper.worker().call(() -> keeper.nodes().thaw(node, cause));
    }

    @Override
    public void kill(SliceProcess process) throws IOException {
        keeper.worker().run(() -> keeper.nodes().kill(process));
    }

    @Override
    public void freeze(SliceProcess process, Cause cause) throws IOException {
        keeper.worker().run(() -> keeper.nodes().freeze(process, cause));
    }

    @Override
    public boolean thaw(SliceProcess process, Cause cause) throws IOException {
        return keeper.worker().call(() -> keeper.nodes().thaw(process, cause));
    }

    @Override
    public Host host(String name) {
        return hosts.computeIfAbsent(name, this::make);
    }

    private Host make(String name) {
        Node node = topology().node(name);
        if (node == null) {
            return kernelHost(outside(name).namespace().path(), name);
        }
        KernelNamespace namespace = keeper.hosts().namespace(node);
        return namespace == null
                ? new BuiltinHost(name, keeper::readForwarder, keeper::writeForwarder)
                : kernelHost(namespace.path(), name);
    }

    private Host kernelHost(String namespace, String name) {
        HostStack stack = new KernelStack(loop, namespace, address(name));
        return new KernelHost(keeper, loop, namespace, new HostApps(stack));
    }

    private SliceOutside.Place outside(String name) {
        SliceOutside.Place place = keeper.outside().place(name);
        if (place == null) {
            throw new IllegalArgumentException("no node or outside host " + name);
        }
        return place;
    }

    @Override
    public Ipv4Address address(String name) {
        Node node = topology().node(name);
        return node == null ? keeper.addressOf(outside(name)) : keeper.plan().routerId(node);
    }

    @Override
    public void follow(Listener listener) throws IOException {
        keeper.follow(listener, listener);
    }

    @Override
    public void catchUp() throws IOException {
        keeper.catchUp();
    }

    @Override
    public long missed() throws IOException {
        return keeper.missed();
    }

    @Override
    public String books() throws IOException {
        return keeper.readForwarder("books");
    }

    @Override
    public String links(long since) throws IOException {
        return keeper.readForwarder("links", Long.toString(since));
    }

    @Override
    public void capture(String name, CaptureOrder order) throws IOException {
        keeper.writeForwarder("capture", name + "\n" + order.text());
    }

    @Override
    public Captured captured(String name) throws IOException {
        return Captured.from(() -> keeper.readForwarder("captured", name));
    }

    @Override
    public void endCapture(String name) throws IOException {
        keeper.writeForwarder("capture_end", name);
    }

    @Override
    public String fib(Node node) throws IOException {
        return keeper.readForwarder(node.name() + "/fib.table");
    }

    @Override
    public String neighbors(Node node) throws IOException {
        return keeper.readRouter(node.name() + ".neighbors");
    }

    @Override
    public String totals() throws IOException {
        return keeper.readForwarder("totals");
    }

    @Override
    public void markStart() throws IOException {
        keeper.writeForwarder("punctuality", "");
        keeper.writeForwarder(PauseWatch.HANDLER, "");
        keeper.writeRouter(PauseWatch.HANDLER, "");
    }

    @Override
    public String punctuality() throws IOException {
        return keeper.readForwarder("punctuality");
    }

    @Override
    public MachineSample machine() throws IOException {
        return MachineSample.now();
    }

    @Override
    public Map<String, String> pauses() throws IOException {
        Map<String, String> pauses = new LinkedHashMap<>();
        pauses.put("forwarder", keeper.readForwarder(PauseWatch.HANDLER));
        pauses.put("router", keeper.readRouter(PauseWatch.HANDLER));
        return pauses;
    }

    /** Ends the programs and the apps of kernel hosts. */
    @Override
    public void close() {
        List<KernelHost> kernelHosts =
                hosts.values().stream()
                        .filter(KernelHost.class::isInstance)
                        .map(KernelHost.class::cast)
                        .toList();
        try {
            kernelHosts.forEach(KernelHost::endPrograms);
            loop.run(() -> kernelHosts.forEach(KernelHost::close));
        } finally {
            loop.close();
        }
    }
}
