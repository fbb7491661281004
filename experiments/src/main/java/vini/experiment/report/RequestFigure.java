package vini.experiment.report;

import vini.experiment.analysis.Quantiles;
import vini.experiment.analysis.RequestPart;
import vini.experiment.analysis.RequestResult;
import vini.experiment.analysis.SteadyPart;
import vini.experiment.run.EventRow;
import vini.experiment.run.RequestRow;
import vini.experiment.run.Requests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Response times over the time of a run: a dot each, and a tick for each request that failed. */
final class RequestFigure {
    private static final double HEIGHT = 316;
    private static final double LEFT = 42;
    private static final double TOP = 62;
    private static final double BOTTOM = HEIGHT - 42;

    private RequestFigure() {}

    static Figure of(RequestResult result, List<EventRow> events, double endS) {
        Requests probe = result.probe();
        List<Point> times = new ArrayList<>();
        List<Double> failed = new ArrayList<>();
        double most = 0;
        for (RequestRow row : probe.rows()) {
            if (row.answered()) {
                times.add(new Point(row.sentS(), row.timeMs()));
                most = Math.max(most, row.timeMs());
            } else {
                failed.add(row.sentS());
            }
        }
        Drawing drawing = new Drawing();
        data(drawing, probe.rows());
        Scale x = new Scale(0, Math.max(endS, 0.001), LEFT, Figure.WIDTH - 4);
        Plot plot = new Plot(drawing, x, new Scale(0, most > 0 ? most * 1.12 : 1, BOTTOM, TOP));
        plot.yAxis("response time (ms)", 6, true);
        plot.xAxis("time (s)", 11);
        EventMarks.draw(plot, events);
        plot.feet(failed, Ink.FAILURE);
        drawing.dots(plot.places(times), 1.5, Ink.SERIES);
        for (RequestResult.RequestPhase phase : result.phases()) {
            median(plot, phase);
        }
        return drawing.figure(
                probe.name(),
                "Response times from " + probe.from() + " to " + probe.to() + " over time",
                "How long the responses to requests from "
                        + probe.from()
                        + " to "
                        + probe.to()
                        + " (probe "
                        + probe.name()
                        + ") took, one dot each at the time of asking."
                        + (failed.isEmpty()
                                ? " None failed."
                                : " Ticks at the foot are the "
                                        + Decimals.count(failed.size())
                                        + " requests without a response.")
                        + " Numbers are medians of the steady part of each phase.",
                Figure.WIDTH,
                HEIGHT);
    }

    private static void data(Drawing drawing, List<RequestRow> rows) {
        drawing.data("sent_s,time_ms,failure");
        for (RequestRow row : rows) {
            drawing.data(
                    row.answered()
                            ? String.format(Locale.ROOT, "%.6f,%.4f,", row.sentS(), row.timeMs())
                            : String.format(Locale.ROOT, "%.6f,,%s", row.sentS(), row.failure()));
        }
    }

    private static void median(Plot plot, RequestResult.RequestPhase phase) {
        SteadyPart part = phase.steadyPart();
        RequestPart steady = phase.steady();
        Quantiles time = steady == null ? null : steady.timeMs();
        if (part == null || time == null) {
            return;
        }
        String text = Decimals.fixed(time.median(), 1) + " ms";
        TextStyle style = TextStyle.of(Ink.SERIES, 12).middle().inBold().withHalo();
        double from = plot.x().at(part.fromS());
        double to = plot.x().at(part.toS());
        if (style.width(text) < to - from) {
            // Above the dots, unless they are spread so far that the number would lose them.
            double y = Math.max(plot.y().at(time.p99()), plot.y().at(time.median()) - 30) - 7;
            plot.drawing().text((from + to) / 2, Math.max(plot.top() + 12, y), text, style);
        }
    }
}
