package vini.overlay.keeper;

import vini.forwarder.host.HostStack;
import vini.forwarder.host.app.HostApps;
import vini.forwarder.io.EventLoop;
import vini.overlay.host.KernelNamespace;
import vini.overlay.host.KernelStack;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.FailureMode;
import vini.overlay.world.Host;
import vini.overlay.world.World;
import vini.time.Clock;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Real time, sockets and processes: a slice that a {@link Keeper} holds. Apps of kernel hosts run
 * on a loop of this process with sockets of the host's namespace, those of builtin hosts in the
 * forwarder.
 */
public final class LiveWorld implements World {
    private final Keeper keeper;
    private final EventLoop loop = new EventLoop("hosts", EventLoop.Duty.ORDINARY);
    private final Map<Node, Host> hosts = new LinkedHashMap<>();

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
        Link link = keeper.topology().link(name.from(), name.to());
        if (link == null) {
            throw new IllegalArgumentException("no link " + name);
        }
        return link;
    }

    @Override
    public void fail(LinkName name, FailureMode mode) throws IOException {
        Link link = link(name);
        keeper.fail(link, mode, link.a().name().equals(name.from()) ? End.A : End.B);
    }

    @Override
    public void restore(LinkName name) throws IOException {
        keeper.restore(link(name));
    }

    @Override
    public void fail(Node node, FailureMode mode) throws IOException {
        keeper.fail(node, mode);
    }

    @Override
    public void restore(Node node) throws IOException {
        keeper.restore(node);
    }

    @Override
    public void set(LinkName name, String property, String value) throws IOException {
        for (End end : End.values()) {
            keeper.set(link(name), end, property, value);
        }
    }

    @Override
    public Host host(Node node) {
        return hosts.computeIfAbsent(node, this::make);
    }

    private Host make(Node node) {
        KernelNamespace namespace = keeper.hosts().namespace(node);
        return namespace == null
                ? new BuiltinHost(keeper, node.name() + "/host")
                : new KernelHost(loop, stack(node, namespace));
    }

    private KernelStack stack(Node node, KernelNamespace namespace) {
        return new KernelStack(loop, namespace.path(), keeper.plan().routerId(node));
    }

    @Override
    public void follow(Listener listener) throws IOException {
        keeper.follow(listener::happened, listener::happened);
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
    public void markStart() throws IOException {
        keeper.writeForwarder("punctuality", "");
    }

    @Override
    public String punctuality() throws IOException {
        return keeper.readForwarder("punctuality");
    }

    /** Ends the apps of kernel hosts. */
    @Override
    public void close() {
        try {
            loop.run(
                    () ->
                            hosts.values().stream()
                                    .filter(KernelHost.class::isInstance)
                                    .forEach(host -> ((KernelHost) host).close()));
        } finally {
            loop.close();
        }
    }

    /** Apps in this process, on a loop, with sockets of a namespace. */
    private static final class KernelHost implements Host {
        private final EventLoop loop;
        private final HostApps apps;

        KernelHost(EventLoop loop, HostStack stack) {
            this.loop = loop;
            this.apps = new HostApps(stack);
        }

        @Override
        public void start(String name, String kind, String arguments) throws IOException {
            loop.call(
                    () -> {
                        apps.start(name, kind, arguments);
                        return true;
                    });
        }

        @Override
        public void stop(String name) throws IOException {
            loop.call(
                    () -> {
                        apps.stop(name);
                        return true;
                    });
        }

        @Override
        public boolean isInForwarder() {
            return false;
        }

        @Override
        public String log(String name, long from) throws IOException {
            return loop.call(() -> apps.log(name, from));
        }

        void close() {
            apps.close();
        }
    }

    /** Apps in the forwarder, reached by the handlers of the node's host element. */
    private record BuiltinHost(Keeper keeper, String element) implements Host {
        @Override
        public void start(String name, String kind, String arguments) throws IOException {
            keeper.writeForwarder(element + ".start", name + " " + kind + " " + arguments);
        }

        @Override
        public void stop(String name) throws IOException {
            keeper.writeForwarder(element + ".stop", name);
        }

        @Override
        public boolean isInForwarder() {
            return true;
        }

        @Override
        public String log(String name, long from) throws IOException {
            return keeper.readForwarder(element + ".log", name + " " + from);
        }
    }
}
