package vini.routing.process;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.HandlerException;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.punt.PuntExchange;
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
    private final PuntExchange exchange;
    private final HandlerSpace forwarder;
    private final Map<String, Port> ports = new LinkedHashMap<>();
    private final Map<String, NodeFib> fibs = new LinkedHashMap<>();

    /** What routers have sent in this event. */
    private final Deque<Runnable> sent = new ArrayDeque<>();

    private final Timer delivery;
    private boolean delivers;

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
            ports.put(node.name(), new Port(node.name(), node.ospf().interfaces().size()));
            fibs.put(node.name(), new NodeFib());
        }
    }

    /** Tells the routers, which have been made, of all links. */
    public void start() {
        fibs.forEach(this::connect);
        exchange.attach(new Routers());
    }

    /** There was no router before, and so there are no old routes to keep. */
    private void connect(String node, NodeFib fib) {
        fib.connected(transaction -> later(() -> apply(node, fib, transaction)), "");
        fib.dropOldRoutes();
    }

    private void apply(String node, NodeFib fib, String transaction) {
        try {
            forwarder.write(node + "/fib.ctrl", transaction);
        } catch (HandlerException e) {
            throw new IllegalStateException("the FIB of " + node + " refuses " + transaction, e);
        }
        fib.answered();
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
        return ForwarderLink.of(ports, node);
    }

    @Override
    public NodeFib fib(String node) {
        return ForwarderLink.of(fibs, node);
    }

    @Override
    public boolean isReady(String node) {
        Port port = ForwarderLink.of(ports, node);
        return port.told >= port.links && fib(node).isUpToDate();
    }

    @Override
    public long unsent() {
        return 0;
    }

    /** What the graphs tell the routers. */
    private final class Routers implements PuntExchange.Router {
        @Override
        public boolean packet(String node, int link, ByteBuf ipPacket) {
            PuntPort.Receiver receiver = ForwarderLink.of(ports, node).receiver;
            if (receiver == null) {
                return false;
            }
            receiver.packet(link, ipPacket);
            return true;
        }

        @Override
        public void carrier(String node, int link, boolean up) {
            Port port = ForwarderLink.of(ports, node);
            if (port.receiver != null && link < port.links) {
                port.told++;
                port.receiver.carrier(link, up);
            }
        }
    }

    private final class Port implements PuntPort {
        private final String node;
        private final int links;
        private int told;
        private @Nullable Receiver receiver;

        Port(String node, int links) {
            this.node = node;
            this.links = links;
        }

        @Override
        public void receiver(Receiver newReceiver) {
            receiver = newReceiver;
        }

        @Override
        public void send(int link, ByteBuf ipPacket) {
            later(
                    () -> {
                        exchange.send(node, link, ipPacket);
                        ipPacket.release();
                    });
        }
    }
}
