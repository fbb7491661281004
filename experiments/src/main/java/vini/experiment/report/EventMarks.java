package vini.experiment.report;

import vini.experiment.run.EventRow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Draws the experiment's events over a plot of time: a line each, and its words above. */
final class EventMarks {
    /** The height that a row of words takes above a plot. */
    static final double ROW = 14;

    private static final int ROWS_MAX = 3;

    /** More lines than that would hide what they cross: then they are ticks at the upper edge. */
    private static final int LINES_MAX = 12;

    private static final TextStyle WORDS = TextStyle.of(Ink.TEXT, 11);

    private EventMarks() {}

    /** The colour of an event: bad news, good news, or neither. */
    static Ink ink(EventRow event) {
        return switch (event.turn()) {
            case WORSE -> Ink.FAILURE;
            case BETTER -> Ink.REPAIR;
            case OTHER -> Ink.AXIS;
        };
    }

    static void draw(Plot plot, List<EventRow> events) {
        draw(plot, events, true);
    }

    /** Without words where the plot is too small for them. */
    static void draw(Plot plot, List<EventRow> events, boolean words) {
        List<EventRow> shown =
                events.stream().filter(event -> plot.x().shows(event.plannedS())).toList();
        Map<String, EventRow> places = new LinkedHashMap<>(); // one hides others at its place
        shown.forEach(
                event ->
                        places.putIfAbsent(
                                ink(event) + " " + Math.round(plot.x().at(event.plannedS())),
                                event));
        boolean many = places.size() > LINES_MAX;
        for (EventRow event : places.values()) {
            double at = plot.x().at(event.plannedS());
            double foot = many ? plot.top() : plot.bottom();
            plot.drawing().line(at, plot.top() - 4, at, foot, Stroke.of(ink(event), 1));
        }
        if (!words) {
            return;
        }
        List<double[]> taken = new ArrayList<>(); // row, from, to
        taken.add(new double[] {0, plot.left() - Plot.LABEL_LEFT, plot.labelEnd() + 8});
        // Where there is no room for all, failures matter more than traffic.
        Stream.concat(
                        shown.stream().filter(event -> !event.subject().isEmpty()),
                        shown.stream().filter(event -> event.subject().isEmpty()))
                .forEach(event -> words(plot, event, taken));
    }

    private static void words(Plot plot, EventRow event, List<double[]> taken) {
        double at = plot.x().at(event.plannedS());
        String text = event.words();
        double width = WORDS.width(text);
        boolean leftwards = at + width > plot.right() + 4;
        double from = leftwards ? at - width : at;
        int row = row(taken, from, from + width);
        if (row < ROWS_MAX) {
            taken.add(new double[] {row, from, from + width + 8});
            TextStyle style = WORDS.in(ink(event));
            plot.drawing()
                    .text(at, plot.top() - 8 - row * ROW, text, leftwards ? style.end() : style);
        }
    }

    /**
     * The middle of the widest stretch between two places that no event's line crosses, and its
     * width.
     */
    static Point clear(Plot plot, List<EventRow> events, double from, double to) {
        double best = from;
        double width = 0;
        double left = from;
        List<Double> stops = new ArrayList<>();
        for (EventRow event : events) {
            if (plot.x().shows(event.plannedS())) {
                stops.add(plot.x().at(event.plannedS()));
            }
        }
        stops.add(to);
        stops.sort(null);
        for (double stop : stops) {
            if (stop > left && stop <= to) {
                if (stop - left > width) {
                    width = stop - left;
                    best = left;
                }
                left = stop;
            }
        }
        return new Point(best + width / 2, width);
    }

    private static int row(List<double[]> taken, double from, double to) {
        int row = 0;
        for (int i = 0; i < taken.size(); i++) {
            double[] other = taken.get(i);
            if (other[0] == row && from < other[2] && to > other[1]) {
                row++;
                i = -1; // the next row may be taken by an earlier one
            }
        }
        return row;
    }
}
