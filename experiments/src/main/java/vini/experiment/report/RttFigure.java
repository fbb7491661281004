package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Outage;
import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.Spread;
import vini.experiment.analysis.SteadyPart;
import vini.experiment.analysis.Walk;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round-trip time over the time of the run: the figure 8 of the VINI paper. */
final class RttFigure {
    private static final double HEIGHT = 316;
    private static final double LEFT = 42;
    private static final double TOP = 62;
    private static final double BOTTOM = HEIGHT - 42;

    private RttFigure() {}

    static Figure of(ProbeResult.Ping ping, List<EventRow> events, double endS, String name) {
        Drawing drawing = new Drawing();
        Scale x = new Scale(0, Math.max(endS, 0.001), LEFT, Figure.WIDTH - 4);
        Plot plot = new Plot(drawing, x, yScale(ping, BOTTOM, TOP));
        for (Outage outage : ping.outages()) {
            plot.band(outage.fromS(), outage.endOr(endS));
        }
        plot.yAxis("round-trip time (ms)", 6, true);
        plot.xAxis("time (s)", 11);
        EventMarks.draw(plot, events);
        RttEnvelope envelope = RttEnvelope.of(ping.probe().rows(), plot);
        if (envelope == null) {
            dots(plot, ping, 1.5);
        } else {
            envelope.draw(plot);
        }
        data(drawing, ping.probe().rows());
        for (Outage outage : ping.outages()) {
            outage(plot, outage, events, endS);
        }
        for (ProbeResult.PingPhase phase : ping.phases()) {
            median(plot, phase);
        }
        String ends = ping.probe().from() + " to " + ping.probe().to();
        return drawing.figure(
                name,
                "Round-trip time from " + ends + " over time",
                caption(ping, envelope),
                Figure.WIDTH,
                HEIGHT);
    }

    /** The same for all figures of a probe's round-trip times, so that they can be compared. */
    static Scale yScale(ProbeResult.Ping ping, double bottom, double top) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (EchoRow row : ping.probe().rows()) {
            if (row.answered()) {
                low = Math.min(low, row.rttMs());
                high = Math.max(high, row.rttMs());
            }
        }
        if (low > high) {
            return new Scale(0, 1, bottom, top);
        }
        double pad = Math.max((high - low) * 0.14, Math.max(0.04 * high, 0.05));
        double from = low - 1.6 * pad < 0.35 * high ? 0 : low - 1.6 * pad;
        return new Scale(from, high + pad, bottom, top);
    }

    static void dots(Plot plot, ProbeResult.Ping ping, double radius) {
        List<Point> answered = new ArrayList<>();
        List<Double> lost = new ArrayList<>();
        for (EchoRow row : ping.probe().rows()) {
            if (row.answered()) {
                answered.add(new Point(row.sentS(), row.rttMs()));
            } else {
                lost.add(row.sentS());
            }
        }
        plot.feet(lost, Ink.FAILURE);
        plot.drawing().dots(plot.places(answered), radius, Ink.SERIES);
    }

    private static void outage(Plot plot, Outage outage, List<EventRow> events, double endS) {
        double from = plot.x().at(plot.x().clamp(outage.fromS()));
        double to = plot.x().at(plot.x().clamp(outage.endOr(endS)));
        Double duration = outage.durationS();
        String text =
                duration == null
                        ? "no answer any more"
                        : "outage " + Decimals.fixed(duration, 1) + " s";
        TextStyle style = TextStyle.of(Ink.FAILURE, 11.5).middle();
        double y = plot.bottom() - 16;
        Point clear = EventMarks.clear(plot, events, from, to);
        if (style.width(text) + 6 < clear.y()) {
            plot.drawing().text(clear.x(), y, text, style);
        } else if (to + style.width(text) + 8 < plot.right()) {
            plot.drawing().text(to + 4, y, text, TextStyle.of(Ink.FAILURE, 11.5).withHalo());
        }
    }

    /** The median directly at the dots, and the way that they took where there is room for it. */
    private static void median(Plot plot, ProbeResult.PingPhase phase) {
        SteadyPart steady = phase.steady();
        Spread rtt = phase.rttMs();
        if (steady == null || rtt == null) {
            return;
        }
        double from = plot.x().at(steady.fromS());
        double to = plot.x().at(steady.toS());
        double middle = (from + to) / 2;
        // Clear of the dots, unless they are spread so far that the numbers would lose them.
        double above = Math.max(plot.y().at(rtt.max()), plot.y().at(rtt.median()) - 26) - 7;
        double below = Math.min(plot.y().at(rtt.min()), plot.y().at(rtt.median()) + 26) + 15;
        String value = Decimals.fixed(rtt.median(), 1) + " ms";
        TextStyle style = TextStyle.of(Ink.SERIES, 12).middle().inBold().withHalo();
        if (style.width(value) < to - from) {
            plot.drawing().text(middle, above, value, style);
            String way = way(phase.path());
            TextStyle small = TextStyle.of(Ink.MUTED, 10.5).middle().inItalic().withHalo();
            if (way != null && small.width(way) < to - from - 4) {
                plot.drawing().text(middle, below, way, small);
            }
        }
    }

    /** The nodes between the ends: {@code by nycm chin}. Null when there are none. */
    static @Nullable String way(@Nullable Walk walk) {
        if (walk == null || !walk.arrives() || walk.nodes().size() < 2) {
            return null;
        }
        List<String> between = walk.nodes().subList(1, walk.nodes().size() - 1);
        return between.isEmpty() ? "directly" : "by " + String.join(" ", between);
    }

    /** What was drawn: each echo, with an empty cell where there was no answer. */
    static void data(Drawing drawing, List<EchoRow> rows) {
        drawing.data("sent_s,rtt_ms");
        for (EchoRow row : rows) {
            drawing.data(
                    row.answered()
                            ? String.format(Locale.ROOT, "%.6f,%.4f", row.sentS(), row.rttMs())
                            : String.format(Locale.ROOT, "%.6f,", row.sentS()));
        }
    }

    private static String caption(ProbeResult.Ping ping, @Nullable RttEnvelope envelope) {
        int lost = ping.sent() - ping.received();
        return String.format(
                        Locale.ROOT,
                        "Round-trip time of the echoes from %s to %s (probe %s), %s",
                        ping.probe().from(),
                        ping.probe().to(),
                        ping.probe().name(),
                        envelope == null
                                ? "one dot per answer at the time it was asked for."
                                : envelope.words())
                + (lost > 0
                        ? " Ticks at the foot are the "
                                + Decimals.count(lost)
                                + " echoes without an answer; outages are shaded."
                        : " Every echo was answered.")
                + " Numbers are medians of the steady part of each phase.";
    }
}
