package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.topology.InterfaceAddress;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the addresses of the file that a topology can pin: unicast, on links that have room for
 * two, and none inside of another's block. Of two that clash the first stays.
 */
final class Pins {
    private static final long ADDRESSES = 1L << 32;
    private static final int LENGTH_MIN = 8;

    /** First address of a block, and its last. */
    private final TreeMap<Long, Long> blocks = new TreeMap<>();

    private final Notes notes;

    private Pins(Notes notes) {
        this.notes = notes;
    }

    static void check(Draft draft, List<DraftLink> links) {
        Pins pins = new Pins(draft.notes());
        for (DraftNode node : draft.nodes()) {
            Ipv4Address address = node.address;
            if (address != null && !(isUsable(address) && pins.take(address, 32))) {
                pins.notes.add(
                        "addresses that clash or are not unicast, chosen anew", "" + address);
                node.address = null;
            }
        }
        for (DraftLink link : links) {
            if (link.addressA != null && !pins.keeps(link.addressA, link.addressB)) {
                link.addressA = null;
                link.addressB = null;
            }
        }
    }

    private boolean keeps(InterfaceAddress a, @Nullable InterfaceAddress b) {
        boolean good =
                b != null
                        && a.address() instanceof Ipv4Address one
                        && b.address() instanceof Ipv4Address other
                        && isEnd(a, one)
                        && isEnd(b, other)
                        && !a.equals(b)
                        && a.prefix().equals(b.prefix())
                        && take((Ipv4Address) a.prefix().address(), a.length());
        if (!good) {
            notes.add("addresses that clash or are not unicast, chosen anew", a + " - " + b);
        }
        return good;
    }

    private static boolean isEnd(InterfaceAddress end, Ipv4Address address) {
        if (end.length() < LENGTH_MIN || end.length() > 31 || !isUsable(address)) {
            return false;
        }
        long first = unsigned((Ipv4Address) end.prefix().address());
        long last = first + (ADDRESSES >> end.length()) - 1;
        long mine = unsigned(address);
        return end.length() == 31 || mine != first && mine != last;
    }

    private static boolean isUsable(Ipv4Address address) {
        int octet = address.bits() >>> 24;
        return octet != 0 && octet != 127 && octet < 224;
    }

    private boolean take(Ipv4Address address, int length) {
        long first = unsigned((Ipv4Address) new Prefix(address, length).address());
        long last = first + (ADDRESSES >> length) - 1;
        Map.Entry<Long, Long> before = blocks.floorEntry(last);
        if (before != null && before.getValue() >= first) {
            return false;
        }
        blocks.put(first, last);
        return true;
    }

    private static long unsigned(Ipv4Address address) {
        return Integer.toUnsignedLong(address.bits());
    }
}
