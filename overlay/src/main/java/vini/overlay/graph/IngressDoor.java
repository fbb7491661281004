package vini.overlay.graph;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.topology.DoorPlan;

import java.util.List;
import java.util.StringJoiner;

/**
 * Where users enter by VPN. What users send is like what a neighbour sends, but for OSPF and
 * groups.
 *
 * @param port UDP port that their clients send to
 * @param keyFile the file of the server's private key
 * @param namespace a path to the network namespace of that port; null: the forwarder's own
 * @param mtuBytes of a packet to a user
 * @param users the block of the users' addresses; null where an ingress stands by for another,
 *     whose users are told to it one by one
 */
public record IngressDoor(
        int port, String keyFile, @Nullable String namespace, int mtuBytes, @Nullable Prefix users)
        implements Door {
    /** The name of the element that has the users. */
    public static final String ELEMENT = "users";

    @Override
    public List<Prefix> routes() {
        return users == null ? List.of() : halves(users);
    }

    /**
     * A block in two: as routes they stand beside that of a routing protocol for the whole block,
     * which comes and goes as another node takes the users over.
     */
    public static List<Prefix> halves(Prefix block) {
        int length = block.length() + 1;
        return List.of(
                new Prefix(block.address(), length),
                new Prefix(block.address().plus(1L << (32 - length)), length));
    }

    @Override
    public String text(int output, Ipv4Address id) {
        StringJoiner arguments = new StringJoiner(", ");
        arguments.add("LISTEN 0.0.0.0:" + port).add("KEY_FILE " + keyFile);
        if (namespace != null) {
            arguments.add("NETNS " + namespace);
        }
        return """

        // Users come in here by VPN. Their packets are as those of a neighbour; their addresses
        // were checked. The slice carries no IPv6, and says so.
        users :: WireGuard(%s);
        users -> userversion :: Classifier(0/6?, -);
        userversion[0] -> CheckIP6Header -> noipv6 :: ICMP6Error(%s, unreachable, noroute)
            -> RatedSplitter(1000) -> users;
        userversion[1] -> CheckIPHeader -> GuardHost -> Paint(%d) -> %s;
        fib[%d] -> userttl :: DecIPTTL -> userfit :: IPFragmenter(%d) -> users;
        userttl[1] -> ICMPError(%s, timeexceeded) -> Paint(%d) -> fib;
        userfit[1] -> ICMPError(%s, unreachable, needfrag, PMTU %d) -> Paint(%d) -> fib;
        """
                .formatted(
                        arguments,
                        DoorPlan.ipv6(id),
                        NodeGraph.VISITOR,
                        ChosenEgress.ENTRY,
                        output,
                        mtuBytes,
                        id,
                        NodeGraph.OWN,
                        id,
                        mtuBytes,
                        NodeGraph.OWN);
    }
}
