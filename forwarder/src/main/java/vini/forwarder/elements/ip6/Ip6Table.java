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

/**
 * IPv6 routes, of which many lead the same way: a prefix and the number of a way each. What was
 * changed since the last {@link #keep} can be undone.
 */
final class Ip6Table {
    /** Where a route leads. */
    record Way(Ipv6Address gateway, int output) {
        boolean hasGateway() {
            return gateway.high() != 0 || gateway.low() != 0;
        }
    }

    private static final int CHANGE = 4;

    private final Ip6Trie prefixes = new Ip6Trie();
    private final Map<Way, Integer> numbers = new LinkedHashMap<>(); // never walked
    private final List<Integer> free = new ArrayList<>();
    private @Nullable Way[] ways = new @Nullable Way[4];
    private int[] uses = new int[4];
    private int next = 1;

    /** Of each change the prefix, its length, and the ways before and after. */
    private long[] changes = new long[CHANGE];

    private int changed;

    int size() {
        return prefixes.size();
    }

    /** Whether there is no room for one more prefix. */
    boolean isFull() {
        return prefixes.isFull();
    }

    /** Where the longest prefix leads that contains the address, or null. */
    @Nullable Way lookup(long high, long low) {
        return way(prefixes.lookup(high, low));
    }

    /** Finds the numbers of the ways of many addresses, as {@link Ip6Trie} does. */
    void lookup(long[] high, long[] low, int[] numbers, int count) {
        prefixes.lookup(high, low, numbers, count);
    }

    /** The way of a number that {@code lookup} has found; null if that is 0. */
    @Nullable Way way(int number) {
        return ways[number];
    }

    /** Whether there is a route to that prefix. */
    boolean contains(long high, long low, int length) {
        return prefixes.get(high, low, length) != 0;
    }

    boolean contains(Prefix prefix) {
        Ipv6Address address = (Ipv6Address) prefix.address();
        return contains(address.high(), address.low(), prefix.length());
    }

    /** Puts a route in, in place of the one to that prefix if there is one. */
    void put(Ip6Route route) {
        Ipv6Address address = (Ipv6Address) route.prefix().address();
        int way = number(new Way(route.gateway(), route.output()));
        put(address.high(), address.low(), route.prefix().length(), way);
    }

    /**
     * Puts a route in, in place of the one to that prefix if there is one.
     *
     * @param way its {@link #number}
     */
    void put(long high, long low, int length, int way) {
        change(high, low, length, prefixes.get(high, low, length), way);
        prefixes.put(high, low, length, way);
        uses[way]++;
    }

    /** Takes a route out, if it is there. */
    void remove(Prefix prefix) {
        Ipv6Address address = (Ipv6Address) prefix.address();
        remove(address.high(), address.low(), prefix.length());
    }

    void remove(long high, long low, int length) {
        int old = prefixes.get(high, low, length);
        if (old != 0) {
            change(high, low, length, old, 0);
            prefixes.remove(high, low, length);
        }
    }

    private void change(long high, long low, int length, int before, int after) {
        if (changed == changes.length) {
            changes = Arrays.copyOf(changes, 2 * changed);
        }
        changes[changed] = high;
        changes[changed + 1] = low;
        changes[changed + 2] = length;
        changes[changed + 3] = (long) before << Integer.SIZE | after;
        changed += CHANGE;
    }

    /** What was changed since the last time holds; true if numbers of ways are free again. */
    boolean keep() {
        boolean freed = false;
        for (int i = 0; i < changed; i += CHANGE) {
            freed |= give((int) (changes[i + 3] >>> Integer.SIZE));
        }
        forgetChanges();
        return freed;
    }

    /** Undoes what was changed since the last time; true if numbers of ways are free again. */
    boolean undo() {
        boolean freed = false;
        for (int i = changed - CHANGE; i >= 0; i -= CHANGE) {
            int before = (int) (changes[i + 3] >>> Integer.SIZE);
            if (before == 0) {
                prefixes.remove(changes[i], changes[i + 1], (int) changes[i + 2]);
            } else {
                prefixes.put(changes[i], changes[i + 1], (int) changes[i + 2], before);
            }
            freed |= give((int) changes[i + 3]);
        }
        forgetChanges();
        return freed;
    }

    private void forgetChanges() {
        changed = 0;
        changes = new long[CHANGE];
    }

    /** The number of a way, which is kept while a route leads there. */
    int number(Way way) {
        Integer known = numbers.get(way);
        if (known != null) {
            return known;
        }
        int number = free.isEmpty() ? next++ : free.removeLast();
        if (number == ways.length) {
            ways = Arrays.copyOf(ways, 2 * number);
            uses = Arrays.copyOf(uses, 2 * number);
        }
        numbers.put(way, number);
        ways[number] = way;
        return number;
    }

    private boolean give(int number) {
        if (number == 0 || --uses[number] > 0) {
            return false;
        }
        numbers.remove(ways[number]);
        ways[number] = null;
        free.add(number);
        return true;
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
