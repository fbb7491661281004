package vini.forwarder.elements.napt;

import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;

/**
 * The external addresses, of which each inside host always gets the same (RFC 4787 REQ-2,
 * "paired"), and their ports.
 */
final class ExternalAddresses {
    static final int ADDRESSES_MAX = 256;

    private static final int PROTOCOLS = 3;

    private final int[] addresses;
    private final int low;
    private final int high;

    /** By address, then protocol. */
    private final Ports[] ports;

    ExternalAddresses(int[] addresses, int low, int high) {
        this.addresses = addresses.clone();
        this.low = low;
        this.high = high;
        ports = new Ports[addresses.length * PROTOCOLS];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = new Ports(low, high);
        }
    }

    int count() {
        return addresses.length;
    }

    int address(int number) {
        return addresses[number];
    }

    /** How many sets of ports there are. */
    int pools() {
        return ports.length;
    }

    Ports pool(int pool) {
        return ports[pool];
    }

    /** The set of ports of an address and a protocol. */
    int pool(int number, int protocol) {
        return number * PROTOCOLS + which(protocol);
    }

    private static int which(int protocol) {
        return protocol == Ipv4Header.TCP ? 0 : protocol == Ipv4Header.UDP ? 1 : 2;
    }

    /** The set of ports of an endpoint, which is one of these. */
    int poolOf(long endpoint) {
        return pool(number(Endpoint.address(endpoint)), Endpoint.protocol(endpoint));
    }

    boolean isOurs(int address) {
        return number(address) >= 0;
    }

    /** Whether a mapping may have the endpoint outside. */
    boolean mayHave(long endpoint) {
        return isOurs(Endpoint.address(endpoint)) && ports[0].isOfThese(Endpoint.port(endpoint));
    }

    /** The number of an address, or -1. */
    private int number(int address) {
        if (addresses.length == 1) {
            return addresses[0] == address ? 0 : -1;
        }
        int first = 0;
        int last = addresses.length - 1;
        while (first <= last) {
            int middle = first + last >>> 1;
            int there = Integer.compareUnsigned(addresses[middle], address);
            if (there == 0) {
                return middle;
            }
            if (there < 0) {
                first = middle + 1;
            } else {
                last = middle - 1;
            }
        }
        return -1;
    }

    /** A line for each address and protocol: {@code 192.0.2.1 tcp 12 of 10000}. */
    String text() {
        StringBuilder text = new StringBuilder();
        int[] protocols = {Ipv4Header.TCP, Ipv4Header.UDP, Ipv4Header.ICMP};
        for (int i = 0; i < addresses.length; i++) {
            for (int protocol : protocols) {
                text.append(new Ipv4Address(addresses[i])).append(' ');
                text.append(Endpoint.protocolName(protocol)).append(' ');
                text.append(ports[pool(i, protocol)].taken());
                text.append(" of ").append(high - low + 1).append('\n');
            }
        }
        return text.toString();
    }
}
