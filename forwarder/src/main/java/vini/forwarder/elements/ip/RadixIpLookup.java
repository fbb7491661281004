package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
 * two million. It looks a destination up in at most four steps of eight bits, and a small table
 * takes little memory: of the lookup elements it is the one to choose.
 *
 * <p>Handlers: {@code table} (read: a route a line), {@code lookup} (read with an address: {@code
 * OUT GATEWAY}, {@code OUT} without a gateway, or -1), {@code add}, {@code set} (write a route; add
 * refuses a prefix that has one), {@code remove} (write {@code ADDR/MASK}, or a route, which must
 * be that one), {@code ctrl} (write many commands, one a line: {@code add ROUTE}, {@code set
 * ROUTE}, {@code remove PREFIX}; all or none happen, and no packet sees a part of them). Each
 * change stands in the process's journal.
 */
@AutoService(Element.class)
@ElementClass(name = "RadixIPLookup", ports = "1/-", processing = "h/h")
public final class RadixIpLookup extends IpRouteTable {
    private final PrefixTrie trie = new PrefixTrie();

    /** Routes by the trie's values; index 0 stands for no route. */
    private @Nullable IpRoute[] routes = new @Nullable IpRoute[16];

    private final Map<Prefix, Integer> values = new TreeMap<>();
    private final List<Integer> freeValues = new ArrayList<>();
    private int nextValue = 1;

    @Override
    protected @Nullable IpRoute find(int address) {
        return routes[trie.lookup(address)];
    }

    @Override
    protected void added(IpRoute route, @Nullable IpRoute old) {
        int value = values.computeIfAbsent(route.prefix(), prefix -> newValue());
        routes[value] = route;
        if (old == null) {
            trie.put(bits(route.prefix()), route.prefix().length(), value);
        }
    }

    private int newValue() {
        if (!freeValues.isEmpty()) {
            return freeValues.removeLast();
        }
        if (nextValue == routes.length) {
            routes = Arrays.copyOf(routes, routes.length * 2);
        }
        return nextValue++;
    }

    @Override
    protected void removed(IpRoute route) {
        Prefix prefix = route.prefix();
        IpRoute cover = covering(prefix);
        Prefix coverPrefix = cover == null ? null : cover.prefix();
        trie.remove(
                bits(prefix),
                prefix.length(),
                coverPrefix == null ? 0 : values.getOrDefault(coverPrefix, 0),
                coverPrefix == null ? 0 : coverPrefix.length());
        Integer value = values.remove(prefix);
        if (value != null) {
            routes[value] = null;
            freeValues.add(value);
        }
    }
}
