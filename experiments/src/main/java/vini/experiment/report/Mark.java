package vini.experiment.report;

import java.util.List;

/** One thing in a figure. Renderers draw marks in their order, later ones over earlier ones. */
sealed interface Mark {
    /** A line through points. */
    record Line(List<Point> points, Stroke stroke) implements Mark {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** A filled shape. */
    record Shape(List<Point> corners, Ink fill) implements Mark {
        public Shape {
            corners = List.copyOf(corners);
        }
    }

    /** Many filled circles of one size. */
    record Dots(List<Point> centers, double radius, Ink ink) implements Mark {
        public Dots {
            centers = List.copyOf(centers);
        }
    }

    /** Many filled rectangles. */
    record Boxes(List<Box> boxes, Ink fill) implements Mark {
        public Boxes {
            boxes = List.copyOf(boxes);
        }
    }

    /** A circle with an edge, filled. */
    record Ring(Point center, double radius, Ink fill, Stroke edge) implements Mark {}

    /** A line of text; {@code at} is on its base line. */
    record Text(Point at, String text, TextStyle style) implements Mark {}
}
