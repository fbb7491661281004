package vini.experiment.report;

import vini.experiment.repeat.Distribution;

import java.util.ArrayList;
import java.util.List;

/** How one figure is distributed over many runs: its empirical distribution function. */
final class DistributionFigure {
    private static final double HEIGHT = 260;
    private static final double LEFT = 42;
    private static final double TOP = 40;
    private static final double BOTTOM = HEIGHT - 42;
    private static final double MARGIN = 0.04;

    private DistributionFigure() {}

    static Figure of(Distribution distribution, String name) {
        Drawing drawing = new Drawing();
        double span = distribution.max() - distribution.min();
        double margin = span > 0 ? span * MARGIN : Math.max(1e-3, Math.abs(distribution.max()));
        Scale x =
                new Scale(
                        distribution.min() - margin,
                        distribution.max() + margin,
                        LEFT,
                        Figure.WIDTH - 4);
        Plot plot = new Plot(drawing, x, new Scale(0, 1, BOTTOM, TOP));
        plot.yAxis("part of the runs", 5, true);
        plot.xAxis(distribution.figure(), 10);
        List<Point> steps = new ArrayList<>();
        List<Double> values = distribution.values();
        for (int i = 0; i < values.size(); i++) {
            steps.add(new Point(values.get(i), (i + 1.0) / values.size()));
        }
        plot.stairs(steps, Stroke.of(Ink.SERIES, 1.8));
        plot.feet(values, Ink.MUTED);
        drawing.data("value,part_of_the_runs");
        steps.forEach(step -> drawing.data(step.x() + "," + step.y()));
        mark(plot, "median", distribution.quantile(0.5));
        return drawing.figure(
                name,
                "Distribution of " + distribution.figure(),
                distribution.figure()
                        + " over "
                        + values.size()
                        + " runs: the part of them in which it was at most so much. Median "
                        + Decimals.fixed(distribution.quantile(0.5), 3)
                        + ", mean "
                        + Decimals.fixed(distribution.mean(), 3)
                        + "; the marks at the foot are the single runs.",
                Figure.WIDTH,
                HEIGHT);
    }

    private static void mark(Plot plot, String what, double value) {
        double at = plot.x().at(value);
        plot.drawing().line(at, plot.top(), at, plot.bottom(), Stroke.of(Ink.MUTED, 1));
        plot.drawing()
                .text(
                        at + 5,
                        plot.top() + 12,
                        what + " " + Decimals.fixed(value, 3),
                        TextStyle.of(Ink.TEXT, 11.5).withHalo());
    }
}
