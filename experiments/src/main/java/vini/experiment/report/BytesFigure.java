package vini.experiment.report;

import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.Stall;
import vini.experiment.analysis.SteadyPart;
import vini.experiment.run.ArrivalRow;
import vini.experiment.run.EventRow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bytes received over time, whole and at the restart: figure 9 a and b of the VINI paper. */
final class BytesFigure {
    private static final double HEIGHT = 316;
    private static final double LEFT = 42;
    private static final double TOP = 62;
    private static final double BOTTOM = HEIGHT - 42;

    /** How much of a restart is shown: about six round trips of slow start and as many more. */
    private static final double ROUND_TRIPS = 14;

    private static final double AFTER_S = 1.75;

    private BytesFigure() {}

    static Figure whole(ProbeResult.Tcp tcp, List<EventRow> events, double endS, String name) {
        Drawing drawing = new Drawing();
        Unit unit = Unit.of(tcp.bytes());
        Scale x = new Scale(0, Math.max(endS, 0.001), LEFT, Figure.WIDTH - 4);
        Scale y = new Scale(0, Math.max(tcp.bytes() / unit.bytes() * 1.06, 1e-3), BOTTOM, TOP);
        Plot plot = new Plot(drawing, x, y);
        for (Stall stall : tcp.stalls()) {
            plot.band(stall.fromS(), stall.endOr(endS));
        }
        plot.yAxis("bytes received (" + unit.name() + ")", 6, true);
        plot.xAxis("time (s)", 11);
        EventMarks.draw(plot, events);
        List<Point> values = new ArrayList<>();
        drawing.data(ArrivalRow.HEADER);
        for (ArrivalRow row : tcp.probe().rows()) {
            values.add(new Point(row.timeS(), row.bytes() / unit.bytes()));
            drawing.data(row.line());
        }
        plot.stairs(values, Stroke.of(Ink.SERIES, 1.8));
        for (Stall stall : tcp.stalls()) {
            stall(plot, stall, events, endS);
        }
        for (ProbeResult.TcpPhase phase : tcp.phases()) {
            rate(plot, phase, values);
        }
        long window = tcp.probe().windowBytes();
        return drawing.figure(
                name,
                "Bytes received over time",
                "Bytes that the TCP flow from "
                        + tcp.probe().from()
                        + " to "
                        + tcp.probe().to()
                        + " (probe "
                        + tcp.probe().name()
                        + (window > 0 ? ", window " + Decimals.count(window) + " bytes" : "")
                        + ") had delivered, "
                        + Decimals.bytes(tcp.bytes())
                        + " in all."
                        + (tcp.stalls().isEmpty() ? "" : " Stalls are shaded.")
                        + " Rates are those of the steady part of each phase.",
                Figure.WIDTH,
                HEIGHT);
    }

    /** What happened when bytes came again after a stall that ended. */
    static Figure restart(
            ProbeResult.Tcp tcp, Stall stall, double againS, double roundTripMs, String name) {
        double after =
                roundTripMs > 0 ? Math.clamp(ROUND_TRIPS * roundTripMs / 1e3, 0.02, 10) : AFTER_S;
        double low = againS - after / 6;
        double high = againS + after;
        long base = 0;
        long most = 0;
        List<Point> values = new ArrayList<>();
        for (ArrivalRow row : tcp.probe().rows()) {
            if (row.timeS() < againS - 1e-9) {
                base = row.bytes();
            } else if (row.timeS() <= high) {
                most = row.bytes() - base;
            }
        }
        Unit unit = Unit.of(most);
        for (ArrivalRow row : tcp.probe().rows()) {
            if (row.timeS() >= low && row.timeS() <= high) {
                values.add(
                        new Point(
                                row.timeS(),
                                (double) Math.max(0, row.bytes() - base) / unit.bytes()));
            }
        }
        Drawing drawing = new Drawing();
        double height = HEIGHT - 20;
        Scale x = new Scale(low, high, LEFT, Figure.WIDTH - 4);
        Scale y = new Scale(0, Math.max(most / unit.bytes() * 1.08, 1e-3), height - 42, TOP - 20);
        Plot plot = new Plot(drawing, x, y);
        plot.band(Math.max(low, stall.fromS()), againS);
        plot.yAxis("bytes received since the stall (" + unit.name() + ")", 5, true);
        plot.xAxis("time (s)", 10);
        plot.stairs(values, Stroke.of(Ink.LINK, 0.9));
        drawing.data("t_s,bytes_since_the_stall");
        for (Point value : values) {
            drawing.data(
                    String.format(
                            Locale.ROOT,
                            "%.6f,%d",
                            value.x(),
                            Math.round(value.y() * unit.bytes())));
        }
        drawing.dots(plot.places(values), 1.7, Ink.SERIES);
        String length = Decimals.fixed(againS - stall.fromS(), 1) + " s";
        drawing.text(
                x.at(againS) + 10,
                plot.top() + 14,
                "first bytes after " + length,
                TextStyle.of(Ink.FAILURE, 11.5).withHalo());
        if (roundTripMs > 0) {
            roundTrip(plot, x.at(againS) + 10, roundTripMs);
        }
        return drawing.figure(
                name,
                "Bytes received after the stall",
                "The restart enlarged: each dot is an arrival of bytes at the receiver after the"
                        + " stall that ended at "
                        + Decimals.fixed(againS, 2)
                        + " s. In slow start each round trip brings twice as many as the one"
                        + " before, until the window is full.",
                Figure.WIDTH,
                height);
    }

    private static void stall(Plot plot, Stall stall, List<EventRow> events, double endS) {
        double from = plot.x().at(plot.x().clamp(stall.fromS()));
        double to = plot.x().at(plot.x().clamp(stall.endOr(endS)));
        String text = "stall " + Decimals.fixed(stall.endOr(endS) - stall.fromS(), 1) + " s";
        TextStyle style = TextStyle.of(Ink.FAILURE, 11.5).middle();
        Point clear = EventMarks.clear(plot, events, from, to);
        if (style.width(text) + 6 < clear.y()) {
            plot.drawing().text(clear.x(), plot.bottom() - 16, text, style);
        }
    }

    /** The rate of a phase, to the left above the line, or right below where there is no room. */
    private static void rate(Plot plot, ProbeResult.TcpPhase phase, List<Point> values) {
        SteadyPart steady = phase.steady();
        Double mbps = phase.mbps();
        if (steady == null || mbps == null || mbps <= 0) {
            return;
        }
        double middle = (steady.fromS() + steady.toS()) / 2;
        double value = 0;
        for (Point point : values) {
            if (point.x() > middle) {
                break;
            }
            value = point.y();
        }
        String text = Decimals.rate(mbps);
        double x = plot.x().at(middle);
        double y = plot.y().at(value);
        TextStyle style = TextStyle.of(Ink.SERIES, 12).inBold().withHalo();
        double width = style.width(text) + 10;
        if (x - width > plot.x().at(phase.phase().fromS())) {
            plot.drawing().text(x - 7, y - 7, text, style.end());
        } else if (x + width < plot.x().at(phase.phase().toS())) {
            plot.drawing().text(x + 8, y + 15, text, style);
        }
    }

    /** A bar as long as a round trip, to measure the steps with. */
    private static void roundTrip(Plot plot, double from, double roundTripMs) {
        double length = plot.x().at(plot.x().low() + roundTripMs / 1e3) - plot.left();
        double y = plot.top() + 48;
        Stroke thin = Stroke.of(Ink.TEXT, 1);
        plot.drawing().line(from, y, from + length, y, thin);
        plot.drawing().line(from, y - 3, from, y + 3, thin);
        plot.drawing().line(from + length, y - 3, from + length, y + 3, thin);
        plot.drawing()
                .text(
                        from,
                        y - 8,
                        "one round trip, " + Decimals.fixed(roundTripMs, 1) + " ms",
                        TextStyle.of(Ink.TEXT, 11).withHalo());
    }

    /** A decimal unit in which a number of bytes is easy to read. */
    private record Unit(String name, double bytes) {
        static Unit of(long most) {
            return most >= 2e9
                    ? new Unit("GB", 1e9)
                    : most >= 2e6 ? new Unit("MB", 1e6) : new Unit("kB", 1e3);
        }
    }
}
