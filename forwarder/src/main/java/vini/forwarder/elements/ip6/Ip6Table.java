package vini.forwarder.elements.ip6;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv6Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** IPv6 routes, of which many lead the same way: a prefix and the number of a way each. */
final class Ip6Table {
    /** Where a route leads. */
    record Way(Ipv6Address gateway, int output) {
        boolean hasGateway() {
            return gateway.high() != 0 || gateway.low() != 0;
        }
    }

    private final Ip6PrefixMap prefixes = new Ip6PrefixMap();
    private final Map<Way, Integer> numbers = new LinkedHashMap<>(); // never walked
    private final List<Integer> free = new ArrayList<>();
    private @Nullable Way[] ways = new @Nullable Way[4];
    private int[] uses = new int[4];
    private int next = 1;

    int size() {
        return prefixes.size();
    }

    /** Where the longest prefix leads that contains the address, or null. */
    @Nullable Way lookup(long high, long low) {
        return ways[prefixes.lookup(high, low)];
    }

    /** Whether there is a route to that prefix. */
    boolean contains(Prefix prefix) {
        return number(prefix) != 0;
    }

    private int number(Prefix prefix) {
        Ipv6Address address = (Ipv6Address) prefix.address();
        return prefixes.get(address.high(), address.low(), prefix.length());
    }

    /** Puts a route in, in place of the one to that prefix if there is one. */
    void put(Ip6Route route) {
        int old = number(route.prefix());
        Ipv6Address address = (Ipv6Address) route.prefix().address();
        int number = take(new Way(route.gateway(), route.output()));
        prefixes.put(address.high(), address.low(), route.prefix().length(), number);
        if (old != 0) {
            give(old);
        }
    }

    /** Takes a route out, if it is there. */
    void remove(Prefix prefix) {
        int old = number(prefix);
        if (old != 0) {
            Ipv6Address address = (Ipv6Address) prefix.address();
            prefixes.remove(address.high(), address.low(), prefix.length());
            give(old);
        }
    }

    private int take(Way way) {
        Integer known = numbers.get(way);
        if (known != null) {
            uses[known]++;
            return known;
        }
        int number = free.isEmpty() ? next++ : free.removeLast();
        if (number == ways.length) {
            ways = Arrays.copyOf(ways, 2 * number);
            uses = Arrays.copyOf(uses, 2 * number);
        }
        numbers.put(way, number);
        ways[number] = way;
        uses[number] = 1;
        return number;
    }

    private void give(int number) {
        if (--uses[number] == 0) {
            numbers.remove(ways[number]);
            ways[number] = null;
            free.add(number);
        }
    }

    /** All routes by prefix. */
    Map<Prefix, Ip6Route> routes() {
        Map<Prefix, Ip6Route> routes = new TreeMap<>();
        prefixes.forEach(
                (high, low, length, number) -> {
                    Way way = ways[number];
                    if (way != null) {
                        Prefix prefix = new Prefix(new Ipv6Address(high, low), length);
                        routes.put(prefix, new Ip6Route(prefix, way.gateway(), way.output()));
                    }
                });
        return routes;
    }
}
