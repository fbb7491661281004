package vini.overlay.graph;

import vini.net.EtherAddress;
import vini.net.Ipv4Address;

import java.util.StringJoiner;

/** What stands at a node for its host, as Click text. */
public sealed interface HostPort {
    /**
     * The element, without a semicolon. IP packets for the host go to its input 0, what the host
     * sends comes from its output 0.
     */
    String element();

    /** The definitions of compounds that the element needs, whole lines. */
    default String definitions() {
        return "";
    }

    /** Whether the element has an output 1 for what is no IP packet. */
    default boolean hasForeign() {
        return false;
    }

    /**
     * A kernel host.
     *
     * @param namespace a path to its network namespace that the forwarder can open
     * @param device the tun device in it
     * @param mtuBytes of the device
     */
    record Kernel(String namespace, String device, int mtuBytes) implements HostPort {
        @Override
        public String element() {
            return "Host(DEVICE " + device + ", NETNS " + namespace + ", MTU " + mtuBytes + ")";
        }
    }

    /**
     * A kernel host behind an Ethernet device, whose way out is the node.
     *
     * @param namespace a path to its network namespace that the forwarder can open
     * @param device the tap device in it
     * @param mtuBytes of the device, without the Ethernet header
     * @param address of the host
     * @param gateway of the host's default route
     * @param ether the gateway's Ethernet address
     */
    record Tap(
            String namespace,
            String device,
            int mtuBytes,
            Ipv4Address address,
            Ipv4Address gateway,
            EtherAddress ether)
            implements HostPort {
        @Override
        public String element() {
            StringJoiner arguments = new StringJoiner(", ", "EtherHost(", ")");
            arguments.add(address.toString()).add(gateway.toString()).add(ether.toString());
            arguments.add("DEVICE " + device).add("NETNS " + namespace).add("MTU " + mtuBytes);
            return arguments.toString();
        }

        @Override
        public String definitions() {
            return Compounds.ETHER_HOST;
        }

        @Override
        public boolean hasForeign() {
            return true;
        }
    }

    /** The host that is an element itself. */
    record Builtin(Ipv4Address address) implements HostPort {
        @Override
        public String element() {
            return "BuiltinHost(" + address + ")";
        }
    }
}
