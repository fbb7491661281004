package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Spread;
import vini.experiment.run.EchoRow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * More echoes than there is room for dots: for each narrow stretch of time the least, the median
 * and the greatest round-trip time. No echo is left out, so the one that stands out is seen.
 */
final class RttEnvelope {
    /** So many dots can be drawn, and told apart. */
    private static final int DOTS_MAX = 8000;

    /** How wide a stretch is, in figure units. */
    private static final double COLUMN = 1;

    /** A band that is thinner than that would not be seen. */
    private static final double THIN = 1.2;

    private final double stretchS;
    private final List<@Nullable Spread> columns;

    private RttEnvelope(double stretchS, List<@Nullable Spread> columns) {
        this.stretchS = stretchS;
        this.columns = columns;
    }

    /** Null if there are few enough answers for dots. */
    static @Nullable RttEnvelope of(List<EchoRow> rows, Plot plot) {
        long answered = rows.stream().filter(EchoRow::answered).count();
        if (answered <= DOTS_MAX) {
            return null;
        }
        int number = (int) Math.floor((plot.right() - plot.left()) / COLUMN);
        double stretch = (plot.x().high() - plot.x().low()) / number;
        double[][] values = new double[number][16];
        int[] sizes = new int[number];
        for (EchoRow row : rows) {
            int at = (int) Math.floor((row.sentS() - plot.x().low()) / stretch);
            if (row.answered() && at >= 0 && at < number) {
                if (sizes[at] == values[at].length) {
                    values[at] = Arrays.copyOf(values[at], 2 * sizes[at]);
                }
                values[at][sizes[at]++] = row.rttMs();
            }
        }
        List<@Nullable Spread> columns = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            columns.add(Spread.of(Arrays.copyOf(values[i], sizes[i])));
        }
        return new RttEnvelope(stretch, columns);
    }

    /** A band for each run of stretches that have answers, and the medians on it. */
    void draw(Plot plot) {
        int from = 0;
        while (from < columns.size()) {
            int to = from;
            while (to < columns.size() && columns.get(to) != null) {
                to++;
            }
            if (to > from) {
                band(plot, from, to);
            }
            from = to + 1;
        }
    }

    private void band(Plot plot, int from, int to) {
        List<Point> upper = new ArrayList<>();
        List<Point> lower = new ArrayList<>();
        List<Point> middle = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Spread spread = columns.get(i);
            if (spread == null) {
                continue;
            }
            double left = plot.x().at(plot.x().low() + i * stretchS);
            double right = plot.x().at(plot.x().low() + (i + 1) * stretchS);
            double top = plot.y().at(spread.max());
            double bottom = Math.max(plot.y().at(spread.min()), top + THIN);
            double median = plot.y().at(spread.median());
            upper.addAll(List.of(new Point(left, top), new Point(right, top)));
            lower.addAll(List.of(new Point(left, bottom), new Point(right, bottom)));
            middle.addAll(List.of(new Point(left, median), new Point(right, median)));
        }
        List<Point> around = new ArrayList<>(upper);
        around.addAll(lower.reversed());
        plot.drawing().shape(around, Ink.ENVELOPE);
        plot.drawing().line(middle, Stroke.of(Ink.SERIES, 1.3));
    }

    /** How it is to be read, for a caption. */
    String words() {
        return "one column for each "
                + Decimals.shortest(stretchS, 2)
                + " s: the band reaches from the least to the greatest in it, the line is the"
                + " median; no echo is left out.";
    }
}
