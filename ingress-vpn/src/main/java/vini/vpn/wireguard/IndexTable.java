package vini.vpn.wireguard;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Sessions, and peers to whom an initiation was sent, by the 32-bit index that their messages bear.
 * The low bits say where it lies, so that finding it is one look; the others are chance.
 *
 * @param <T> what is found
 */
final class IndexTable<T> {
    private static final int PLACE_BITS = 20;
    private static final int PLACES_MAX = 1 << PLACE_BITS;

    private final RandomGenerator chance;
    private @Nullable Object[] held = new @Nullable Object[64];
    private int[] indices = new int[64];

    /** Places that were given back, the last at the end. */
    private int[] free = new int[64];

    private int frees;
    private int used;

    IndexTable(RandomGenerator chance) {
        this.chance = chance;
    }

    /** A new index for something. */
    int add(T value) {
        int place = place();
        int index = chance.nextInt() << PLACE_BITS | place;
        indices[place] = index;
        held[place] = value;
        return index;
    }

    private int place() {
        if (frees > 0) {
            return free[--frees];
        }
        if (used == PLACES_MAX) {
            throw new IllegalStateException(PLACES_MAX + " sessions at once");
        }
        if (used == held.length) {
            held = Arrays.copyOf(held, 2 * used);
            indices = Arrays.copyOf(indices, 2 * used);
        }
        return used++;
    }

    /** Puts something else under an index that is in use. */
    void replace(int index, T value) {
        if (find(index) == null) {
            throw new IllegalStateException("an index that is not in use");
        }
        held[index & PLACES_MAX - 1] = value;
    }

    @SuppressWarnings("unchecked") // only T goes in
    @Nullable T find(int index) {
        int place = index & PLACES_MAX - 1;
        return place < used && indices[place] == index ? (T) held[place] : null;
    }

    /** Gives an index back. */
    void remove(int index) {
        if (find(index) == null) {
            return;
        }
        int place = index & PLACES_MAX - 1;
        held[place] = null;
        if (frees == free.length) {
            free = Arrays.copyOf(free, 2 * frees);
        }
        free[frees++] = place;
    }

    /** How many are in use. */
    int size() {
        return used - frees;
    }
}
