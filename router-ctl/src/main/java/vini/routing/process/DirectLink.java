package vini.routing.process;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.HandlerException;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.punt.PuntExchange;
import vini.routing.FibDoor;
import vini.routing.PuntPort;
import vini.time.Clock;
import vini.time.Timer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The routers' way to a forwarder in the same thread, as the virtual world has them: what a router
 * sends is an event of its own at the same time, so that neither is entered while it is at work.
 */
public final class DirectLink implements SliceRouters.Doors {
    /** One node's ends. */
    private static final class Ends {
        final NodePort port;
        NodeFib fib = new NodeFib();

        /** Whether the node has a graph now. */
        boolean present = true;

        /** So often it came or went: what was sent before is not for the one that comes next. */
        int changes;

        Ends(NodePort port) {
            this.port = port;
        }
    }

    private final PuntExchange exchange;
    private final HandlerSpace forwarder;
    private final Map<String, Ends> nodes = new LinkedHashMap<>();

    /** What routers have sent in this event. */
    private final Deque<Runnable> sent = new ArrayDeque<>();

    private final Timer delivery;
    private boolean delivers;

    /** Whether routers that come now may find routes of earlier ones. */
    private boolean keepsOldRoutes;

    private @Nullable OldRoutes oldRoutes;

    /**
     * Makes the ways; nothing is told before {@link #start}.
     *
     * @param exchange where the graphs' router ports are
     * @param forwarder the handlers of the graphs
     */
    public DirectLink(
            Clock clock, SliceConfig config, PuntExchange exchange, HandlerSpace forwarder) {
        this.delivery = clock.timer(this::deliver);
        this.exchange = exchange;
        this.forwarder = forwarder;
        for (SliceConfig.NodeConfig node : config.nodes()) {
            String name = node.name();
            NodePort port =
                    new NodePort(
                            node.ospf().interfaces().size(),
                            (link, packet) -> later(() -> send(name, link, packet)));
            nodes.put(name, new Ends(port));
        }
    }

    private void send(String node, int link, ByteBuf ipPacket) {
        exchange.send(node, link, ipPacket);
        ipPacket.release();
    }

    /** Tells the routers, which have been made, of all links. */
    public void start() {
        exchange.attach(new Routers());
    }

    /** A node's graph is gone. */
    public void gone(String node) {
        Ends ends = ForwarderLink.of(nodes, node);
        ends.present = false;
        ends.changes++;
        ends.port.forget();
        ends.fib.disconnected();
    }

    /** A node has a graph again, which knows no routes but its own. */
    public void back(String node) {
        Ends ends = ForwarderLink.of(nodes, node);
        ends.present = true;
        connect(node, ends);
    }

    private void connect(String node, Ends ends) {
        int change = ++ends.changes;
        NodeFib fib = ends.fib;
        fib.connected(
                transaction ->
                        later(
                                () -> {
                                    if (ends.changes == change) {
                                        write(node + "/fib.ctrl", transaction);
                                        fib.answered();
                                    }
                                }),
                keepsOldRoutes ? read(node + "/fib.table") : "");
    }

    private String read(String handler) {
        try {
            return forwarder.read(handler, "");
        } catch (HandlerException e) {
            throw new IllegalStateException("the forwarder refuses " + handler, e);
        }
    }

    private void write(String handler, String value) {
        try {
            forwarder.write(handler, value);
        } catch (HandlerException e) {
            throw new IllegalStateException("the forwarder refuses " + handler + " " + value, e);
        }
    }

    private void later(Runnable event) {
        sent.add(event);
        if (!delivers) {
            delivers = true;
            delivery.after(0);
        }
    }

    private void deliver() {
        delivers = false;
        // What is sent meanwhile waits for an event of its own.
        for (int left = sent.size(); left > 0; left--) {
            sent.remove().run();
        }
    }

    @Override
    public PuntPort port(String node) {
        return ForwarderLink.of(nodes, node).port;
    }

    @Override
    public FibDoor fib(String node) {
        Ends ends = ForwarderLink.of(nodes, node);
        ends.fib = keepsOldRoutes ? new NodeFib() : new NodeFib().fresh();
        if (ends.present) {
            connect(node, ends);
        }
        return ends.fib;
    }

    @Override
    public void routerGone(String node) {
        Ends ends = ForwarderLink.of(nodes, node);
        ends.port.closed();
        ends.changes++;
        ends.fib = new NodeFib();
    }

    /**
     * From now on a router may find routes of one that was there before: they stay until {@link
     * OldRoutes} says otherwise.
     */
    public void keepOldRoutes(Clock clock, SliceRouters routers) {
        keepsOldRoutes = true;
        if (oldRoutes != null) {
            oldRoutes.cancel();
        }
        oldRoutes = new OldRoutes(clock, routers, this::dropOldRoutes);
        oldRoutes.watch();
    }

    private void dropOldRoutes() {
        keepsOldRoutes = false;
        nodes.values().forEach(ends -> ends.fib.dropOldRoutes());
    }

    @Override
    public boolean isReady(String node) {
        Ends ends = ForwarderLink.of(nodes, node);
        return ends.port.isTold() && ends.fib.isUpToDate();
    }

    @Override
    public long unsent() {
        return 0;
    }

    /** What the graphs tell the routers. */
    private final class Routers implements PuntExchange.Router {
        @Override
        public boolean packet(String node, int link, ByteBuf ipPacket) {
            return ForwarderLink.of(nodes, node).port.packet(link, ipPacket);
        }

        @Override
        public void carrier(String node, int link, boolean up) {
            ForwarderLink.of(nodes, node).port.carrier(link, up);
        }
    }
}
