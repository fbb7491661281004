package vini.vpn.wireguard;

import vini.forwarder.io.Endpoint;
import vini.net.Ipv4Address;
import vini.net.Ipv6Address;

/**
 * How many cookies are sent while there are too many handshakes: {@link #PER_SECOND} to all, and
 * {@link #BURST} at once. To make and send one costs more than all else that is done for a stranger
 * then, and a cookie serves for two minutes. So who got one less than {@link #AGAIN_NANOS} ago gets
 * the next only from what others leave; but it gets some, for it may have been another who asked in
 * its name.
 */
final class CookieLimiter {
    static final int PER_SECOND = 2500;
    static final int BURST = 256;

    /** Who does not get an answer asks again after five seconds. */
    static final long AGAIN_NANOS = 4_000_000_000L;

    private static final long COST = 1_000_000_000L / PER_SECOND;
    private static final int SLOTS = 1 << 14;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long seed;

    /**
     * Who got a cookie last of those whose hashes begin with the slot's number; none before the
     * first cookie, since most devices never send one.
     */
    private long[] hashes = {};

    /** When that was. */
    private long[] since = {};

    /** When there would be a whole burst again. */
    private long full = Long.MIN_VALUE;

    /** The seed makes that nobody knows whose slots are the same. */
    CookieLimiter(long seed) {
        this.seed = seed;
    }

    /** Whether one may be sent there now. */
    boolean hasRoom(Endpoint to, long now) {
        return hasRoom(hash(to), now);
    }

    /** Whether one may be sent there; it is then. */
    boolean take(Endpoint to, long now) {
        long hash = hash(to);
        if (!hasRoom(hash, now)) {
            return false;
        }
        full = Math.max(now, full) + COST;
        if (hashes.length == 0) {
            hashes = new long[SLOTS];
            since = new long[SLOTS];
        }
        int slot = slot(hash);
        hashes[slot] = hash;
        since[slot] = now;
        return true;
    }

    private boolean hasRoom(long hash, long now) {
        long left = BURST * COST - Math.max(0, Math.max(now, full) - now);
        int slot = slot(hash);
        boolean again =
                hashes.length > 0 && hashes[slot] == hash && now - since[slot] < AGAIN_NANOS;
        return left >= (again ? BURST / 2 * COST : COST);
    }

    private static int slot(long hash) {
        return (int) (hash >>> 50);
    }

    private long hash(Endpoint of) {
        long hash =
                switch (of.address()) {
                    case Ipv4Address v4 -> mix(seed ^ v4.bits());
                    case Ipv6Address v6 -> mix(mix(seed ^ v6.high()) ^ v6.low());
                };
        // Never 0, which stands for nobody.
        return mix(hash ^ of.port()) | 1;
    }

    private static long mix(long of) {
        long x = (of ^ of >>> 32) * GOLDEN;
        x = (x ^ x >>> 29) * GOLDEN;
        return x ^ x >>> 32;
    }
}
