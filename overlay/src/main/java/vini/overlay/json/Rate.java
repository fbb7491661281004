package vini.overlay.json;

import vini.net.Quantity;

/** A data rate; decimal units, as in {@code 100Mbps}. */
public record Rate(long bitsPerSecond) implements Comparable<Rate> {
    public static Rate parse(String text) {
        return new Rate(Quantity.bitsPerSecond(text));
    }

    @Override
    public int compareTo(Rate other) {
        return Long.compare(bitsPerSecond, other.bitsPerSecond);
    }

    @Override
    public String toString() {
        return Quantity.ofBitsPerSecond(bitsPerSecond);
    }
}
