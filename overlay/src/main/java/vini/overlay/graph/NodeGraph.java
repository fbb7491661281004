package vini.overlay.graph;

import static vini.forwarder.elements.overlay.Link.QUEUE_PACKETS;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.net.Quantity;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Direction;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The Click text of one node: the only form in which the overlay tells a forwarder what a node is,
 * so that everything about it can be read, saved, edited and run by itself.
 */
public final class NodeGraph {
    /** The paint of what the node's own host sends; what came in by link n is painted n. */
    static final int OWN = 255;

    /** The paint of what comes in by a door, which no link's number is. */
    static final int VISITOR = 254;

    /** The output of {@code fib} for the node's first door; the others follow in order. */
    public static final int FIRST_DOOR = 3;

    /** The name of the element, or of the compound, that is the node's host. */
    static final String HOST = "host";

    /** The output of the FIB for packets to which there is no way. */
    public static final int UNREACHABLE = 2;

    private static final Prefix EVERYWHERE = Prefix.parse("0.0.0.0/0");

    private final Topology topology;
    private final AddressPlan plan;
    private final Node node;
    private final List<Link> links;
    private final HostPort host;
    private final Tunnels tunnels;
    private final List<Door> doors;
    private final ChosenEgress chosen;
    private final StringBuilder text = new StringBuilder();

    private NodeGraph(
            Topology topology,
            AddressPlan plan,
            Node node,
            HostPort host,
            Tunnels tunnels,
            List<Door> doors) {
        this.topology = topology;
        this.plan = plan;
        this.node = node;
        this.links = topology.linksOf(node);
        this.host = host;
        this.tunnels = tunnels;
        this.doors = doors;
        this.chosen = new ChosenEgress(topology, plan, node, doors);
    }

    /** Writes the text of a node. Links are numbered at the node in the topology's order. */
    public static String text(
            Topology topology,
            AddressPlan plan,
            Node node,
            HostPort host,
            Tunnels tunnels,
            List<Door> doors) {
        return new NodeGraph(topology, plan, node, host, tunnels, doors).write();
    }

    /** The name of the element that emulates the link to a neighbour, in the sending direction. */
    public static String linkElement(Node neighbour) {
        return "to_" + neighbour.name().replace('-', '_');
    }

    /** The tunnel at one end of a link, as {@code NODE/ELEMENT}. */
    public static String tunnel(Link link, End end) {
        return link.node(end).name() + "/" + tunnelElement(link.node(end.other()));
    }

    /** The name of the element by which packets of a neighbour come in. */
    static String tunnelElement(Node neighbour) {
        return "tunnel_" + neighbour.name().replace('-', '_');
    }

    private String write() {
        String id = plan.routerId(node).toString();
        line("// " + node.name() + " of slice " + topology.name() + ", made from its topology.");
        line("// 'vini config' shows it, handlers change it live.");
        line("");
        text.append(Compounds.PUNT).append(Compounds.GUARD_HOST).append(host.definitions());
        line("");
        line("fib    :: RadixIPLookup(" + connected() + ");   // the router process adds to it");
        line("encap  :: RadixIPLookup(" + nextHops() + ");   // next hop, link");
        line(
                "router :: RouterPort("
                        + linkElements()
                        + ");   // OSPF, to and from the router process");
        line("host   :: " + host.element() + ";");
        line("punt   :: Punt(" + linkAddresses() + ");");
        line("guard  :: GuardHost;");
        line("arrive :: CheckIPHeader;");
        line("");
        line("// Each link: what it does to packets, then the tunnel to the neighbour.");
        for (Link link : links) {
            Node neighbour = link.other(node);
            line(
                    linkElement(neighbour)
                            + " :: "
                            + emulation(link.from(link.end(node)))
                            + " -> "
                            + tunnelElement(neighbour)
                            + " :: "
                            + tunnels.element(link, link.end(node))
                            + ";");
        }
        line("");
        line("// What comes in by a link: for the router process, for this node, for a neighbour.");
        for (int i = 0; i < links.size(); i++) {
            line(tunnelElement(links.get(i).other(node)) + " -> Paint(" + i + ") -> arrive;");
        }
        line(links.isEmpty() ? "Idle -> arrive -> punt;" : "arrive -> punt;");
        line("punt[0] -> fib;");
        line("punt[1] -> router;");
        line("host -> CheckIPHeader -> guard -> Paint(" + OWN + ") -> fib;");
        if (host.hasForeign()) {
            line("host[1] -> foreign :: IPFilter(deny all);   // neither IP nor ARP");
        }
        line("");
        line("fib[0] -> " + chosen.local("host;                          // for this node"));
        line("fib[1] -> own :: CheckPaint(" + OWN + ");           // for a neighbour:");
        line("own[0] -> encap;                         // own packets keep their TTL");
        line("own[1] -> ttl :: DecIPTTL -> encap;");
        line(
                "fib["
                        + UNREACHABLE
                        + "] -> ICMPError("
                        + id
                        + ", unreachable, net) -> Paint("
                        + OWN
                        + ") -> fib;");
        line("ttl[1] -> ICMPError(" + id + ", timeexceeded) -> Paint(" + OWN + ") -> fib;");
        for (int i = 0; i < links.size(); i++) {
            String element = linkElement(links.get(i).other(node));
            line("encap[" + i + "] -> " + element + "; router[" + i + "] -> " + element + ";");
        }
        if (links.isEmpty()) {
            line("encap[0] -> Idle;");
        }
        for (int i = 0; i < doors.size(); i++) {
            text.append(doors.get(i).text(FIRST_DOOR + i, plan.routerId(node)));
        }
        text.append(chosen.text());
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private Ipv4Address linkAddress(Link link) {
        return (Ipv4Address) plan.linkEnd(link, link.end(node)).address();
    }

    private Ipv4Address peerAddress(Link link) {
        return (Ipv4Address) plan.linkEnd(link, link.end(node).other()).address();
    }

    /**
     * Routes that need no routing protocol: this node, its ends of links, and its neighbours' ends.
     */
    private String connected() {
        List<String> routes = new ArrayList<>();
        plan.nodeAddresses(node).stream()
                .filter(Ipv4Address.class::isInstance)
                .forEach(address -> routes.add(address + "/32 0"));
        for (Link link : links) {
            routes.add(linkAddress(link) + "/32 0");
            routes.add(peerAddress(link) + "/32 - 1");
        }
        for (int i = 0; i < doors.size(); i++) {
            for (Prefix prefix : doors.get(i).routes()) {
                routes.add(prefix + " " + (FIRST_DOOR + i));
            }
        }
        routes.addAll(chosen.routes());
        if (doors.stream().noneMatch(door -> door.routes().contains(EVERYWHERE))) {
            routes.add(EVERYWHERE + " 2");
        }
        return String.join(", ", routes);
    }

    private String nextHops() {
        StringJoiner rows = new StringJoiner(", ");
        for (int i = 0; i < links.size(); i++) {
            rows.add(peerAddress(links.get(i)) + "/32 " + i);
        }
        return rows.toString();
    }

    private String linkElements() {
        StringJoiner names = new StringJoiner(", ");
        links.forEach(link -> names.add(linkElement(link.other(node))));
        return names.toString();
    }

    /** As a term of IPClassifier's language. */
    private String linkAddresses() {
        StringJoiner addresses = new StringJoiner(" or ");
        addresses.setEmptyValue("none");
        links.forEach(link -> addresses.add(linkAddress(link).toString()));
        return addresses.toString();
    }

    private static String emulation(Direction direction) {
        StringJoiner arguments = new StringJoiner(", ", "Link(", ")");
        if (direction.delayNanos() > 0) {
            arguments.add("DELAY " + Quantity.ofNanos(direction.delayNanos()));
        }
        if (direction.jitterNanos() > 0) {
            arguments.add("JITTER " + Quantity.ofNanos(direction.jitterNanos()));
        }
        if (direction.loss() > 0) {
            arguments.add("LOSS " + Quantity.ofFraction(direction.loss()));
        }
        if (direction.rateBitsPerSecond() > 0) {
            arguments.add("RATE " + Quantity.ofBitsPerSecond(direction.rateBitsPerSecond()));
        }
        // Also without a rate: one may be set while the slice runs.
        if (direction.rateBitsPerSecond() > 0 || direction.queuePackets() != QUEUE_PACKETS) {
            arguments.add("QUEUE " + direction.queuePackets());
        }
        return arguments.toString();
    }
}
