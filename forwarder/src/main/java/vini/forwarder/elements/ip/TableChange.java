package vini.forwarder.elements.ip;

import java.util.Arrays;

/** What a transaction has done so far, so that it can be undone. */
final class TableChange {
    private int[] bits = new int[4];
    private byte[] lengths = new byte[4];
    private char[] before = new char[4];
    private char[] after = new char[4];
    private int size;

    /** A prefix had one way, and has another now; 0 stands for none. */
    void add(int prefix, int length, int oldWay, int newWay) {
        if (size == bits.length) {
            int more = 2 * size;
            bits = Arrays.copyOf(bits, more);
            lengths = Arrays.copyOf(lengths, more);
            before = Arrays.copyOf(before, more);
            after = Arrays.copyOf(after, more);
        }
        bits[size] = prefix;
        lengths[size] = (byte) length;
        before[size] = (char) oldWay;
        after[size] = (char) newWay;
        size++;
    }

    int size() {
        return size;
    }

    int bits(int index) {
        return bits[index];
    }

    int length(int index) {
        return lengths[index];
    }

    int before(int index) {
        return before[index];
    }

    int after(int index) {
        return after[index];
    }
}
