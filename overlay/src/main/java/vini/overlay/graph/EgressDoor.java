package vini.overlay.graph;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.topology.Egress;

import java.util.List;

/**
 * Where packets leave for the outside, with addresses and ports of the egress, and answers come
 * back. Nothing leaves to where only the machine and its lab are at home.
 *
 * @param egress what the topology says
 * @param address that the outside sees
 * @param inside the blocks of the slice and of its users: whose packets may leave
 * @param outside the element by which packets leave, as Click text
 * @param mtuBytes of what it leads to
 * @param own addresses of the machine, which no packet goes to unless the topology allows it
 */
public record EgressDoor(
        Egress egress,
        Ipv4Address address,
        List<Prefix> inside,
        String outside,
        int mtuBytes,
        List<IpAddress> own)
        implements Door {
    /** The name of the element by which packets leave. */
    static final String ELEMENT = "outside";

    public EgressDoor {
        inside = List.copyOf(inside);
        own = List.copyOf(own);
    }

    /**
     * The element of a device of the machine.
     *
     * @param namespace a path to its network namespace; null: the forwarder's own
     */
    public static String device(String name, @Nullable String namespace, int mtuBytes) {
        String where = namespace == null ? "" : ", NETNS " + namespace;
        return "Host(DEVICE " + name + where + ", MTU " + mtuBytes + ")";
    }

    @Override
    public List<Prefix> routes() {
        return egress.prefixes();
    }

    @Override
    public String text(int output, Ipv4Address id) {
        return """

        // Packets leave here for the outside, and answers come back; not to where only the machine
        // and its lab are at home.
        leave :: RadixIPLookup(%s);
        nat :: NAPT(ADDRESS %s, PORTS %s, INSIDE %s, ICMP_SOURCE %s);
        outside :: %s;
        fib[%d] -> leavettl :: DecIPTTL -> leave;
        leave[0] -> [0]nat; nat[0] -> leavefit :: IPFragmenter(%d) -> outside;
        outside -> CheckIPHeader -> [1]nat; nat[1] -> Paint(%d) -> fib;
        leavettl[1] -> ICMPError(%s, timeexceeded) -> Paint(%d) -> fib;
        leave[1] -> ICMPError(%s, unreachable, 13) -> Paint(%d) -> fib;   // prohibited
        leavefit[1] -> ICMPError(%s, unreachable, needfrag, PMTU %d) -> [1]nat;
        """
                .formatted(
                        OpenDestinations.table(egress, own),
                        address,
                        egress.ports(),
                        String.join(" ", inside.stream().map(Prefix::toString).toList()),
                        id,
                        outside,
                        output,
                        mtuBytes,
                        NodeGraph.VISITOR,
                        id,
                        NodeGraph.OWN,
                        id,
                        NodeGraph.OWN,
                        address,
                        mtuBytes);
    }
}
