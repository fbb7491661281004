package vini.routing.process;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.HandlerException;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.punt.PuntExchange;
import vini.routing.FibDoor;
import vini.routing.PuntPort;
import vini.routing.RouteChange;
import vini.time.Clock;
import vini.time.Timer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The routers' way to a forwarder in the same thread, as the virtual world has them: what a router
 * sends is an event of its own at the same time, so that neither is entered while it is at work.
 */
public final class DirectLink implements SliceRouters.Doors {
    private final PuntExchange exchange;
    private final HandlerSpace forwarder;
    private final Map<String, Port> ports = new LinkedHashMap<>();

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
        }
    }

    /** Tells the routers, which have been made, of all links. */
    public void start() {
        exchange.attach(new Routers());
    }

    private void apply(String node, List<RouteChange> transaction) {
        StringJoiner text = new StringJoiner("\n");
        transaction.forEach(change -> text.add(NodeFib.line(change)));
        try {
            forwarder.write(node + "/fib.ctrl", text.toString());
        } catch (HandlerException e) {
            throw new IllegalStateException("the FIB of " + node + " refuses " + text, e);
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
        return ForwarderLink.of(ports, node);
    }

    /** The forwarder never dies, so nobody needs to keep what it was told. */
    @Override
    public FibDoor fib(String node) {
        Port port = ForwarderLink.of(ports, node);
        return transaction -> {
            port.changing++;
            later(
                    () -> {
                        apply(node, transaction);
                        port.changing--;
                    });
        };
    }

    @Override
    public boolean isReady(String node) {
        Port port = ForwarderLink.of(ports, node);
        return port.told >= port.links && port.changing == 0;
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

        /** Transactions of routes that are events yet to come. */
        private int changing;

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
