package vini.overlay.graph;

import vini.forwarder.capture.CaptureFile;
import vini.forwarder.capture.CapturePoint;
import vini.forwarder.capture.CapturePoint.Side;
import vini.forwarder.capture.Pcapng.Direction;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.util.ArrayList;
import java.util.List;

/**
 * Where packets of links and of nodes are seen, and what these places are called in a capture file.
 *
 * <p>A direction of a link is one place, {@code dnvr>kscy}: each packet is seen once there, when it
 * has crossed the link or when the link drops it. A node has a place for each link, {@code
 * dnvr/kscy}, one for its host, {@code dnvr/host}, and for its doors, where each packet is seen as
 * it comes and as it goes; and one for what ends in the node, {@code dnvr}.
 */
public final class CapturePlan {
    /** What packets of a point have in common. */
    public record Seen(CaptureFile.Interface at, int number, Direction direction) {}

    private final List<CaptureFile.Interface> interfaces = new ArrayList<>();
    private final List<CapturePoint> points = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final Topology topology;

    /** Plans nothing yet. */
    public CapturePlan(Topology topology) {
        this.topology = topology;
    }

    /** Adds both directions of a link. */
    public void add(Link link) {
        for (End end : End.values()) {
            Node from = link.node(end);
            Node to = link.node(end.other());
            String element = NodeGraph.linkElement(to);
            begin(
                    from.name() + ">" + to.name(),
                    "the link from " + from.name() + " to " + to.name() + ", at its end");
            point(Side.OUT, from, element, Direction.UNKNOWN);
            point(Side.DROP, from, element, Direction.UNKNOWN);
        }
    }

    /** Adds a node. */
    public void add(Node node) {
        for (Link link : topology.linksOf(node)) {
            Node neighbour = link.other(node);
            begin(
                    node.name() + "/" + neighbour.name(),
                    "at " + node.name() + ", the link to " + neighbour.name());
            point(Side.OUT, node, NodeGraph.tunnelElement(neighbour), Direction.INBOUND);
            point(Side.IN, node, NodeGraph.linkElement(neighbour), Direction.OUTBOUND);
        }
        door(node, NodeGraph.HOST, "its host");
        if (node.ingress() != null) {
            door(node, IngressDoor.ELEMENT, "its users");
        }
        if (node.egress() != null) {
            door(node, EgressDoor.ELEMENT, "the outside");
            point(Side.OUT, node, SocketEgressDoor.ELEMENT, Direction.INBOUND);
            point(Side.IN, node, SocketEgressDoor.ELEMENT, Direction.OUTBOUND);
        }
        begin(node.name(), "what ends at " + node.name());
        point(Side.DROP, node, "", Direction.UNKNOWN);
    }

    private void door(Node node, String element, String whose) {
        begin(node.name() + "/" + element, "at " + node.name() + ", " + whose);
        point(Side.OUT, node, element, Direction.INBOUND);
        point(Side.IN, node, element, Direction.OUTBOUND);
    }

    private void begin(String name, String description) {
        interfaces.add(new CaptureFile.Interface(name, description));
    }

    private void point(Side side, Node node, String element, Direction direction) {
        points.add(new CapturePoint(side, node.name(), element));
        seen.add(new Seen(interfaces.getLast(), interfaces.size() - 1, direction));
    }

    /** The places as they are numbered. */
    public List<CaptureFile.Interface> interfaces() {
        return interfaces;
    }

    /** The points of the order. */
    public List<CapturePoint> points() {
        return points;
    }

    /** What is said of packets of the point of that number. */
    public Seen seen(int point) {
        return seen.get(point);
    }
}
