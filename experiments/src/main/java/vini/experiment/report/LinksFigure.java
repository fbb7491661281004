package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.LinkLoad;
import vini.experiment.analysis.LinksResult;
import vini.experiment.run.EventRow;
import vini.experiment.run.LinkRow;
import vini.experiment.run.RunFolder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How busy links were, and how long their queues: a row each, over the time of a run. */
final class LinksFigure {
    /** More directions than this cannot be read: then the busiest are shown. */
    private static final int ROWS_MAX = 40;

    private static final List<Double> SHARES = List.of(0.005, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98);
    private static final List<String> SHARE_LABELS =
            List.of("idle", "< 10 %", "25", "50", "75", "90", "98", "full");

    private static final double MEGA = 1e6;

    private final LinksResult links;
    private final double endS;
    private final int columns;
    private final double columnS;

    private LinksFigure(LinksResult links, double endS) {
        this.links = links;
        this.endS = endS;
        double looks = Math.max(1, endS / links.probe().everyS());
        this.columnS = links.probe().everyS() * Math.ceil(looks / HeatMap.COLUMNS_MAX);
        this.columns = (int) Math.max(1, Math.ceil(endS / columnS - 1e-6));
    }

    /** What one direction did, column by column. */
    private final class Line {
        final String name;
        final String label;
        final double[] bits = new double[columns];
        final double[] share = new double[columns];
        final double[] lengthS = new double[columns];
        final double[] queue = new double[columns];
        final boolean[] dropped = new boolean[columns];

        Line(LinkLoad load) {
            this.name = load.from() + "-" + load.to();
            this.label = load.from() + " → " + load.to();
        }

        void add(LinkRow row) {
            int column = (int) ((row.timeS() + row.lengthS() / 2) / columnS);
            if (row.timeS() + row.lengthS() / 2 < 0 || column >= columns) {
                return;
            }
            bits[column] += row.bitsPerSecond() * row.lengthS();
            share[column] += row.rate() > 0 ? row.utilisation() * row.lengthS() : 0;
            lengthS[column] += row.lengthS();
            queue[column] = Math.max(queue[column], row.queueMax());
            dropped[column] |= row.dropped() > 0;
        }

        /** Looks without a row were at an idle link. */
        private double[] mean(double[] sums, double unit) {
            double[] means = new double[columns];
            for (int i = 0; i < columns; i++) {
                means[i] = sums[i] / Math.max(columnS, lengthS[i]) / unit;
            }
            return means;
        }
    }

    static List<Figure> of(LinksResult links, List<EventRow> events, double endS) {
        LinksFigure figure = new LinksFigure(links, endS);
        List<Figure> figures = new ArrayList<>();
        List<LinkLoad> loads = links.whole().loads();
        if (loads.isEmpty()) {
            return figures;
        }
        figures.add(figure.use(events));
        Figure queues = figure.queues(events);
        if (queues != null) {
            figures.add(queues);
        }
        return figures;
    }

    /** What these directions did, in that order. */
    private List<Line> lines(List<LinkLoad> loads) {
        Map<String, Line> lines = new LinkedHashMap<>();
        loads.forEach(load -> lines.put(load.from() + " " + load.to(), new Line(load)));
        for (LinkRow row : links.probe().rows()) {
            Line line = lines.get(row.from() + " " + row.to());
            if (line != null) {
                line.add(row);
            }
        }
        return List.copyOf(lines.values());
    }

    /** The rows of lines; of those beyond the first ones there is a row of their maxima. */
    private List<HeatMap.Row> rows(List<Line> lines, Function<Line, double[]> values) {
        List<HeatMap.Row> rows = new ArrayList<>();
        double[] most = new double[columns];
        boolean[] dropped = new boolean[columns];
        for (Line line : lines) {
            double[] of = values.apply(line);
            if (rows.size() < ROWS_MAX) {
                rows.add(new HeatMap.Row(line.name, line.label, of, line.dropped));
                continue;
            }
            for (int i = 0; i < columns; i++) {
                most[i] = Math.max(most[i], of[i]);
                dropped[i] |= line.dropped[i];
            }
        }
        if (lines.size() > ROWS_MAX) {
            int others = lines.size() - ROWS_MAX;
            rows.add(new HeatMap.Row("others", "most of " + others + " others", most, dropped));
        }
        return rows;
    }

    private String which(int all) {
        return all > ROWS_MAX
                ? " The "
                        + ROWS_MAX
                        + " first of "
                        + all
                        + " directions have a row each; the last row is the greatest of all others."
                : "";
    }

    private Figure use(List<EventRow> events) {
        List<LinkLoad> loads = links.whole().loads();
        List<Line> lines = lines(loads);
        boolean limited = loads.stream().allMatch(load -> load.useMean() != null);
        List<HeatMap.Row> rows =
                rows(
                        lines,
                        line -> limited ? line.mean(line.share, 1) : line.mean(line.bits, MEGA));
        double most = rows.stream().mapToDouble(HeatMap.Row::greatest).max().orElse(0);
        HeatMap.Key key =
                limited
                        ? new HeatMap.Key("share of the rate", "share", SHARES, SHARE_LABELS)
                        : linear("Mb/s", "mbps", most, 0.002 * most);
        return new HeatMap(rows, key, endS, columnS)
                .draw(
                        links.probe().name(),
                        "How busy links were over time",
                        (limited
                                        ? "What links carried as a share of their rate"
                                        : "What links carried in Mb/s (not all of them have a rate"
                                                + " that limits them)")
                                + ", a row for each direction, the busiest first. Dots are times"
                                + " at which packets were dropped."
                                + which(lines.size()),
                        events);
    }

    /** Of those that ever had a queue; one is the packet that is being sent. */
    private @Nullable Figure queues(List<EventRow> events) {
        List<LinkLoad> loads =
                links.whole().loads().stream()
                        .filter(load -> load.queueMax() > 1)
                        .sorted(Comparator.comparingInt(LinkLoad::queueMax).reversed())
                        .toList();
        if (loads.isEmpty()) {
            return null;
        }
        List<HeatMap.Row> rows = rows(lines(loads), line -> line.queue);
        HeatMap.Key key = linear("packets", "packets", loads.getFirst().queueMax(), 1);
        return new HeatMap(rows, key, endS, columnS)
                .draw(
                        links.probe().name() + RunFolder.QUEUES,
                        "Queues of links over time",
                        "The longest queue of each direction of a link that ever had one, the"
                                + " packet that is being sent included; the longest first. Dots"
                                + " are times at which packets were dropped."
                                + which(loads.size()),
                        events);
    }

    /** Equal steps up to the most; what is below the least is level 0. */
    private static HeatMap.Key linear(String title, String column, double most, double least) {
        List<Double> bounds = new ArrayList<>(List.of(least));
        List<String> labels = new ArrayList<>(List.of("0"));
        int steps = SHARES.size() - 1;
        for (int i = 1; i <= steps; i++) {
            bounds.add(i == steps ? Double.MAX_VALUE : Math.max(least, most * i / steps));
            String bound = Decimals.shortest(most * i / steps, most < 10 ? 1 : 0);
            labels.add(i == 1 ? "≤ " + bound : bound);
        }
        labels.add("");
        return new HeatMap.Key(title, column, bounds, labels);
    }
}
