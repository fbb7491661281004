package vini.forwarder.elements.ip6;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv6Address;
import vini.net.Prefix;

/**
 * Longest prefix match over 128 bits in a path-compressed binary tree (Morrison 1968): a node for
 * each prefix and for each place where two part, so a lookup visits at most as many nodes as there
 * are prefixes nested in each other, plus the partings on the way, and allocates nothing.
 */
final class Ip6Trie<V> {
    private static final class Node<V> {
        final long high;
        final long low;
        final int length;
        @Nullable V value;
        @Nullable Node<V> zero;
        @Nullable Node<V> one;

        Node(long high, long low, int length, @Nullable V value) {
            this.high = high & mask(length);
            this.low = low & mask(length - 64);
            this.length = length;
            this.value = value;
        }

        boolean contains(long addressHigh, long addressLow) {
            return ((addressHigh ^ high) & mask(length)) == 0
                    && ((addressLow ^ low) & mask(length - 64)) == 0;
        }

        @Nullable Node<V> child(long addressHigh, long addressLow) {
            return bit(addressHigh, addressLow, length) == 0 ? zero : one;
        }

        void child(Node<V> node) {
            if (bit(node.high, node.low, length) == 0) {
                zero = node;
            } else {
                one = node;
            }
        }
    }

    private @Nullable Node<V> root;

    private static long mask(int length) {
        return length <= 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
    }

    private static int bit(long high, long low, int at) {
        return (int) (at < 64 ? high >>> (63 - at) : low >>> (127 - at)) & 1;
    }

    /** The value of the longest prefix that contains the address, or null. */
    @Nullable V lookup(long high, long low) {
        V best = null;
        Node<V> node = root;
        while (node != null && node.contains(high, low)) {
            if (node.value != null) {
                best = node.value;
            }
            node = node.length == 128 ? null : node.child(high, low);
        }
        return best;
    }

    /** Puts a prefix in, or gives it another value. */
    void put(Prefix prefix, V value) {
        Ipv6Address address = (Ipv6Address) prefix.address();
        root = put(root, new Node<>(address.high(), address.low(), prefix.length(), value));
    }

    private Node<V> put(@Nullable Node<V> node, Node<V> added) {
        if (node == null) {
            return added;
        }
        int common = Math.min(common(node, added), Math.min(node.length, added.length));
        if (common == node.length && common == added.length) {
            node.value = added.value;
            return node;
        }
        if (common == node.length) {
            node.child(put(node.child(added.high, added.low), added));
            return node;
        }
        if (common == added.length) {
            added.child(node);
            return added;
        }
        Node<V> parting = new Node<>(node.high, node.low, common, null);
        parting.child(node);
        parting.child(added);
        return parting;
    }

    private int common(Node<V> a, Node<V> b) {
        int high = Long.numberOfLeadingZeros(a.high ^ b.high);
        return high < 64 ? high : 64 + Long.numberOfLeadingZeros(a.low ^ b.low);
    }

    /** Takes a prefix out, if it is there. */
    void remove(Prefix prefix) {
        Ipv6Address address = (Ipv6Address) prefix.address();
        root = remove(root, address.high(), address.low(), prefix.length());
    }

    private @Nullable Node<V> remove(@Nullable Node<V> node, long high, long low, int length) {
        if (node == null || node.length > length || !node.contains(high, low)) {
            return node;
        }
        if (node.length == length) {
            node.value = null;
        } else if (bit(high, low, node.length) == 0) {
            node.zero = remove(node.zero, high, low, length);
        } else {
            node.one = remove(node.one, high, low, length);
        }
        return node.value != null || node.zero != null && node.one != null
                ? node
                : node.zero != null ? node.zero : node.one;
    }
}
