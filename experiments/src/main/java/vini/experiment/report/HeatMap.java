package vini.experiment.report;

import vini.experiment.run.EventRow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rows of cells over time, the darker the more, with event marks and a key to the colours. */
final class HeatMap {
    /** Columns of a map at most: what the eye can tell apart. */
    static final int COLUMNS_MAX = 270;

    private static final List<Ink> HEAT =
            List.of(
                    Ink.HEAT_0,
                    Ink.HEAT_1,
                    Ink.HEAT_2,
                    Ink.HEAT_3,
                    Ink.HEAT_4,
                    Ink.HEAT_5,
                    Ink.HEAT_6,
                    Ink.HEAT_7);

    private static final double TOP = 62;
    private static final double LABELS_MAX = 150;
    private static final double GAP = 1;

    /** A row: a value for each column (NaN for none), and whether its cell bears a mark. */
    static final class Row {
        private final String name;
        private final String label;
        private final double[] values;
        private final boolean[] marked;

        /**
         * Takes what it shows.
         *
         * @param name in the data of the figure
         * @param label in the figure
         */
        Row(String name, String label, double[] values, boolean[] marked) {
            this.name = name;
            this.label = label;
            this.values = values;
            this.marked = marked;
        }

        double greatest() {
            return Arrays.stream(values).max().orElse(0);
        }
    }

    /**
     * What the colours mean.
     *
     * @param column of the values in the data of the figure
     * @param bounds a value belongs to the first level whose bound it is below; 7 of them
     * @param labels of the levels, 8 of them; a level without a label is not in the key
     */
    record Key(String title, String column, List<Double> bounds, List<String> labels) {
        int level(double value) {
            int level = 0;
            while (level < bounds.size() && value >= bounds.get(level)) {
                level++;
            }
            return level;
        }
    }

    private final List<Row> rows;
    private final Key key;
    private final double endS;
    private final double columnS;

    /**
     * @param columnS how long a column is
     */
    HeatMap(List<Row> rows, Key key, double endS, double columnS) {
        this.rows = rows;
        this.key = key;
        this.endS = endS;
        this.columnS = columnS;
    }

    private double rowHeight() {
        return rows.size() <= 30 ? 14 : 11;
    }

    Figure draw(String name, String title, String caption, List<EventRow> events) {
        Drawing drawing = new Drawing();
        TextStyle label = TextStyle.of(Ink.TEXT, rowHeight() > 12 ? 10.5 : 9).end();
        double widest = 0;
        for (Row row : rows) {
            widest = Math.max(widest, label.width(row.label));
        }
        double left = Math.min(LABELS_MAX, widest) + 8;
        double bottom = TOP + rows.size() * rowHeight();
        Scale x = new Scale(0, Math.max(endS, 0.001), left, Figure.WIDTH - 4);
        Plot plot = new Plot(drawing, x, new Scale(0, rows.size(), bottom, TOP));
        cells(plot);
        for (int i = 0; i < rows.size(); i++) {
            double y = TOP + (i + 0.5) * rowHeight() + label.size() * 0.35;
            drawing.text(left - 6, y, label.fit(rows.get(i).label, LABELS_MAX), label);
        }
        plot.xAxis("time (s)", 11);
        EventMarks.draw(plot, events);
        key(drawing, left, bottom + 33);
        data(drawing);
        return drawing.figure(name, title, caption, Figure.WIDTH, bottom + 42);
    }

    /** A line for each cell that has a value; those at zero only where packets were dropped. */
    private void data(Drawing drawing) {
        drawing.data("from_s,to_s,link," + key.column() + ",dropped");
        for (Row row : rows) {
            for (int i = 0; i < row.values.length; i++) {
                if (row.values[i] > 0 || row.marked[i]) {
                    drawing.data(
                            String.format(
                                    Locale.ROOT,
                                    "%.6f,%.6f,%s,%.6f,%b",
                                    i * columnS,
                                    Math.min(endS, (i + 1) * columnS),
                                    row.name,
                                    row.values[i],
                                    row.marked[i]));
                }
            }
        }
    }

    private void cells(Plot plot) {
        SortedMap<Integer, List<Box>> levels = new TreeMap<>();
        List<Point> onLight = new ArrayList<>();
        List<Point> onDark = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            double y = TOP + i * rowHeight();
            int from = 0;
            for (int column = 0; column < row.values.length; column++) {
                int level = level(row, column);
                if (column + 1 == row.values.length || level(row, column + 1) != level) {
                    double left = at(plot, from);
                    levels.computeIfAbsent(level, l -> new ArrayList<>())
                            .add(new Box(left, y, at(plot, column + 1) - left, rowHeight() - GAP));
                    from = column + 1;
                }
                if (row.marked[column]) {
                    double middle = (at(plot, column) + at(plot, column + 1)) / 2;
                    Point point = new Point(middle, y + (rowHeight() - GAP) / 2);
                    (level >= 4 ? onDark : onLight).add(point);
                }
            }
        }
        levels.forEach((level, boxes) -> plot.drawing().boxes(boxes, HEAT.get(level)));
        plot.drawing().dots(onLight, 1.1, Ink.FAILURE);
        plot.drawing().dots(onDark, 1.1, Ink.PAPER);
    }

    private int level(Row row, int column) {
        double value = row.values[column];
        return Double.isNaN(value) ? 0 : key.level(value);
    }

    private double at(Plot plot, int column) {
        return plot.x().at(Math.min(endS, column * columnS));
    }

    private void key(Drawing drawing, double left, double y) {
        TextStyle style = TextStyle.of(Ink.MUTED, 10.5);
        drawing.text(left, y, key.title(), style);
        double x = left + style.width(key.title()) + 12;
        for (int level = 0; level < HEAT.size(); level++) {
            String label = key.labels().get(level);
            if (!label.isEmpty()) {
                drawing.box(x, y - 9, 14, 10, HEAT.get(level));
                drawing.text(x + 18, y, label, style);
                x += 18 + style.width(label) + 12;
            }
        }
    }
}
