package vini.routing.ospf;

import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.Arrays;

/**
 * The result of one calculation: for each prefix the best kind, cost and first links, in arrays, so
 * that a calculation in which nothing changes makes no objects for each route.
 */
final class RouteTable {
    /** Kinds of paths in order of preference, RFC 2328 11. */
    static final int INTRA = 0;

    static final int INTER = 1;
    static final int EXTERNAL_1 = 2;
    static final int EXTERNAL_2 = 3;

    static final int NONE = -1;

    private static final String[] KINDS = {"intra", "inter", "E1", "E2"};

    private static final int ROWS_MIN = 16;

    private long[] keys;
    private byte[] kinds;
    private long[] costs;
    private int[][] hops;
    private int size;
    private int[] slots;

    RouteTable() {
        this(0);
    }

    /**
     * An empty one.
     *
     * @param expected how many rows it will have; more find room, too
     */
    RouteTable(int expected) {
        int rows = Math.max(ROWS_MIN, expected);
        keys = new long[rows];
        kinds = new byte[rows];
        costs = new long[rows];
        hops = new int[rows][];
        slots = new int[Integer.highestOneBit(rows + rows / 2) * 2];
        Arrays.fill(slots, NONE);
    }

    /** Gives back the room that was not needed: it is kept until the next one takes its place. */
    RouteTable trimmed() {
        if (keys.length - size > size / 8) {
            resize(Math.max(ROWS_MIN, size));
        }
        return this;
    }

    /** A prefix as a number: the address above, the length in the lowest eight bits. */
    static long key(int address, int length) {
        return (address & Ipv4Address.mask(length) & 0xffffffffL) << 8 | length;
    }

    /** That of an IPv4 prefix. */
    static long key(Prefix prefix) {
        if (!(prefix.address() instanceof Ipv4Address address)) {
            throw new IllegalArgumentException(prefix + " in OSPFv2, which is for IPv4");
        }
        return key(address.bits(), prefix.length());
    }

    static Prefix prefix(long key) {
        return new Prefix(new Ipv4Address((int) (key >>> 8)), (int) (key & 0xff));
    }

    /** Where a key should stand in a table, of whose index only the lowest bits are used. */
    static int hash(long key) {
        return (int) (key * 0x9e3779b97f4a7c15L >>> 40);
    }

    int size() {
        return size;
    }

    long keyAt(int row) {
        return keys[row];
    }

    String kindAt(int row) {
        return KINDS[kinds[row]];
    }

    int kindCodeAt(int row) {
        return kinds[row];
    }

    long costAt(int row) {
        return costs[row];
    }

    int[] hopsAt(int row) {
        return hops[row];
    }

    /** The row of a prefix, or {@link #NONE}. */
    int find(long key) {
        return slots[place(key)];
    }

    /** Takes a path if it is the first, a better one, or another one as good. */
    void offer(long key, int kind, long cost, int[] nextHops) {
        int place = place(key);
        int row = slots[place];
        if (row == NONE) {
            slots[place] = size;
            add(key, kind, cost, nextHops);
        } else if (kind < kinds[row] || kind == kinds[row] && cost < costs[row]) {
            kinds[row] = (byte) kind;
            costs[row] = cost;
            hops[row] = nextHops;
        } else if (kind == kinds[row] && cost == costs[row]) {
            hops[row] = ShortestPaths.union(hops[row], nextHops);
        }
    }

    /** Whether row {@code row} is the same as row {@code otherRow} of another table. */
    boolean isSame(int row, RouteTable other, int otherRow) {
        return kinds[row] == other.kinds[otherRow]
                && costs[row] == other.costs[otherRow]
                && Arrays.equals(hops[row], other.hops[otherRow]);
    }

    private void add(long key, int kind, long cost, int[] nextHops) {
        if (size == keys.length) {
            resize(size * 2);
        }
        keys[size] = key;
        kinds[size] = (byte) kind;
        costs[size] = cost;
        hops[size] = nextHops;
        size++;
        if (size * 4 > slots.length * 3) {
            slots = new int[slots.length * 2];
            Arrays.fill(slots, NONE);
            for (int row = 0; row < size; row++) {
                slots[place(keys[row])] = row;
            }
        }
    }

    private void resize(int rows) {
        keys = Arrays.copyOf(keys, rows);
        kinds = Arrays.copyOf(kinds, rows);
        costs = Arrays.copyOf(costs, rows);
        hops = Arrays.copyOf(hops, rows);
    }

    private int place(long key) {
        int mask = slots.length - 1;
        int place = hash(key) & mask;
        while (slots[place] != NONE && keys[slots[place]] != key) {
            place = place + 1 & mask;
        }
        return place;
    }
}
