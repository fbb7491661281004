package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.FibHistory.TimedWalk;
import vini.experiment.analysis.Outage;
import vini.experiment.analysis.ProbeResult;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Round-trip times around each moment of failure and recovery, enlarged. */
final class MomentsFigure {
    /** Moments that are closer are shown as one. */
    private static final double GAP_S = 1.5;

    private static final double BEFORE_S = 0.7;
    private static final double AFTER_S = 1.3;
    private static final int PANELS_MAX = 6;
    private static final double LEFT = 42;
    private static final double GUTTER = 26;
    private static final double PANEL_HEIGHT = 150;
    private static final double HEAD = 40;
    private static final double FOOT = 40;

    private MomentsFigure() {}

    /** Null when nothing happened. */
    static @Nullable Figure of(
            ProbeResult.Ping ping,
            List<EventRow> events,
            List<TimedWalk> walks,
            double endS,
            String name) {
        List<Moment> moments = moments(ping, events, walks, endS);
        if (moments.isEmpty() || ping.received() == 0) {
            return null;
        }
        int columns = moments.size() <= 3 ? moments.size() : 2;
        int rows = (moments.size() + columns - 1) / columns;
        double width = (Figure.WIDTH - 4 - LEFT - (columns - 1) * GUTTER) / columns;
        Drawing drawing = new Drawing();
        for (int i = 0; i < moments.size(); i++) {
            double left = LEFT + (i % columns) * (width + GUTTER);
            int row = i / columns;
            double top = HEAD + row * (HEAD + PANEL_HEIGHT + FOOT);
            boolean last = i + columns >= moments.size();
            panel(drawing, moments.get(i), left, top, width, ping, events, walks, last);
        }
        drawing.data("moment,sent_s,rtt_ms");
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            for (EchoRow row : ping.probe().rows()) {
                if (row.sentS() >= moment.fromS() && row.sentS() <= moment.toS()) {
                    drawing.data(
                            (i + 1)
                                    + (row.answered()
                                            ? String.format(
                                                    Locale.ROOT,
                                                    ",%.6f,%.4f",
                                                    row.sentS(),
                                                    row.rttMs())
                                            : String.format(Locale.ROOT, ",%.6f,", row.sentS())));
                }
            }
        }
        double height = rows * (HEAD + PANEL_HEIGHT + FOOT) + 4;
        return drawing.figure(
                name,
                "Round-trip time around each moment of change",
                "The same echoes around each moment of change, enlarged."
                        + " Dotted lines are changes of the way that the FIBs give from "
                        + ping.probe().from()
                        + " to "
                        + ping.probe().to()
                        + "; the way back may change at other times.",
                Figure.WIDTH,
                height);
    }

    /** What to enlarge, and what to call it. */
    private record Moment(double fromS, double toS, String title) {}

    private static List<Moment> moments(
            ProbeResult.Ping ping, List<EventRow> events, List<TimedWalk> walks, double endS) {
        TreeSet<Double> times = new TreeSet<>();
        events.forEach(event -> times.add(event.plannedS()));
        walks.forEach(walk -> times.add(walk.fromS()));
        for (Outage outage : ping.outages()) {
            times.add(outage.fromS());
            if (outage.toS() != null) {
                times.add(outage.toS());
            }
        }
        List<Moment> moments = new ArrayList<>();
        double from = Double.NaN;
        double to = Double.NaN;
        for (double time : times) {
            if (time <= 0 || time >= endS) {
                continue;
            }
            if (!Double.isNaN(from) && time - to > GAP_S) {
                moments.add(moment(from, to, ping, events));
                from = Double.NaN;
            }
            from = Double.isNaN(from) ? time : from;
            to = time;
        }
        if (!Double.isNaN(from)) {
            moments.add(moment(from, to, ping, events));
        }
        return moments.subList(0, Math.min(PANELS_MAX, moments.size()));
    }

    private static Moment moment(
            double from, double to, ProbeResult.Ping ping, List<EventRow> events) {
        String what = "";
        for (EventRow event : events) {
            if (event.plannedS() >= from && event.plannedS() <= to) {
                what += (what.isEmpty() ? "" : ", ") + event.words();
            }
        }
        for (Outage outage : ping.outages()) {
            Double end = outage.toS();
            if (what.isEmpty() && end != null && end >= from && end <= to) {
                what = "answers again";
            }
        }
        String title = what.isEmpty() ? "the way changes" : what;
        return new Moment(
                Math.max(0, from - BEFORE_S),
                to + AFTER_S,
                Decimals.fixed(from, 1) + " s: " + title);
    }

    private static void panel(
            Drawing drawing,
            Moment moment,
            double left,
            double top,
            double width,
            ProbeResult.Ping ping,
            List<EventRow> events,
            List<TimedWalk> walks,
            boolean last) {
        double bottom = top + PANEL_HEIGHT;
        Scale x = new Scale(moment.fromS(), moment.toS(), left, left + width);
        Plot plot = new Plot(drawing, x, RttFigure.yScale(ping, bottom, top));
        for (Outage outage : ping.outages()) {
            plot.band(outage.fromS(), outage.endOr(moment.toS()));
        }
        boolean first = left == LEFT;
        plot.yAxis(first && top == HEAD ? "ms" : "", 4, first);
        plot.xAxis(last ? "time (s)" : "", width > 250 ? 6 : 4);
        for (TimedWalk walk : walks) {
            if (walk.fromS() > 0 && x.shows(walk.fromS())) {
                double at = x.at(walk.fromS());
                drawing.line(at, top, at, bottom, Stroke.of(Ink.AXIS, 0.9).dotted());
            }
        }
        EventMarks.draw(plot, events, false);
        RttFigure.dots(plot, ping, 2.1);
        TextStyle title = TextStyle.of(Ink.TEXT, 11.5).inBold();
        drawing.text(left, top - 12, title.fit(moment.title(), width), title);
    }
}
