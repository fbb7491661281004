package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;

/**
 * The forwarding table (FIB): sends each packet to the output of the longest prefix that contains
 * its destination annotation, which becomes the route's gateway if it has one. With several
 * gateways a flow keeps to one of them; which one is a hash of addresses, protocol and ports (ICMP
 * echo: id) with a seed of the node's own. Packets without a route are dropped.
 *
 * <pre>{@code
 * fib :: RadixIPLookup(10.77.0.7/32 0, 0.0.0.0/0 10.77.128.2 1, 10.0.0.0/8 10.77.128.2|10.77.128.6 1);
 * }</pre>
 *
 * <p>Arguments: routes, each {@code ADDR/MASK [GATEWAY[|GATEWAY...]] OUT}; no prefix twice, at most
 * two million, with at most 32767 different next hops. It looks a destination up in at most four
 * steps of eight bits, which take little memory; each /8 with many prefixes goes over to steps of
 * 16 and 8 bits by itself (144 KB), in which a full table is as fast as a small one: of the lookup
 * elements it is the one to choose.
 *
 * <p>Handlers: {@code table} (read: a route a line), {@code lookup} (read with an address: {@code
 * OUT GATEWAY}, {@code OUT} without a gateway, or -1), {@code add}, {@code set} (write a route; add
 * refuses a prefix that has one), {@code remove} (write {@code ADDR/MASK}, or a route, which must
 * be that one), {@code reset} (write {@code ADDR/MASK}: the route of the configuration again, or
 * none if it has none), {@code ctrl} (write many commands, one a line: {@code add ROUTE}, {@code
 * set ROUTE}, {@code remove PREFIX}, {@code reset PREFIX}; all or none happen, and no packet sees a
 * part of them). Each change stands in the process's journal.
 */
@AutoService(Element.class)
@ElementClass(
        name = "RadixIPLookup",
        ports = "1/-",
        processing = "h/h",
        partialChecksums = PartialChecksums.PASSED,
        drops = "noRoute")
public final class RadixIpLookup extends IpRouteTable {
    @Override
    protected int find(int address) {
        return table().lookup(address);
    }

    @Override
    protected void findAll(int[] addresses, int number) {
        table().lookup(addresses, number);
    }
}
