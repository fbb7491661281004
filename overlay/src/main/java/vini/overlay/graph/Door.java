package vini.overlay.graph;

import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.List;

/** A way into the slice or out of it at a node, as Click text. */
public sealed interface Door permits IngressDoor, EgressDoor, SocketEgressDoor, AttachedDoor {
    /** What the node's FIB sends this way without any routing protocol. */
    List<Prefix> routes();

    /**
     * The elements of the door and how they are joined to the node's; whole lines.
     *
     * @param output of the node's {@code fib} that leads here
     * @param id the node's address, from which ICMP errors come
     */
    String text(int output, Ipv4Address id);
}
