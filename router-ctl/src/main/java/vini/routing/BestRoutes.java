package vini.routing;

import org.jspecify.annotations.Nullable;

import vini.net.Prefix;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One route for each of many prefixes, in columns: in a large network there are millions of them,
 * and as objects in a tree they would take three times the memory. The rows are in no order.
 */
final class BestRoutes {
    /** The row of a prefix that is not there. */
    static final int NONE = -1;

    private static final int ROWS_AT_FIRST = 16;

    private @Nullable Prefix[] prefixes = new @Nullable Prefix[ROWS_AT_FIRST];
    private Route.Protocol[] protocols = new Route.Protocol[ROWS_AT_FIRST];
    private String[] kinds = new String[ROWS_AT_FIRST];
    private long[] costs = new long[ROWS_AT_FIRST];
    private @Nullable List<NextHop>[] nextHops = lists(ROWS_AT_FIRST);
    private long[] since = new long[ROWS_AT_FIRST];
    private int size;

    /** For each place of a hash the row plus 1, or 0; twice as many as there are rows, or more. */
    private int[] slots = new int[2 * ROWS_AT_FIRST];

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of lists of something
    private static @Nullable List<NextHop>[] lists(int length) {
        return new List[length];
    }

    int size() {
        return size;
    }

    /** The row of a prefix, or {@link #NONE}. */
    int find(Prefix prefix) {
        return slots[slot(prefix)] - 1;
    }

    /** The route of a row. */
    Route route(int row) {
        return new Route(prefix(row), protocols[row], kinds[row], costs[row], nextHops(row));
    }

    Prefix prefix(int row) {
        return Objects.requireNonNull(prefixes[row]);
    }

    Route.Protocol protocol(int row) {
        return protocols[row];
    }

    List<NextHop> nextHops(int row) {
        return Objects.requireNonNull(nextHops[row]);
    }

    /** Since when it is what it is. */
    long since(int row) {
        return since[row];
    }

    boolean isSame(int row, Route route) {
        return protocols[row] == route.protocol()
                && costs[row] == route.cost()
                && nextHops(row).equals(route.nextHops())
                && kinds[row].equals(route.kind());
    }

    /** Puts a route in the place of the row's. */
    void set(int row, Route route, long now) {
        protocols[row] = route.protocol();
        kinds[row] = route.kind();
        costs[row] = route.cost();
        nextHops[row] = route.nextHops();
        since[row] = now;
    }

    /** Adds a route to a prefix that has none. */
    void add(Route route, long now) {
        if (size == costs.length) {
            grow();
        }
        slots[slot(route.prefix())] = size + 1;
        prefixes[size] = route.prefix();
        set(size++, route, now);
    }

    private void grow() {
        int rows = size + size / 2;
        prefixes = Arrays.copyOf(prefixes, rows);
        protocols = Arrays.copyOf(protocols, rows);
        kinds = Arrays.copyOf(kinds, rows);
        costs = Arrays.copyOf(costs, rows);
        nextHops = Arrays.copyOf(nextHops, rows);
        since = Arrays.copyOf(since, rows);
        if (rows * 3 > slots.length * 2) {
            slots = new int[2 * slots.length];
            for (int row = 0; row < size; row++) {
                slots[slot(prefix(row))] = row + 1;
            }
        }
    }

    /** Takes a row out; the last one gets its number. */
    void remove(int row) {
        empty(slot(prefix(row)));
        int last = --size;
        if (row != last) {
            slots[slot(prefix(last))] = row + 1;
            prefixes[row] = prefixes[last];
            protocols[row] = protocols[last];
            kinds[row] = kinds[last];
            costs[row] = costs[last];
            nextHops[row] = nextHops[last];
            since[row] = since[last];
        }
        prefixes[last] = null;
        nextHops[last] = null;
    }

    /** Empties a slot, and moves up what had to stand behind it (Knuth 6.4, algorithm R). */
    private void empty(int slot) {
        int mask = slots.length - 1;
        int hole = slot;
        for (int at = hole + 1 & mask; slots[at] != 0; at = at + 1 & mask) {
            int home = home(prefix(slots[at] - 1));
            if ((at - home & mask) >= (at - hole & mask)) {
                slots[hole] = slots[at];
                hole = at;
            }
        }
        slots[hole] = 0;
    }

    private int home(Prefix prefix) {
        return prefix.hashCode() * 0x9e3779b1 >>> Integer.numberOfLeadingZeros(slots.length) + 1;
    }

    /** Where a prefix stands, or would. */
    private int slot(Prefix prefix) {
        int mask = slots.length - 1;
        int at = home(prefix);
        while (slots[at] != 0 && !prefix.equals(prefixes[slots[at] - 1])) {
            at = at + 1 & mask;
        }
        return at;
    }
}
