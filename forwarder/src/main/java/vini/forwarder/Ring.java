package vini.forwarder;

import java.util.ArrayList;
import java.util.List;

/**
 * The latest of many things, numbered from 0 as they come: who reads too slowly sees by the numbers
 * what is lost. Its memory grows with what it holds.
 */
public final class Ring<T> {
    private final int capacity;
    private final List<T> things = new ArrayList<>();
    private long next;

    /** A ring that holds the latest {@code capacity} things, at least 1. */
    public Ring(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a ring for " + capacity + " things");
        }
        this.capacity = capacity;
    }

    /** Adds a thing, in the place of the eldest if there are too many. */
    public void add(T thing) {
        if (things.size() < capacity) {
            things.add(thing);
        } else {
            things.set((int) (next % capacity), thing);
        }
        next++;
    }

    /** The number that the next thing will have. */
    public long next() {
        return next;
    }

    /** The number of the eldest that is still there: how many are lost. */
    public long first() {
        return next - things.size();
    }

    /**
     * What is still there from number {@code from} on, at most {@code max}; the first of it has the
     * number {@code Math.max(from, first())}.
     */
    public List<T> from(long from, int max) {
        List<T> some = new ArrayList<>();
        for (long i = Math.max(from, first()); i < next && some.size() < max; i++) {
            some.add(things.get((int) (i % capacity)));
        }
        return some;
    }
}
