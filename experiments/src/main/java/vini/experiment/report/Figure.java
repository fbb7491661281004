package vini.experiment.report;

import java.util.List;

/**
 * A figure, described so that any renderer can draw it.
 *
 * @param name of its files: {@code rtt}
 * @param title for those who cannot see it
 * @param caption what one sees, for all; plain text
 * @param data what is drawn, as the lines of a CSV file, the names of its columns first
 * @param width in figure units: CSS pixels at full size
 */
record Figure(
        String name,
        String title,
        String caption,
        double width,
        double height,
        List<Mark> marks,
        List<String> data) {
    /** The width of the text, and so of figures. */
    static final double WIDTH = 720;

    Figure {
        marks = List.copyOf(marks);
        data = List.copyOf(data);
        if (data.isEmpty()) {
            throw new IllegalArgumentException("figure " + name + " does not say what it draws");
        }
    }
}
