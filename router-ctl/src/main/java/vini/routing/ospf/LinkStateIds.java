package vini.routing.ospf;

import vini.net.Ipv4Address;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which link state id each AS-external-LSA of a router has, RFC 2328 appendix E: the network's
 * address, and if a shorter prefix has that, the address with host bits set. It depends on nothing
 * but the prefixes, so that a router which starts anew comes to the same ids.
 */
final class LinkStateIds {
    private LinkStateIds() {}

    /**
     * Gives each destination its id. One without an id is left out: then longer prefixes among the
     * others have all ids of its range, so they cover it as a whole.
     */
    static Map<Integer, Announcement> of(Collection<Announcement> destinations) {
        List<Announcement> longestFirst = new ArrayList<>(destinations);
        longestFirst.sort(
                Comparator.<Announcement>comparingInt(one -> -one.prefix().length())
                        .thenComparing(Announcement::prefix));
        Set<Long> all = new LinkedHashSet<>();
        for (Announcement one : longestFirst) {
            all.add(RouteTable.key(address(one), one.prefix().length()));
        }
        Map<Integer, Announcement> ids = new LinkedHashMap<>();
        for (Announcement one : longestFirst) {
            give(one, all, ids);
        }
        return ids;
    }

    /** The longest ones choose first, because they have the least to choose from. */
    private static void give(Announcement one, Set<Long> all, Map<Integer, Announcement> ids) {
        int address = address(one);
        int hostBits = ~Ipv4Address.mask(one.prefix().length());
        boolean leavesTheAddress = hasShorter(address, one.prefix().length(), all);
        // Host bits counted down from all ones; the address itself comes last, or first.
        if (!leavesTheAddress && ids.putIfAbsent(address, one) == null) {
            return;
        }
        int tries = Math.min(ids.size(), hostBits & Integer.MAX_VALUE);
        for (int i = 0; i <= tries; i++) {
            if (ids.putIfAbsent(address | (hostBits - i), one) == null) {
                return;
            }
        }
    }

    private static boolean hasShorter(int address, int length, Set<Long> all) {
        for (int shorter = length - 1; shorter >= 0; shorter--) {
            if ((address & ~Ipv4Address.mask(shorter)) != 0) {
                return false; // Then the shorter prefix's address is another one.
            }
            if (all.contains(RouteTable.key(address, shorter))) {
                return true;
            }
        }
        return false;
    }

    private static int address(Announcement one) {
        return ((Ipv4Address) one.prefix().address()).bits();
    }
}
