package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Finds room for the names on a map: each at that side of its point where it covers least. */
final class MapLabels {
    /** How far from its point a name is. */
    private static final double NEAR = 6;

    /** How far from its point a text may be that cannot be mistaken for another's, and the cost. */
    private static final double FAR = 14;

    private static final double FAR_COST = 10;

    /**
     * A text and the point that it belongs to.
     *
     * @param mayBeFar whether it may have some more room between them
     */
    record Label(Point of, String text, TextStyle style, boolean mayBeFar) {}

    /** Where it goes: the anchor point of its text. */
    record Placed(Point at, TextStyle style, String text) {}

    private record Box(double left, double top, double right, double bottom) {
        double overlap(Box o) {
            double w = Math.min(right, o.right) - Math.max(left, o.left);
            double h = Math.min(bottom, o.bottom) - Math.max(top, o.top);
            return w > 0 && h > 0 ? w * h : 0;
        }

        /** How much of a line lies within, by samples. */
        double length(Point a, Point b) {
            int inside = 0;
            int samples = 48;
            for (int i = 0; i <= samples; i++) {
                double x = a.x() + (b.x() - a.x()) * i / samples;
                double y = a.y() + (b.y() - a.y()) * i / samples;
                inside += x > left && x < right && y > top && y < bottom ? 1 : 0;
            }
            return inside * StrictMath.hypot(b.x() - a.x(), b.y() - a.y()) / samples;
        }
    }

    private final List<Box> taken = new ArrayList<>();
    private final List<Point[]> lines;
    private final Box frame;

    /** Starts with a frame that names must not leave, and what lies in it already. */
    MapLabels(
            double left,
            double top,
            double right,
            double bottom,
            List<Point> nodes,
            List<Point[]> lines) {
        this.frame = new Box(left, top, right, bottom);
        this.lines = List.copyOf(lines);
        for (Point node : nodes) {
            taken.add(new Box(node.x() - 4, node.y() - 4, node.x() + 4, node.y() + 4));
        }
    }

    Placed place(Label label) {
        double width = label.style().width(label.text());
        double height = label.style().size() * 0.78;
        double best = Double.POSITIVE_INFINITY;
        Box where = null;
        for (double gap : label.mayBeFar() ? new double[] {NEAR, FAR} : new double[] {NEAR}) {
            double[][] sides = sides(gap, width, height);
            for (int i = 0; i < sides.length; i++) {
                double left = label.of().x() + sides[i][0];
                double top = label.of().y() + sides[i][1];
                Box box = new Box(left, top, left + width, top + height);
                double cost = cost(box) + (gap == FAR ? FAR_COST : 0) + i * 0.3;
                if (cost < best) {
                    best = cost;
                    where = box;
                }
            }
        }
        if (where == null) {
            throw new IllegalStateException("no side for " + label.text());
        }
        taken.add(new Box(where.left - 2, where.top - 2, where.right + 2, where.bottom + 2));
        return new Placed(new Point(where.left, where.bottom), label.style(), label.text());
    }

    /** Where the upper left corner of a text may be, seen from its point; the best places first. */
    private static double[][] sides(double gap, double width, double height) {
        return new double[][] {
            {gap, -height / 2},
            {-gap - width, -height / 2},
            {-width / 2, -gap - height},
            {-width / 2, gap},
            {gap - 2, -gap - height + 2},
            {gap - 2, gap - 2},
            {-gap + 2 - width, -gap - height + 2},
            {-gap + 2 - width, gap - 2}
        };
    }

    /** Room for a text on a line, at its middle or near it; null where it would hide something. */
    @Nullable Placed onLine(Point a, Point b, String text, TextStyle style) {
        double width = style.width(text);
        double height = style.size() * 0.78;
        for (double share : new double[] {0.5, 0.42, 0.58, 0.34, 0.66}) {
            double left = a.x() + (b.x() - a.x()) * share - width / 2;
            double top = a.y() + (b.y() - a.y()) * share - height / 2;
            Box box = new Box(left - 2, top - 2, left + width + 2, top + height + 2);
            boolean free = taken.stream().allMatch(other -> box.overlap(other) == 0);
            boolean alone = lines.stream().filter(l -> box.length(l[0], l[1]) > 0).count() <= 1;
            if (free && alone) {
                taken.add(box);
                return new Placed(new Point(left, top + height), style, text);
            }
        }
        return null;
    }

    private double cost(Box box) {
        double cost = 0;
        for (Box other : taken) {
            cost += 6 * box.overlap(other);
        }
        for (Point[] line : lines) {
            cost += 2 * box.length(line[0], line[1]);
        }
        double out =
                Math.max(0, frame.left - box.left)
                        + Math.max(0, box.right - frame.right)
                        + Math.max(0, frame.top - box.top)
                        + Math.max(0, box.bottom - frame.bottom);
        return cost + 60 * out;
    }
}
