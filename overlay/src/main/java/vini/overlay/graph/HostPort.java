package vini.overlay.graph;

import vini.net.Ipv4Address;

/** What stands at a node for its host, as Click text. */
public sealed interface HostPort {
    /** The element, without a semicolon. */
    String element();

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

    /** The host that is an element itself. */
    record Builtin(Ipv4Address address) implements HostPort {
        @Override
        public String element() {
            return "BuiltinHost(" + address + ")";
        }
    }
}
