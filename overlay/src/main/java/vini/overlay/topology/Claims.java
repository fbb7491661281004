package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Ipv6Address;
import vini.net.Prefix;

import java.util.Map;
import java.util.TreeMap;

/** Which blocks of addresses are taken, and for what; no two of them overlap. */
final class Claims {
    /** A taken block, its ends included. */
    record Claim(IpAddress first, IpAddress last, String owner) {}

    private final TreeMap<IpAddress, Claim> byFirst = new TreeMap<>();

    /** Takes a block, or answers what overlaps it and takes nothing. */
    @Nullable Claim take(Prefix block, String owner) {
        Claim other = overlapping(block);
        if (other == null) {
            byFirst.put(block.address(), new Claim(block.address(), last(block), owner));
        }
        return other;
    }

    @Nullable Claim overlapping(Prefix block) {
        // Taken blocks do not overlap, so the last one that begins before our end is the only hope.
        Map.Entry<IpAddress, Claim> before = byFirst.floorEntry(last(block));
        return before != null && before.getValue().last().compareTo(block.address()) >= 0
                ? before.getValue()
                : null;
    }

    static IpAddress last(Prefix block) {
        return switch (block.address()) {
            case Ipv4Address v4 -> new Ipv4Address(v4.bits() | ~Ipv4Address.mask(block.length()));
            case Ipv6Address v6 -> {
                int length = block.length();
                long high = length >= 64 ? 0 : -1L >>> length;
                long low = length <= 64 ? -1L : length == 128 ? 0 : -1L >>> (length - 64);
                yield new Ipv6Address(v6.high() | high, v6.low() | low);
            }
        };
    }
}
