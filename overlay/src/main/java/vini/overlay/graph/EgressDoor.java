package vini.overlay.graph;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.topology.Egress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

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
    /**
     * What is nobody's in the Internet: this network, private use, shared (RFC 6598), loopback,
     * link-local, protocol assignments, measurements, groups and reserved (RFC 6890).
     */
    private static final List<String> NOBODYS =
            List.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "224.0.0.0/3");

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
                        leave(),
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

    /** Where packets may go (output 0) and may not (1); the longest prefix decides. */
    private String leave() {
        Map<Prefix, Integer> ways = new LinkedHashMap<>();
        ways.put(Prefix.parse("0.0.0.0/0"), 0);
        for (String nobodys : NOBODYS) {
            close(ways, Prefix.parse(nobodys));
        }
        for (IpAddress machine : own) {
            if (machine instanceof Ipv4Address) {
                close(ways, Prefix.host(machine));
            }
        }
        egress.allow().forEach(prefix -> ways.put(prefix, 0));
        StringJoiner routes = new StringJoiner(", ");
        ways.forEach((prefix, way) -> routes.add(prefix + " " + way));
        return routes.toString();
    }

    private void close(Map<Prefix, Integer> ways, Prefix prefix) {
        if (egress.allow().stream().noneMatch(open -> open.contains(prefix))) {
            ways.put(prefix, 1);
        }
    }
}
