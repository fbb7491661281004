package vini.overlay.graph;

import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.List;

/**
 * Where the machine itself enters, by a device that programs on it see, or another slice. What
 * comes in is like what a neighbour sends, but for OSPF, groups and addresses of others. Doors of
 * this kind come and go while the node runs, so the route to the address is no part of the text: it
 * is written to the node's {@code fib}, whose arguments stay what they were.
 *
 * @param number by which the elements of one door are told from those of others at any node; the
 *     same as long as it is there
 * @param who enters, for people
 * @param element by which it enters, as Click text
 * @param address of who enters, in the slice
 * @param mtuBytes of what carries the packets
 */
public record AttachedDoor(
        int number, String who, String element, Ipv4Address address, int mtuBytes) implements Door {
    /** The element of a device of the machine. */
    public static String device(String name, int mtuBytes) {
        return "Host(DEVICE " + name + ", MTU " + mtuBytes + ")";
    }

    /** What the filter of a door is told that lets nothing in. */
    public static final String NOBODY = "deny all";

    /** The name of the filter through which goes what the machine sends by a device. */
    public static String source(int number) {
        return "machine" + number + "source";
    }

    /** What that filter is told when the door is open. */
    public static String only(Ipv4Address address) {
        return "allow src host " + address + ", deny all";
    }

    @Override
    public List<Prefix> routes() {
        return List.of();
    }

    @Override
    public String text(int output, Ipv4Address id) {
        return """

        // Here enters, with its own address only, %10$s.
        machine%1$d :: %2$s;
        machine%1$d -> CheckIPHeader -> GuardHost
            -> %9$s :: IPFilter(%3$s) -> Paint(%5$d) -> fib;
        fib[%6$d] -> machine%1$dttl :: DecIPTTL -> machine%1$dfit :: IPFragmenter(%4$d) -> machine%1$d;
        machine%1$dttl[1] -> ICMPError(%7$s, timeexceeded) -> Paint(%8$d) -> fib;
        machine%1$dfit[1] -> ICMPError(%7$s, unreachable, needfrag, PMTU %4$d) -> Paint(%8$d) -> fib;
        """
                .formatted(
                        number,
                        element,
                        only(address),
                        mtuBytes,
                        NodeGraph.VISITOR,
                        output,
                        id,
                        NodeGraph.OWN,
                        source(number),
                        who);
    }
}
