package vini.experiment.report;

import vini.experiment.analysis.Outage;
import vini.experiment.analysis.Quantiles;
import vini.experiment.analysis.SteadyPart;
import vini.experiment.analysis.UdpPart;
import vini.experiment.analysis.UdpResult;
import vini.experiment.run.EventRow;
import vini.experiment.run.UdpFlow;
import vini.experiment.run.UdpRow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A flow of datagrams over the time of a run: what was sent and received, and the delay below. */
final class UdpFigure {
    private static final double HEIGHT = 430;
    private static final double LEFT = 42;
    private static final double TOP = 62;
    private static final double RATE_BOTTOM = 176;
    private static final double DELAY_TOP = 226;
    private static final double BOTTOM = HEIGHT - 42;

    /** Rows beyond what the eye can tell apart are drawn together. */
    private static final int CELLS_MAX = 360;

    private static final double KILO = 1000;

    private UdpFigure() {}

    /** Some slices that are drawn as one. */
    private record Cell(
            double fromS,
            double toS,
            double sentMbps,
            double mbps,
            long lost,
            double min,
            double mean,
            double max) {}

    static Figure of(UdpResult udp, List<EventRow> events, double endS) {
        Drawing drawing = new Drawing();
        List<Cell> cells = cells(udp.probe(), endS);
        Scale x = new Scale(0, Math.max(endS, 0.001), LEFT, Figure.WIDTH - 4);
        double unit = most(cells) < 1 ? KILO : 1;
        rates(new Plot(drawing, x, rateScale(cells, unit)), udp, cells, events, endS, unit);
        delays(new Plot(drawing, x, delayScale(cells)), udp, cells, events, endS);
        UdpFlow probe = udp.probe();
        data(drawing, cells);
        return drawing.figure(
                probe.name(),
                "Datagrams from " + probe.from() + " to " + probe.to() + " over time",
                "Datagrams from "
                        + probe.from()
                        + " to "
                        + probe.to()
                        + " (probe "
                        + probe.name()
                        + "). Above: what was received per second, and in grey what was sent;"
                        + (udp.whole().lost() > 0
                                ? " ticks at the foot are times of which some was lost ("
                                        + Decimals.count(udp.whole().lost())
                                        + " datagrams in all)."
                                : " nothing was lost.")
                        + " Below: the one-way delay, its mean as a line and its range shaded, at"
                        + " the time of sending. Numbers are medians of the steady part of each"
                        + " phase.",
                Figure.WIDTH,
                HEIGHT);
    }

    private static void data(Drawing drawing, List<Cell> cells) {
        drawing.data(
                "from_s,to_s,sent_mbps,received_mbps,lost,delay_ms_min,delay_ms_mean,delay_ms_max");
        for (Cell cell : cells) {
            drawing.data(
                    String.format(
                                    Locale.ROOT,
                                    "%.6f,%.6f,%.6f,%.6f,%d,",
                                    cell.fromS(),
                                    cell.toS(),
                                    cell.sentMbps(),
                                    cell.mbps(),
                                    cell.lost())
                            + (Double.isNaN(cell.mean())
                                    ? ",,"
                                    : String.format(
                                            Locale.ROOT,
                                            "%.4f,%.4f,%.4f",
                                            cell.min(),
                                            cell.mean(),
                                            cell.max())));
        }
    }

    /** The slices, several together if there are many; those in which nothing was sent, too. */
    private static List<Cell> cells(UdpFlow flow, double endS) {
        double slices = Math.max(1, endS / flow.sliceS());
        double width = flow.sliceS() * Math.ceil(slices / CELLS_MAX);
        List<Cell> cells = new ArrayList<>();
        int next = 0;
        List<UdpRow> rows = flow.rows();
        for (double from = 0; from < endS - 1e-9; from = cells.size() * width) {
            double to = Math.min(endS, from + width);
            long sent = 0;
            long received = 0;
            long lost = 0;
            double sum = 0;
            double min = Double.POSITIVE_INFINITY;
            double max = 0;
            for (; next < rows.size() && rows.get(next).timeS() < to - 1e-6; next++) {
                UdpRow row = rows.get(next);
                sent += row.sent();
                received += row.received();
                lost += row.lost();
                if (row.received() > 0) {
                    sum += row.delayMsMean() * row.received();
                    min = Math.min(min, row.delayMsMin());
                    max = Math.max(max, row.delayMsMax());
                }
            }
            cells.add(
                    new Cell(
                            from,
                            to,
                            flow.mbps(sent, from, to),
                            flow.mbps(received, from, to),
                            lost,
                            min,
                            received == 0 ? Double.NaN : sum / received,
                            max));
        }
        return cells;
    }

    private static double most(List<Cell> cells) {
        double most = 0;
        for (Cell cell : cells) {
            most = Math.max(most, Math.max(cell.sentMbps(), cell.mbps()));
        }
        return most;
    }

    private static Scale rateScale(List<Cell> cells, double unit) {
        double most = most(cells) * unit;
        return new Scale(0, most > 0 ? most * 1.12 : 1, RATE_BOTTOM, TOP);
    }

    private static Scale delayScale(List<Cell> cells) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (Cell cell : cells) {
            low = Math.min(low, cell.min());
            high = Math.max(high, cell.max());
        }
        if (low > high) {
            return new Scale(0, 1, BOTTOM, DELAY_TOP);
        }
        double pad = Math.max((high - low) * 0.16, Math.max(0.04 * high, 0.05));
        double from = low - 1.6 * pad < 0.35 * high ? 0 : low - 1.6 * pad;
        return new Scale(from, high + 1.4 * pad, BOTTOM, DELAY_TOP);
    }

    private static void rates(
            Plot plot,
            UdpResult udp,
            List<Cell> cells,
            List<EventRow> events,
            double endS,
            double unit) {
        bands(plot, udp, endS);
        plot.yAxis(unit == 1 ? "rate (Mb/s)" : "rate (kb/s)", 4, true);
        plot.base();
        EventMarks.draw(plot, events);
        List<Double> lost = new ArrayList<>();
        List<Point> sent = new ArrayList<>();
        List<Point> received = new ArrayList<>();
        for (Cell cell : cells) {
            step(plot, sent, cell, cell.sentMbps() * unit);
            step(plot, received, cell, cell.mbps() * unit);
            if (cell.lost() > 0) {
                lost.add((cell.fromS() + cell.toS()) / 2);
            }
        }
        plot.drawing().line(sent, Stroke.of(Ink.LINK, 1.2));
        plot.drawing().line(received, Stroke.of(Ink.SERIES, 1.6));
        plot.feet(lost, Ink.FAILURE);
    }

    private static void step(Plot plot, List<Point> line, Cell cell, double value) {
        double y = plot.y().at(value);
        double from = plot.x().at(cell.fromS());
        if (!line.isEmpty() && line.getLast().y() == y) {
            line.removeLast();
        } else {
            line.add(new Point(from, y));
        }
        line.add(new Point(plot.x().at(cell.toS()), y));
    }

    private static void delays(
            Plot plot, UdpResult udp, List<Cell> cells, List<EventRow> events, double endS) {
        bands(plot, udp, endS);
        plot.yAxis("one-way delay (ms)", 5, true);
        plot.xAxis("time (s)", 11);
        EventMarks.draw(plot, events, false);
        List<Point> line = new ArrayList<>();
        List<Cell> run = new ArrayList<>();
        for (Cell cell : cells) {
            if (Double.isNaN(cell.mean())) {
                range(plot, run, line);
            } else {
                run.add(cell);
            }
        }
        range(plot, run, line);
        for (UdpResult.UdpPhase phase : udp.phases()) {
            median(plot, phase);
        }
    }

    /** Draws cells without a gap between them, and forgets them. */
    private static void range(Plot plot, List<Cell> run, List<Point> line) {
        List<Point> edge = new ArrayList<>();
        for (Cell cell : run) {
            edge.add(new Point(plot.x().at(cell.fromS()), plot.y().at(cell.max())));
            edge.add(new Point(plot.x().at(cell.toS()), plot.y().at(cell.max())));
            step(plot, line, cell, cell.mean());
        }
        for (Cell cell : run.reversed()) {
            edge.add(new Point(plot.x().at(cell.toS()), plot.y().at(cell.min())));
            edge.add(new Point(plot.x().at(cell.fromS()), plot.y().at(cell.min())));
        }
        if (!edge.isEmpty()) {
            plot.drawing().shape(edge, Ink.RANGE);
            plot.drawing().line(line, Stroke.of(Ink.SERIES, 1.6));
        }
        run.clear();
        line.clear();
    }

    private static void bands(Plot plot, UdpResult udp, double endS) {
        for (Outage outage : udp.outages()) {
            plot.band(outage.fromS(), outage.endOr(endS));
        }
    }

    private static void median(Plot plot, UdpResult.UdpPhase phase) {
        SteadyPart part = phase.steadyPart();
        UdpPart steady = phase.steady();
        Quantiles delay = steady == null ? null : steady.delayMs();
        if (part == null || delay == null) {
            return;
        }
        double from = plot.x().at(part.fromS());
        double to = plot.x().at(part.toS());
        String text = Decimals.fixed(delay.median(), 1) + " ms";
        TextStyle style = TextStyle.of(Ink.SERIES, 12).middle().inBold().withHalo();
        if (style.width(text) < to - from) {
            double above = plot.y().at(delay.p95()) - 7;
            plot.drawing().text((from + to) / 2, Math.max(plot.top() + 12, above), text, style);
        }
    }
}
