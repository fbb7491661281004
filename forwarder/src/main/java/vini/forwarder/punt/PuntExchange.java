package vini.forwarder.punt;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the router ports of all graphs of a process meet the one router of the slice, be it at the
 * other end of a socket or, in the virtual world, in the same thread. Any thread may use it.
 */
public final class PuntExchange {
    /** The router's side; called on the loops of nodes. */
    public interface Router {
        /**
         * A packet for the router of a node, which came in by a link of it.
         *
         * @param ipPacket valid during the call only
         * @return false if the router cannot take it now
         */
        boolean packet(String node, int link, ByteBuf ipPacket);

        /** The carrier of a link of a node, told at the start and at each change. */
        void carrier(String node, int link, boolean up);
    }

    /** A node's side; called on whatever thread the router is. */
    public interface NodePort {
        /** A packet of the router, to go out by a link; valid during the call only. */
        void send(int link, ByteBuf ipPacket);

        /** Tells the router of the carrier of each link. */
        void tellCarriers(Router router);
    }

    private final Map<String, NodePort> nodes = new LinkedHashMap<>();
    private volatile @Nullable Router router;

    /**
     * A node comes in; a router that is there hears of its links.
     *
     * @return false if the node has a port already
     */
    public boolean register(String node, NodePort port) {
        synchronized (nodes) {
            if (nodes.putIfAbsent(node, port) != null) {
                return false;
            }
        }
        // Now, not before: a router that comes meanwhile finds the node among the others.
        Router present = router;
        if (present != null) {
            port.tellCarriers(present);
        }
        return true;
    }

    /** Another port of a node that is there takes the place of the one that was. */
    public void replace(String node, NodePort before, NodePort port) {
        synchronized (nodes) {
            nodes.replace(node, before, port);
        }
    }

    /** A node goes, if the port is the one by which it came. */
    public void unregister(String node, NodePort port) {
        synchronized (nodes) {
            nodes.remove(node, port);
        }
    }

    /** The router comes, in the place of one that was there; it hears of all links. */
    public void attach(Router newRouter) {
        router = newRouter;
        List<NodePort> present;
        synchronized (nodes) {
            present = List.copyOf(nodes.values());
        }
        present.forEach(node -> node.tellCarriers(newRouter));
    }

    /** The router is gone, unless another has taken its place already. */
    public void detach(Router oldRouter) {
        if (oldRouter.equals(router)) {
            router = null;
        }
    }

    /** The router, if one is there. */
    public @Nullable Router router() {
        return router;
    }

    /**
     * Sends a packet of the router by a link of a node.
     *
     * @return false if there is no such node
     */
    public boolean send(String node, int link, ByteBuf ipPacket) {
        NodePort port;
        synchronized (nodes) {
            port = nodes.get(node);
        }
        if (port != null) {
            port.send(link, ipPacket);
        }
        return port != null;
    }
}
