package vini.vpn.wireguard;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Ipv6Address;
import vini.net.Prefix;

/**
 * Which peer has which addresses (paper, 2, "cryptokey routing"): where packets go by their
 * destination, and whose they may be by their source. The longest prefix counts; a prefix is one
 * peer's. A tree of bits for each family, in which only forks and prefixes are nodes.
 */
final class AllowedIps {
    private static final class Node {
        final long high;
        final long low;
        final int length;
        @Nullable Peer peer;
        @Nullable Node zero;
        @Nullable Node one;

        Node(long high, long low, int length) {
            this.high = length < 64 ? high & mask(length) : high;
            this.low = length < 64 ? 0 : low & mask(length - 64);
            this.length = length;
        }

        boolean covers(long otherHigh, long otherLow) {
            return length <= 64
                    ? ((high ^ otherHigh) & mask(length)) == 0
                    : high == otherHigh && ((low ^ otherLow) & mask(length - 64)) == 0;
        }

        @Nullable Node child(boolean bit) {
            return bit ? one : zero;
        }

        void child(boolean bit, @Nullable Node node) {
            if (bit) {
                one = node;
            } else {
                zero = node;
            }
        }
    }

    private @Nullable Node v4;
    private @Nullable Node v6;

    private static long mask(int length) {
        return length == 0 ? 0 : -1L << (64 - length);
    }

    private static boolean bit(long high, long low, int at) {
        return (at < 64 ? high << at : low << (at - 64)) < 0;
    }

    private static long high(IpAddress address) {
        return switch (address) {
            case Ipv4Address a -> (long) a.bits() << 32;
            case Ipv6Address a -> a.high();
        };
    }

    private static long low(IpAddress address) {
        return address instanceof Ipv6Address a ? a.low() : 0;
    }

    /** Gives a prefix to a peer, and takes it from who had it. */
    void add(Prefix prefix, Peer peer) {
        boolean isV4 = prefix.address() instanceof Ipv4Address;
        Node added = new Node(high(prefix.address()), low(prefix.address()), prefix.length());
        added.peer = peer;
        Node root = insert(isV4 ? v4 : v6, added);
        if (isV4) {
            v4 = root;
        } else {
            v6 = root;
        }
    }

    private static Node insert(@Nullable Node at, Node added) {
        if (at == null) {
            return added;
        }
        int common = common(at, added);
        if (common == at.length && common == added.length) {
            at.peer = added.peer;
            return at;
        }
        if (common == at.length) {
            boolean bit = bit(added.high, added.low, common);
            at.child(bit, insert(at.child(bit), added));
            return at;
        }
        if (common == added.length) {
            added.child(bit(at.high, at.low, common), at);
            return added;
        }
        Node fork = new Node(added.high, added.low, common);
        fork.child(bit(at.high, at.low, common), at);
        fork.child(bit(added.high, added.low, common), added);
        return fork;
    }

    /** How many of the first bits two prefixes share. */
    private static int common(Node a, Node b) {
        int most = Math.min(a.length, b.length);
        int equal = Long.numberOfLeadingZeros(a.high ^ b.high);
        return Math.min(most, equal < 64 ? equal : 64 + Long.numberOfLeadingZeros(a.low ^ b.low));
    }

    /** Takes all from a peer. */
    void remove(Peer peer) {
        v4 = without(v4, peer);
        v6 = without(v6, peer);
    }

    private static @Nullable Node without(@Nullable Node node, Peer peer) {
        if (node == null) {
            return null;
        }
        node.zero = without(node.zero, peer);
        node.one = without(node.one, peer);
        if (peer.equals(node.peer)) {
            node.peer = null;
        }
        boolean needed = node.peer != null || node.zero != null && node.one != null;
        return needed ? node : node.zero != null ? node.zero : node.one;
    }

    /** Who has an IPv4 address; null if nobody. */
    @Nullable Peer find(int address) {
        return find(v4, (long) address << 32, 0);
    }

    /** Who has an IPv6 address; null if nobody. */
    @Nullable Peer find(long high, long low) {
        return find(v6, high, low);
    }

    private static @Nullable Peer find(@Nullable Node root, long high, long low) {
        Peer best = null;
        Node node = root;
        while (node != null && node.covers(high, low)) {
            if (node.peer != null) {
                best = node.peer;
            }
            node = node.length == 128 ? null : node.child(bit(high, low, node.length));
        }
        return best;
    }
}
