package vini.overlay.graph;

import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.List;

/**
 * Where the machine itself enters, by a device that programs on it see. What it sends is like what
 * a neighbour sends, but for OSPF, groups and addresses of others. Doors of this kind come and go
 * while the node runs, so the route to the address is no part of the text: it is written to the
 * node's {@code fib}, whose arguments stay what they were.
 *
 * @param number by which the elements of one device are told from those of others at any node; the
 *     same as long as the device is there
 * @param device its name at the machine
 * @param address the machine's, in the slice
 * @param mtuBytes of the device
 */
public record AttachedDoor(int number, String device, Ipv4Address address, int mtuBytes)
        implements Door {
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

        // The machine itself enters here by its device %2$s, with its own address only.
        machine%1$d :: Host(DEVICE %2$s, MTU %4$d);
        machine%1$d -> CheckIPHeader -> GuardHost
            -> %9$s :: IPFilter(%3$s) -> Paint(%5$d) -> fib;
        fib[%6$d] -> machine%1$dttl :: DecIPTTL -> machine%1$dfit :: IPFragmenter(%4$d) -> machine%1$d;
        machine%1$dttl[1] -> ICMPError(%7$s, timeexceeded) -> Paint(%8$d) -> fib;
        machine%1$dfit[1] -> ICMPError(%7$s, unreachable, needfrag, PMTU %4$d) -> Paint(%8$d) -> fib;
        """
                .formatted(
                        number,
                        device,
                        only(address),
                        mtuBytes,
                        NodeGraph.VISITOR,
                        output,
                        id,
                        NodeGraph.OWN,
                        source(number));
    }
}
