package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Ipv6Address;
import vini.net.Prefix;
import vini.overlay.json.JsonValue;
import vini.overlay.json.OneOrMore;
import vini.overlay.json.Place;

import java.util.List;

/**
 * Checks the pinned addresses of a topology file. Reads the tree itself, so that it finds clashes
 * although other parts of the file are mistaken.
 */
final class PinCheck {
    private static final NodeForm.Addresses NODE = new NodeForm.Addresses();
    private static final OneOrMore<InterfaceAddress> END =
            new OneOrMore<>(new InterfaceAddress.Form());

    private final Claims claims = new Claims();

    private PinCheck() {}

    static void check(Place root) {
        PinCheck check = new PinCheck();
        Place nodes = root.member("nodes");
        if (nodes != null && nodes.value() instanceof JsonValue.Struct struct) {
            for (String name : struct.members().keySet()) {
                Place address = nodes.at(name).member("address");
                if (address != null) {
                    check.node(name, address);
                }
            }
        }
        Place links = root.member("links");
        if (links != null) {
            for (Place link : links.items()) {
                Place addresses = link.member("addresses");
                if (addresses != null && addresses.items().size() == 2) {
                    check.link(link, addresses);
                }
            }
        }
    }

    private void node(String name, Place place) {
        List<IpAddress> addresses = NODE.read(place.quietly());
        if (addresses == null) {
            return;
        }
        for (int i = 0; i < addresses.size(); i++) {
            Place at = place.at(i);
            if (usable(at, addresses.get(i))) {
                take(at, Prefix.host(addresses.get(i)), "node \"" + name + "\"");
            }
        }
    }

    private void link(Place link, Place place) {
        List<InterfaceAddress> a = END.read(place.items().getFirst().quietly());
        List<InterfaceAddress> b = END.read(place.items().getLast().quietly());
        if (a == null || b == null) {
            return;
        }
        if (a.size() != b.size()) {
            place.wrong("one end has " + a.size() + " and the other " + b.size() + "; pair them");
            return;
        }
        for (int i = 0; i < a.size(); i++) {
            pair(link, place.at(0, i), place.at(1, i), a.get(i), b.get(i));
        }
    }

    private void pair(
            Place link, Place placeA, Place placeB, InterfaceAddress a, InterfaceAddress b) {
        boolean good = usable(placeA, a.address());
        good &= usable(placeB, b.address());
        good &= canBeAnEnd(placeA, a);
        good &= canBeAnEnd(placeB, b);
        if (!good) {
            return;
        }
        if (!a.prefix().equals(b.prefix())) {
            placeB.wrong(b + " is not in the prefix of the other end, " + a.prefix());
        } else if (a.equals(b)) {
            placeB.wrong(b + " is the address of the other end as well");
        } else {
            String between = link.at("between").items().stream().map(PinCheck::word).toList() + "";
            take(placeA, a.prefix(), "the link between " + between);
        }
    }

    private static String word(Place place) {
        return place.value().shown();
    }

    private static boolean canBeAnEnd(Place place, InterfaceAddress end) {
        int hostBits = end.address().bitLength() - end.length();
        if (hostBits < 1 || end.length() < 8) {
            place.wrong(end + ": a link has room for two, as in a /30 (or /31, or an IPv6 /64)");
            return false;
        }
        boolean network = end.address().equals(end.prefix().address());
        boolean broadcast = end.address().equals(Claims.last(end.prefix()));
        if (end.address() instanceof Ipv4Address && hostBits > 1 && (network || broadcast)) {
            place.wrong(end + " is the " + (network ? "network" : "broadcast") + " address");
            return false;
        }
        return true;
    }

    private static boolean usable(Place place, IpAddress address) {
        String why = unusable(address);
        if (why != null) {
            place.wrong(address + " is " + why + "; a node needs a unicast address");
        }
        return why == null;
    }

    private static @Nullable String unusable(IpAddress address) {
        return switch (address) {
            case Ipv4Address v4 -> {
                int octet = v4.bits() >>> 24;
                yield octet == 0
                        ? "in 0.0.0.0/8"
                        : octet == 127 ? "a loopback address" : octet >= 224 ? reserved() : null;
            }
            case Ipv6Address v6 ->
                    v6.high() >>> 56 == 0xff
                            ? reserved()
                            : v6.high() == 0 && Long.compareUnsigned(v6.low(), 1) <= 0
                                    ? "the unspecified or the loopback address"
                                    : null;
        };
    }

    private static String reserved() {
        return "multicast or reserved";
    }

    private void take(Place place, Prefix block, String owner) {
        Claims.Claim other = claims.take(block, owner);
        if (other != null) {
            String overlap = other.first().equals(block.address()) ? " belongs to " : " overlaps ";
            place.wrong(place.value().shown() + overlap + other.owner() + " already");
        }
    }
}
