package vini.overlay.json;

import vini.net.Quantity;

import java.util.List;

/** An amount of bytes; KB, MB and GB are powers of 1024. */
public record Size(long bytes) implements Comparable<Size> {
    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB");

    public static Size parse(String text) {
        return new Size(Quantity.bytes(text));
    }

    @Override
    public int compareTo(Size other) {
        return Long.compare(bytes, other.bytes);
    }

    /** In the largest unit that shows it without a fraction. */
    @Override
    public String toString() {
        long count = bytes;
        int unit = 0;
        while (count != 0 && count % 1024 == 0 && unit < UNITS.size() - 1) {
            count /= 1024;
            unit++;
        }
        return count + UNITS.get(unit);
    }
}
