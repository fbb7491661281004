package vini.overlay.graph;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.topology.Egress;

import java.util.List;

/**
 * Where packets are carried on by sockets of the forwarder, with an address of the machine that it
 * has anyway. Nothing leaves to where only the machine and its lab are at home.
 *
 * @param egress what the topology says
 * @param inside the blocks of the slice and of its users: whose packets may leave
 * @param namespace a path to the network namespace of the sockets; null: the forwarder's own
 * @param mtuBytes the longest packet of the slice's links
 * @param own addresses of the machine, which no packet goes to unless the topology allows it
 */
public record SocketEgressDoor(
        Egress egress,
        List<Prefix> inside,
        @Nullable String namespace,
        int mtuBytes,
        List<IpAddress> own)
        implements Door {
    /** The name of the element by which packets leave. */
    static final String ELEMENT = "out";

    /** Of fragments that wait for the rest of their packets. */
    private static final int FRAGMENT_BYTES = 1 << 20;

    public SocketEgressDoor {
        inside = List.copyOf(inside);
        own = List.copyOf(own);
    }

    @Override
    public List<Prefix> routes() {
        return egress.prefixes();
    }

    @Override
    public String text(int output, Ipv4Address id) {
        String where = namespace == null ? "" : ", NETNS " + namespace;
        return """

        // Packets are carried on here by sockets of this process, and answers come back; not to
        // where only the machine and its lab are at home.
        leave :: RadixIPLookup(%s);
        out :: SocketEgress(ICMP_SOURCE %s, INSIDE %s%s);
        fib[%d] -> leavettl :: DecIPTTL -> leave;
        leave[0] -> leavewhole :: IPReassembler(HIMEM %d) -> out;
        out -> leavefit :: IPFragmenter(%d) -> Paint(%d) -> fib;
        leavettl[1] -> ICMPError(%s, timeexceeded) -> Paint(%d) -> fib;
        leave[1] -> ICMPError(%s, unreachable, 13) -> Paint(%d) -> fib;   // prohibited
        leavewhole[1] -> ICMPError(%s, timeexceeded, reassembly) -> Paint(%d) -> fib;
        leavefit[1] -> ICMPError(%s, unreachable, needfrag, PMTU %d) -> out;
        """
                .formatted(
                        OpenDestinations.table(egress, own),
                        id,
                        String.join(" ", inside.stream().map(Prefix::toString).toList()),
                        where,
                        output,
                        FRAGMENT_BYTES,
                        mtuBytes,
                        NodeGraph.VISITOR,
                        id,
                        NodeGraph.OWN,
                        id,
                        NodeGraph.OWN,
                        id,
                        NodeGraph.OWN,
                        id,
                        mtuBytes);
    }
}
