package vini.overlay.json;

import vini.net.Quantity;

/** A part of a whole, 0-1; written as a percentage. */
public record Share(double ofOne) implements Comparable<Share> {
    public static Share parse(String text) {
        return new Share(Quantity.fraction(text));
    }

    @Override
    public int compareTo(Share other) {
        return Double.compare(ofOne, other.ofOne);
    }

    @Override
    public String toString() {
        return Quantity.ofFraction(ofOne);
    }
}
