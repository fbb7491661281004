package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.Summary;
import vini.experiment.run.EchoRow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The round-trip times of one probe in several runs, over each other. */
final class CompareFigure {
    private static final double HEIGHT = 300;
    private static final double LEFT = 42;
    private static final double TOP = 52;
    private static final double BOTTOM = HEIGHT - 42;
    private static final List<Ink> INKS = List.of(Ink.SERIES, Ink.FAILURE, Ink.REPAIR, Ink.MUTED);

    private CompareFigure() {}

    /** How many runs can be told apart. */
    static int most() {
        return INKS.size();
    }

    /** Null if no run has such a probe with an answer. */
    static @Nullable Figure of(String probe, List<String> names, List<Summary> runs) {
        List<ProbeResult.Ping> pings = new ArrayList<>();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double end = 0.001;
        for (Summary run : runs) {
            ProbeResult.Ping ping = find(run, probe);
            if (ping == null) {
                continue;
            }
            pings.add(ping);
            end = Math.max(end, run.analysis().run().endS());
            for (EchoRow row : ping.probe().rows()) {
                if (row.answered()) {
                    low = Math.min(low, row.rttMs());
                    high = Math.max(high, row.rttMs());
                }
            }
        }
        if (pings.size() < runs.size() || low > high) {
            return null;
        }
        double pad = Math.max((high - low) * 0.14, Math.max(0.04 * high, 0.05));
        Drawing drawing = new Drawing();
        Plot plot =
                new Plot(
                        drawing,
                        new Scale(0, end, LEFT, Figure.WIDTH - 4),
                        new Scale(Math.max(0, low - pad), high + pad, BOTTOM, TOP));
        plot.yAxis("round-trip time of " + probe + " (ms)", 6, true);
        plot.xAxis("time (s)", 11);
        double legend = Figure.WIDTH - 4;
        for (int i = pings.size() - 1; i >= 0; i--) {
            Ink ink = INKS.get(i);
            TextStyle style = TextStyle.of(ink, 12).inBold().end();
            drawing.text(legend, TOP - 24, names.get(i), style);
            legend -= style.width(names.get(i)) + 18;
            dots(plot, pings.get(i), ink, i);
        }
        drawing.data("run,sent_s,rtt_ms");
        for (int i = 0; i < pings.size(); i++) {
            for (EchoRow row : pings.get(i).probe().rows()) {
                String rtt = row.answered() ? String.format(Locale.ROOT, "%.4f", row.rttMs()) : "";
                drawing.data(
                        String.format(Locale.ROOT, "%s,%.6f,%s", names.get(i), row.sentS(), rtt));
            }
        }
        return drawing.figure(
                "compare-" + probe,
                "Round-trip times of " + probe + " in several runs",
                "Round-trip times of probe "
                        + probe
                        + " in all runs, one dot per answer: "
                        + String.join(", ", names)
                        + ". Ticks at the foot, a row for each run, are echoes without an answer.",
                Figure.WIDTH,
                HEIGHT);
    }

    private static ProbeResult.@Nullable Ping find(Summary run, String probe) {
        for (ProbeResult result : run.analysis().probes()) {
            if (result instanceof ProbeResult.Ping ping && result.probe().name().equals(probe)) {
                return ping;
            }
        }
        return null;
    }

    private static void dots(Plot plot, ProbeResult.Ping ping, Ink ink, int level) {
        List<Point> answered = new ArrayList<>();
        List<Double> lost = new ArrayList<>();
        for (EchoRow row : ping.probe().rows()) {
            if (row.answered()) {
                answered.add(new Point(row.sentS(), row.rttMs()));
            } else {
                lost.add(row.sentS());
            }
        }
        plot.feet(lost, ink, level);
        plot.drawing().dots(plot.places(answered), 1.5, ink);
    }
}
