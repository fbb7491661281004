package vini.experiment.report;

import java.util.ArrayList;
import java.util.List;

/** A figure in the making: marks in the order in which they will be drawn. */
final class Drawing {
    private final List<Mark> marks = new ArrayList<>();
    private final List<String> data = new ArrayList<>();

    void line(double x1, double y1, double x2, double y2, Stroke stroke) {
        marks.add(new Mark.Line(List.of(new Point(x1, y1), new Point(x2, y2)), stroke));
    }

    void line(List<Point> points, Stroke stroke) {
        if (points.size() > 1) {
            marks.add(new Mark.Line(points, stroke));
        }
    }

    void box(double x, double y, double width, double height, Ink fill) {
        shape(
                List.of(
                        new Point(x, y),
                        new Point(x + width, y),
                        new Point(x + width, y + height),
                        new Point(x, y + height)),
                fill);
    }

    void shape(List<Point> corners, Ink fill) {
        marks.add(new Mark.Shape(corners, fill));
    }

    void dots(List<Point> centers, double radius, Ink ink) {
        if (!centers.isEmpty()) {
            marks.add(new Mark.Dots(centers, radius, ink));
        }
    }

    void ring(Point center, double radius, Ink fill, Stroke edge) {
        marks.add(new Mark.Ring(center, radius, fill, edge));
    }

    void text(double x, double y, String text, TextStyle style) {
        if (!text.isEmpty()) {
            marks.add(new Mark.Text(new Point(x, y), text, style));
        }
    }

    /** Adds a line to the data of the figure; the first one names the columns. */
    void data(String line) {
        data.add(line);
    }

    Figure figure(String name, String title, String caption, double width, double height) {
        return new Figure(name, title, caption, width, height, marks, data);
    }
}
