package vini.routing.ospf;

import java.util.Arrays;

/** A map from 32-bit ids to small numbers, without an object for each: open addressing. */
final class VertexIndex {
    /** What {@link #get} says of an unknown id. */
    static final int NONE = -1;

    private final int[] ids;
    private final int[] numbers;
    private final int shift;

    /** Room for that many ids. */
    VertexIndex(int capacity) {
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(2, capacity * 2));
        ids = new int[1 << bits];
        numbers = new int[1 << bits];
        Arrays.fill(numbers, NONE);
        shift = 32 - bits;
    }

    void put(int id, int number) {
        int place = find(id);
        ids[place] = id;
        numbers[place] = number;
    }

    int get(int id) {
        return numbers[find(id)];
    }

    private int find(int id) {
        int place = id * 0x9e3779b1 >>> shift;
        while (numbers[place] != NONE && ids[place] != id) {
            place = place + 1 & ids.length - 1;
        }
        return place;
    }
}
