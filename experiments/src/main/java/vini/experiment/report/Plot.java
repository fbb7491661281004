package vini.experiment.report;

import vini.experiment.report.TextStyle.Anchor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A rectangle of a figure with two scales: its axes, and the marks that belong to values. */
final class Plot {
    static final TextStyle TICK = TextStyle.of(Ink.MUTED, 11);
    static final TextStyle LABEL = TextStyle.of(Ink.TEXT, 12);

    /** So far left of the plot the label of its y axis begins. */
    static final double LABEL_LEFT = 30;

    /** Dots that fall on the same cell of this size (figure units) are one. */
    private static final double CELL = 0.4;

    /** Ticks at the foot that are closer than this become a bar. */
    private static final double DENSE = 2.6;

    /** How much higher each further row of ticks is. */
    private static final double FOOT_ROW = 7;

    private final Drawing drawing;
    private final Scale x;
    private final Scale y;
    private double labelEnd = Double.NEGATIVE_INFINITY;

    /** Takes its place from the scales; {@code y} runs from the lower edge upwards. */
    Plot(Drawing drawing, Scale x, Scale y) {
        this.drawing = drawing;
        this.x = x;
        this.y = y;
    }

    Drawing drawing() {
        return drawing;
    }

    Scale x() {
        return x;
    }

    Scale y() {
        return y;
    }

    double left() {
        return x.from();
    }

    double right() {
        return x.to();
    }

    double top() {
        return y.to();
    }

    double bottom() {
        return y.from();
    }

    /** Grid lines and labels to the left, at about {@code wanted} values. */
    void yAxis(String label, int wanted, boolean numbers) {
        double step = y.step(wanted);
        for (double tick : y.ticks(step)) {
            double at = y.at(tick);
            drawing.line(left(), at, right(), at, Stroke.of(Ink.GRID, 1));
            if (numbers) {
                drawing.text(
                        left() - 7, at + 4, Decimals.fixed(tick, Scale.digits(step)), TICK.end());
            }
        }
        drawing.text(left() - LABEL_LEFT, top() - 10, label, LABEL);
        labelEnd = left() - LABEL_LEFT + LABEL.width(label);
    }

    /** Where the label of the y axis ends, which stands above the plot; far left without one. */
    double labelEnd() {
        return labelEnd;
    }

    /** The base line with ticks and labels below, at about {@code wanted} values. */
    void xAxis(String label, int wanted) {
        double step = x.step(wanted);
        base();
        for (double tick : x.ticks(step)) {
            double at = x.at(tick);
            drawing.line(at, bottom(), at, bottom() + 4, Stroke.of(Ink.AXIS, 1));
            String text = Decimals.fixed(tick, Scale.digits(step));
            // At the very right of the page half of a long number would be cut off.
            boolean over = at + TICK.width(text) / 2 > Figure.WIDTH;
            drawing.text(
                    over ? Figure.WIDTH : at,
                    bottom() + 17,
                    text,
                    TICK.anchored(over ? Anchor.END : Anchor.MIDDLE));
        }
        drawing.text(right(), bottom() + 33, label, LABEL.end());
    }

    /** The base line alone, for a plot above another one with the same scale. */
    void base() {
        drawing.line(left(), bottom(), right(), bottom(), Stroke.of(Ink.AXIS, 1));
    }

    /** A light band between two times, as high as the plot. */
    void band(double fromValue, double toValue) {
        double from = x.at(x.clamp(fromValue));
        double to = x.at(x.clamp(toValue));
        if (to > from) {
            drawing.box(from, top(), to - from, bottom() - top(), Ink.BAND);
        }
    }

    /** Those of the values that the plot shows, as places, without those that would coincide. */
    List<Point> places(List<Point> values) {
        Set<Long> seen = new LinkedHashSet<>();
        List<Point> places = new ArrayList<>();
        for (Point value : values) {
            if (x.shows(value.x()) && y.shows(value.y())) {
                Point place = new Point(x.at(value.x()), y.at(value.y()));
                long cell =
                        Math.round(place.x() / CELL) << 32
                                | (Math.round(place.y() / CELL) & 0xffffffffL);
                if (seen.add(cell)) {
                    places.add(place);
                }
            }
        }
        return places;
    }

    /** Short marks at the foot of the plot: one for each value shown. */
    void feet(List<Double> values, Ink ink) {
        feet(values, ink, 0);
    }

    /** Likewise, in one of several rows; the first is row 0, at the foot. */
    void feet(List<Double> values, Ink ink, int row) {
        double foot = bottom() - row * FOOT_ROW;
        double from = Double.NaN;
        double last = Double.NaN;
        for (double value : values) {
            if (!x.shows(value)) {
                continue;
            }
            double at = x.at(value);
            if (!(at - last < DENSE)) {
                foot(from, last, foot, ink);
                from = at;
            }
            last = at;
        }
        foot(from, last, foot, ink);
    }

    /** One tick, or a bar where many would run into each other. */
    private void foot(double from, double to, double y, Ink ink) {
        if (from < to) {
            drawing.box(from - 0.5, y - 5, to - from + 1, 3.5, ink);
        } else if (from == to) {
            drawing.line(from, y - 7, from, y - 1.5, Stroke.of(ink, 1));
        }
    }

    /** A staircase that never falls, from the left edge: values hold until the next one. */
    void stairs(List<Point> values, Stroke stroke) {
        List<Point> line = new ArrayList<>();
        double before = y.low();
        for (Point value : values) {
            if (value.x() < x.low()) {
                before = value.y();
            }
        }
        line.add(new Point(left(), y.at(y.clamp(before))));
        for (Point value : values) {
            if (!x.shows(value.x())) {
                continue;
            }
            Point place = new Point(x.at(value.x()), y.at(y.clamp(value.y())));
            Point last = line.getLast();
            if (place.x() - last.x() < CELL
                    && place.y() < last.y()
                    && last.y() - place.y() < CELL) {
                continue; // too small to be seen; the next one will stand for it
            }
            line.add(new Point(place.x(), last.y()));
            line.add(place);
        }
        line.add(new Point(right(), line.getLast().y()));
        drawing.line(line, stroke);
    }
}
