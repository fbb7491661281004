package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.BooksRow;
import vini.experiment.run.Run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** When packets were dropped, and why: a row of bars for each reason. */
final class DropsFigure {
    private static final double TOP = 50;
    private static final double ROW = 46;
    private static final double BARS = 30;
    private static final double BAR_MIN = 2;
    private static final int ROWS_MAX = 12;
    private static final TextStyle NAME = TextStyle.of(Ink.TEXT, 11);
    private static final TextStyle NUMBER = TextStyle.of(Ink.MUTED, 11);

    private DropsFigure() {}

    /** Drops of one reason, in steps of time. */
    private static final class Row {
        private final String reason;
        private final long[] steps;

        Row(String reason, long[] steps) {
            this.reason = reason;
            this.steps = steps;
        }

        String reason() {
            return reason;
        }

        long all() {
            return LongStream.of(steps).sum();
        }

        long most() {
            return LongStream.of(steps).max().orElse(0);
        }
    }

    /** Null if nothing was dropped from t = 0 on, or nobody has counted. */
    static @Nullable Figure of(Run run) {
        double endS = Math.max(run.endS(), 1);
        List<BooksRow> books = run.books().stream().filter(row -> row.timeS() >= 0).toList();
        if (books.size() < 2) {
            return null;
        }
        double room = Figure.WIDTH - 4;
        int stepS = (int) Math.max(1, Math.ceil(endS * BAR_MIN / room));
        List<Row> rows = rows(books, stepS);
        if (rows.isEmpty()) {
            return null;
        }
        double widest = 0;
        double widestNumber = 0;
        List<Row> shown = rows.subList(0, Math.min(ROWS_MAX, rows.size()));
        for (Row row : shown) {
            widest = Math.max(widest, NAME.width(row.reason()));
            widestNumber = Math.max(widestNumber, NUMBER.width(number(row, stepS)));
            widestNumber = Math.max(widestNumber, NUMBER.width(inAll(row)));
        }
        double left = widest + 14;
        double bottom = TOP + shown.size() * ROW;
        Drawing drawing = new Drawing();
        Scale x = new Scale(0, endS, left, Figure.WIDTH - 10 - widestNumber);
        Plot plot = new Plot(drawing, x, new Scale(0, 1, bottom, TOP));
        EventMarks.draw(plot, run.events());
        for (int i = 0; i < shown.size(); i++) {
            bars(drawing, x, shown.get(i), TOP + (i + 1) * ROW - 6, stepS, endS);
        }
        plot.xAxis("time (s)", 11);
        data(drawing, rows, stepS);
        return drawing.figure(
                "drops",
                "Dropped packets by reason over time",
                "Packets that were dropped, by reason; each bar is "
                        + (stepS == 1 ? "a second" : stepS + " seconds")
                        + ", and each row has a scale of its own, whose end is written beside it."
                        + (shown.size() < rows.size()
                                ? " The "
                                        + shown.size()
                                        + " most frequent of "
                                        + rows.size()
                                        + " reasons are shown."
                                : ""),
                Figure.WIDTH,
                bottom + 40);
    }

    /** The most frequent reason first. */
    private static List<Row> rows(List<BooksRow> books, int stepS) {
        Map<String, long[]> steps = new TreeMap<>();
        int number = (int) (books.getLast().timeS() / stepS) + 1;
        for (int i = 1; i < books.size(); i++) {
            BooksRow before = books.get(i - 1);
            BooksRow now = books.get(i);
            // What happened up to a full second belongs to the second that ends there.
            int at = Math.clamp((long) Math.ceil(now.timeS() / stepS - 1e-9) - 1, 0, number - 1);
            now.dropped()
                    .forEach(
                            (reason, count) -> {
                                long more = count - before.dropped(reason);
                                if (more > 0) {
                                    steps.computeIfAbsent(reason, r -> new long[number])[at] +=
                                            more;
                                }
                            });
        }
        List<Row> rows = new ArrayList<>();
        steps.forEach((reason, counts) -> rows.add(new Row(reason, counts)));
        rows.sort(Comparator.comparingLong(Row::all).reversed().thenComparing(Row::reason));
        return rows;
    }

    private static String number(Row row, int stepS) {
        return Decimals.count(row.most()) + (stepS == 1 ? " /s" : " in " + stepS + " s");
    }

    private static String inAll(Row row) {
        return Decimals.count(row.all()) + " in all";
    }

    private static void bars(
            Drawing drawing, Scale x, Row row, double base, int stepS, double endS) {
        drawing.text(x.from() - 8, base - 4, row.reason(), NAME.end());
        drawing.text(x.to() + 8, base - BARS + 8, number(row, stepS), NUMBER);
        drawing.text(x.to() + 8, base - 4, inAll(row), NUMBER);
        drawing.line(x.from(), base, x.to(), base, Stroke.of(Ink.GRID, 1));
        for (int i = 0; i < row.steps.length; i++) {
            double from = x.at(Math.min(endS, (double) i * stepS));
            double to = x.at(Math.min(endS, (double) (i + 1) * stepS));
            if (row.steps[i] > 0 && to > from) {
                double height = Math.max(1, BARS * row.steps[i] / row.most());
                double gap = to - from > 4 ? 1 : 0;
                drawing.box(from, base - height, to - from - gap, height, Ink.FAILURE);
            }
        }
    }

    private static void data(Drawing drawing, List<Row> rows, int stepS) {
        drawing.data("from_s,to_s,reason,packets");
        for (Row row : rows) {
            for (int i = 0; i < row.steps.length; i++) {
                if (row.steps[i] > 0) {
                    drawing.data(
                            String.format(
                                    Locale.ROOT,
                                    "%d,%d,%s,%d",
                                    i * stepS,
                                    (i + 1) * stepS,
                                    row.reason(),
                                    row.steps[i]));
                }
            }
        }
    }
}
