package vini.vpn.wireguard;

import vini.net.IpAddress;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many handshakes one source may ask for while there are too many (paper, 5.3): {@link
 * #PER_SECOND}, and {@link #BURST} at once. A source is an IPv4 address, or an IPv6 network of 64
 * bits. Who was not seen for the longest time is forgotten first.
 */
final class SourceLimiter {
    static final int PER_SECOND = 20;
    static final int BURST = 5;

    private static final int SOURCES_MAX = 8192;
    private static final long COST = 1_000_000_000L / PER_SECOND;

    /** When each source would have all of its burst again. */
    private final Map<IpAddress, Long> full =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<IpAddress, Long> eldest) {
                    return size() > SOURCES_MAX;
                }
            };

    /** Whether the source may have one more; it has it then. */
    boolean take(IpAddress source, long now) {
        IpAddress whose = source.bitLength() == 32 ? source : source.masked(64);
        long at = Math.max(now, full.getOrDefault(whose, now)) + COST;
        if (at - now > BURST * COST) {
            return false;
        }
        full.put(whose, at);
        return true;
    }

    /** How many sources are known. */
    int size() {
        return full.size();
    }
}
