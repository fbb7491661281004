package vini.overlay.graph;

import vini.net.Prefix;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.DoorPlan;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The egress that a user may have chosen, as Click text. At an ingress what such a user sends to
 * the outside is put into packets to that node (RFC 2003), so that no routing on the way decides
 * otherwise; at the egress what comes from ingresses of the slice is taken out and leaves, if it is
 * from users of theirs. Whoever has chosen an egress that cannot be reached is told so.
 */
public final class ChosenEgress {
    /**
     * The table of users who have chosen: the route of a user's address has the egress' address as
     * its gateway and output {@link #TUNNEL}, or output {@link #GONE}.
     */
    public static final String TABLE = "chosen";

    /** The output of the table for users whose egress is there. */
    public static final int TUNNEL = 1;

    /** The output for users whose egress is no egress any more. */
    public static final int GONE = 2;

    /** Where what users send goes. */
    static final String ENTRY = "choice";

    private static final int HEADER_BYTES = 20;
    private static final Prefix EVERYWHERE = Prefix.parse("0.0.0.0/0");

    private final List<Node> egresses;
    private final AddressPlan plan;
    private final Node node;
    private final DoorPlan doors;
    private final boolean isIngress;
    private final List<Node> ingresses;

    /**
     * That of a node.
     *
     * @param made the doors that the node's graph has
     */
    ChosenEgress(Topology topology, AddressPlan plan, Node node, List<Door> made) {
        this.plan = plan;
        this.node = node;
        doors = DoorPlan.of(topology);
        isIngress = made.stream().anyMatch(IngressDoor.class::isInstance);
        egresses = topology.nodes().stream().filter(n -> n.egress() != null).toList();
        ingresses =
                made.stream().anyMatch(ChosenEgress::leadsOut)
                        ? topology.nodes().stream().filter(n -> n.ingress() != null).toList()
                        : List.of();
    }

    /** Its first element is then {@code leavettl}. */
    private static boolean leadsOut(Door door) {
        return !(door instanceof IngressDoor) && !(door instanceof AttachedDoor);
    }

    /**
     * Routes of the node's FIB for when there are none to an egress: else what is for one would
     * leave by another.
     */
    List<String> routes() {
        return egresses.stream()
                .filter(egress -> isIngress && !egress.equals(node))
                .map(egress -> plan.routerId(egress) + "/32 2")
                .toList();
    }

    /** Which way what is for this node takes, until it comes to an element. */
    String local(String element) {
        StringBuilder way = new StringBuilder();
        if (!ingresses.isEmpty()) {
            way.append("tunnelled :: IPClassifier(");
            for (Node from : ingresses) {
                way.append("ip proto ipip and src host ").append(plan.routerId(from)).append(", ");
            }
            way.append("-);\ntunnelled[").append(ingresses.size()).append("] -> ");
        }
        if (isIngress) {
            way.append("refused :: Classifier(").append(refusals()).append(");\nrefused[2] -> ");
        }
        return way.append(element).toString();
    }

    /** ICMP errors, unreachable or time exceeded, about packets in packets of this node. */
    private String refusals() {
        int own = plan.routerId(node).bits();
        String quoted = " 28/45 37/04 40/" + HexFormat.of().toHexDigits(own);
        return "0/45 9/01 20/03" + quoted + ", 0/45 9/01 20/0b" + quoted + ", -";
    }

    /** What the node has for it beyond its doors; whole lines, or none. */
    String text() {
        return (isIngress ? ingress() : "") + (ingresses.isEmpty() ? "" : egress());
    }

    private String ingress() {
        return """

        // A user may have chosen an egress (the table "chosen": user, egress): what such a user
        // sends to the outside goes there in packets of this node's, and errors about these are
        // told to the user.
        choice :: GetIPAddress(IP src) -> chosen :: RadixIPLookup(0.0.0.0/0 0);
        chosen[0] -> unchosen :: GetIPAddress(IP dst) -> fib;
        chosen[1] -> chosenway :: IPClassifier(dst net %1$s, -);
        chosen[2] -> goneway :: IPClassifier(dst net %1$s, -);
        chosenway[0] -> unchosen; goneway[0] -> unchosen;
        chosenway[1] -> chosenttl :: DecIPTTL -> chosenfit :: IPFragmenter(%2$d)
            -> IPEncap(ipip, %3$s, DST_ANNO, DF true) -> Paint(%4$d) -> fib;
        goneway[1] -> gone :: ICMPError(%3$s, unreachable, host) -> Paint(%4$d) -> fib;
        chosenttl[1] -> ICMPError(%3$s, timeexceeded) -> Paint(%4$d) -> fib;
        chosenfit[1] -> ICMPError(%3$s, unreachable, needfrag, PMTU %2$d) -> Paint(%4$d) -> fib;
        refused[0], refused[1] -> Strip(48) -> MarkIPHeader
            -> refusedfrom :: IPFilter(allow src net %5$s, deny all) -> gone;
        """
                .formatted(
                        joined(doors.insideWithMachine()),
                        doors.mtuBytes() - HEADER_BYTES,
                        plan.routerId(node),
                        NodeGraph.OWN,
                        usersOf(node));
    }

    private Prefix usersOf(Node ingress) {
        return Objects.requireNonNull(doors.users(doors.home(ingress)));
    }

    private String egress() {
        StringBuilder text =
                new StringBuilder(
                        """

                        // What users who have chosen this egress send comes in packets of their
                        // ingresses. It leaves here or not at all.
                        """);
        String way = "leavettl";
        List<Prefix> offered = Objects.requireNonNull(node.egress()).prefixes();
        if (!offered.contains(EVERYWHERE)) {
            way = "offered";
            text.append("offered :: RadixIPLookup(");
            offered.forEach(prefix -> text.append(prefix).append(" 0, "));
            text.append(EVERYWHERE)
                    .append(" 1);\noffered[0] -> leavettl;\noffered[1] -> ICMPError(")
                    .append(plan.routerId(node))
                    .append(", unreachable, net) -> Paint(")
                    .append(NodeGraph.OWN)
                    .append(") -> fib;\n");
        }
        String inside = joined(doors.insideWithMachine());
        for (int i = 0; i < ingresses.size(); i++) {
            text.append("tunnelled[%d] -> StripIPHeader -> CheckIPHeader".formatted(i))
                    .append("\n    -> IPFilter(deny dst net ")
                    .append(inside)
                    .append(", allow src net ")
                    .append(usersOf(ingresses.get(i)))
                    .append(", deny all) -> ")
                    .append(way)
                    .append(";\n");
        }
        return text.toString();
    }

    private static String joined(List<Prefix> blocks) {
        return blocks.stream().map(Prefix::toString).collect(Collectors.joining(" or "));
    }
}
