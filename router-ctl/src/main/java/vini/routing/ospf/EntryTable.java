package vini.routing.ospf;

import org.jspecify.annotations.Nullable;

import vini.routing.ospf.wire.LsaKey;

import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Entries of a database by their keys, walked in the order in which the keys came in. Two arrays:
 * every router holds every LSA, so that what a row takes counts with the square of the network.
 */
final class EntryTable extends AbstractCollection<DatabaseEntry> {
    private static final int ROWS_AT_FIRST = 16;

    /** In order, with a hole for each that went. */
    private @Nullable DatabaseEntry[] rows = new @Nullable DatabaseEntry[ROWS_AT_FIRST];

    /** Behind the last row. */
    private int end;

    private int size;

    /** For each place of a hash the row plus 1, or 0; more than there are rows. */
    private int[] slots = new int[2 * ROWS_AT_FIRST];

    @Override
    public int size() {
        return size;
    }

    @Nullable DatabaseEntry get(LsaKey key) {
        int row = slots[slot(key)] - 1;
        return row < 0 ? null : rows[row];
    }

    /** Puts an entry in, at the end or in the place of the one with its key; returns that. */
    @Nullable DatabaseEntry put(DatabaseEntry entry) {
        int slot = slot(entry.key());
        int row = slots[slot] - 1;
        if (row >= 0) {
            DatabaseEntry before = rows[row];
            rows[row] = entry;
            return before;
        }
        if (end == rows.length) {
            makeRoom();
            slot = slot(entry.key());
        }
        rows[end++] = entry;
        slots[slot] = end;
        size++;
        return null;
    }

    /** Closes the holes if they are many, and grows if they are not. */
    private void makeRoom() {
        int capacity = size > end / 2 ? end + end / 2 : end;
        @Nullable DatabaseEntry[] before = rows;
        rows = new @Nullable DatabaseEntry[capacity];
        end = 0;
        if (capacity * 3 > slots.length * 2) {
            slots = new int[2 * slots.length];
        } else {
            Arrays.fill(slots, 0);
        }
        for (DatabaseEntry entry : before) {
            if (entry != null) {
                int slot = slot(entry.key());
                rows[end++] = entry;
                slots[slot] = end;
            }
        }
    }

    /** Takes the entry of a key out, and returns it. */
    @Nullable DatabaseEntry remove(LsaKey key) {
        int slot = slot(key);
        int row = slots[slot] - 1;
        if (row < 0) {
            return null;
        }
        empty(slot);
        DatabaseEntry gone = rows[row];
        rows[row] = null;
        size--;
        return gone;
    }

    /** Empties a slot, and moves up what had to stand behind it (Knuth 6.4, algorithm R). */
    private void empty(int slot) {
        int mask = slots.length - 1;
        int hole = slot;
        for (int at = hole + 1 & mask; slots[at] != 0; at = at + 1 & mask) {
            DatabaseEntry entry = rows[slots[at] - 1];
            if (entry != null && (at - home(entry.key()) & mask) >= (at - hole & mask)) {
                slots[hole] = slots[at];
                hole = at;
            }
        }
        slots[hole] = 0;
    }

    private int home(LsaKey key) {
        return key.hashCode() * 0x9e3779b1 >>> Integer.numberOfLeadingZeros(slots.length) + 1;
    }

    /** Where a key stands, or would. */
    private int slot(LsaKey key) {
        int mask = slots.length - 1;
        int at = home(key);
        while (slots[at] != 0) {
            DatabaseEntry entry = rows[slots[at] - 1];
            if (entry != null && key.equals(entry.key())) {
                break;
            }
            at = at + 1 & mask;
        }
        return at;
    }

    @Override
    public Iterator<DatabaseEntry> iterator() {
        return new Iterator<>() {
            private int next = skip(0);

            private int skip(int row) {
                int at = row;
                while (at < end && rows[at] == null) {
                    at++;
                }
                return at;
            }

            @Override
            public boolean hasNext() {
                return next < end;
            }

            @Override
            public DatabaseEntry next() {
                DatabaseEntry entry = next < end ? rows[next] : null;
                if (entry == null) {
                    throw new NoSuchElementException();
                }
                next = skip(next + 1);
                return entry;
            }
        };
    }
}
