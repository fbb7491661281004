package vini.experiment.report;

import vini.experiment.analysis.TraceResult;
import vini.experiment.analysis.TracedStretch;
import vini.experiment.analysis.Walk;
import vini.experiment.run.EventRow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which path packets took when: a row for each path, its name above its bars. */
final class TraceFigure {
    /** More paths than that are in the table only. */
    private static final int ROWS_MAX = 14;

    private static final double LEFT = 4;
    private static final double TOP = 62;
    private static final double ROW = 32;
    private static final double BAR_TOP = 17;
    private static final double BAR = 8;
    private static final TextStyle NAME = TextStyle.of(Ink.TEXT, 10.5).withHalo();

    private TraceFigure() {}

    static Figure of(TraceResult trace, List<EventRow> events, double endS) {
        Map<String, List<TracedStretch>> paths = new LinkedHashMap<>();
        for (TracedStretch stretch : trace.stretches()) {
            paths.computeIfAbsent(name(stretch), name -> new ArrayList<>()).add(stretch);
        }
        int shown = Math.min(ROWS_MAX, paths.size());
        double bottom = TOP + Math.max(1, shown) * ROW + 4;
        Drawing drawing = new Drawing();
        Scale x = new Scale(0, Math.max(endS, 0.001), LEFT, Figure.WIDTH - 4);
        Plot plot = new Plot(drawing, x, new Scale(0, 1, bottom, TOP));
        plot.xAxis("time (s)", 11);
        EventMarks.draw(plot, events);
        int row = 0;
        for (Map.Entry<String, List<TracedStretch>> path : paths.entrySet()) {
            if (row < shown) {
                row(plot, path.getKey(), path.getValue(), TOP + row * ROW);
                row++;
            }
        }
        data(drawing, trace);
        return drawing.figure(
                trace.probe().name(),
                "Paths traced from " + trace.probe().from() + " to " + trace.probe().to(),
                caption(trace, shown, paths.size()),
                Figure.WIDTH,
                bottom + 42);
    }

    private static String name(TracedStretch stretch) {
        return String.join(" ", stretch.path()) + (stretch.reached() ? "" : " …");
    }

    private static void row(Plot plot, String name, List<TracedStretch> stretches, double top) {
        List<Box> arrived = new ArrayList<>();
        List<Box> vanished = new ArrayList<>();
        List<Box> others = new ArrayList<>();
        for (TracedStretch stretch : stretches) {
            double from = plot.x().at(plot.x().clamp(stretch.fromS()));
            double width = Math.max(1, plot.x().at(plot.x().clamp(stretch.toS())) - from);
            Box bar = new Box(from, top + BAR_TOP, width, BAR);
            (stretch.reached() ? arrived : vanished).add(bar);
            if (stretch.fib() != null) {
                others.add(new Box(from, top + BAR_TOP + BAR + 1.5, width, 2));
            }
        }
        plot.drawing().boxes(arrived, Ink.SERIES);
        plot.drawing().boxes(vanished, Ink.LINK);
        plot.drawing().boxes(others, Ink.FAILURE);
        double from = plot.x().at(plot.x().clamp(stretches.getFirst().fromS()));
        String text = NAME.fit(name, plot.right() - plot.left());
        double at = Math.min(from, plot.right() - NAME.width(text));
        plot.drawing().text(Math.max(plot.left(), at), top + BAR_TOP - 4, text, NAME);
    }

    private static void data(Drawing drawing, TraceResult trace) {
        drawing.data("from_s,to_s,rounds,reached,path,fib");
        for (TracedStretch stretch : trace.stretches()) {
            Walk fib = stretch.fib();
            drawing.data(
                    String.format(
                            Locale.ROOT,
                            "%.6f,%.6f,%d,%b,%s,%s",
                            stretch.fromS(),
                            stretch.toS(),
                            stretch.rounds(),
                            stretch.reached(),
                            String.join(" ", stretch.path()),
                            fib == null ? "" : String.join(" ", fib.nodes())));
        }
    }

    private static String caption(TraceResult trace, int shown, int all) {
        boolean vanished = trace.stretches().stream().anyMatch(stretch -> !stretch.reached());
        return "The paths that packets took from "
                + trace.probe().from()
                + " to "
                + trace.probe().to()
                + " (probe "
                + trace.probe().name()
                + "), by growing TTL, a row for each."
                + (vanished ? " Grey are times in which nothing arrived." : "")
                + (trace.disagreements().isEmpty()
                        ? " The FIBs always had the same path."
                        : " Red lines below are times in which the FIBs had another one.")
                + (shown < all ? " The first " + shown + " of " + all + " paths are shown." : "");
    }
}
