package vini.overlay.json;

import java.util.Comparator;

/** Where something stands in a file; line and column count from 1, columns in UTF-16 units. */
public record Position(int line, int column) implements Comparable<Position> {
    /** Of a mistake that concerns the file itself: it cannot be read. */
    public static final Position NONE = new Position(0, 0);

    public static final Position START = new Position(1, 1);

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
