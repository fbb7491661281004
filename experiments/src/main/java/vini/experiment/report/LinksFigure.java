package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.LinkLoad;
import vini.experiment.analysis.LinksResult;
import vini.experiment.run.EventRow;
import vini.experiment.run.LinkRow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        List<Line> lines = figure.lines();
        if (lines.isEmpty()) {
            return figures;
        }
        figures.add(figure.use(lines, events));
        Figure queues = figure.queues(lines, events);
        if (queues != null) {
            figures.add(queues);
        }
        return figures;
    }

    /** The busiest directions, in that order. */
    private List<Line> lines() {
        Map<String, Line> lines = new LinkedHashMap<>();
        for (LinkLoad load : links.whole().loads()) {
            if (lines.size() < ROWS_MAX) {
                lines.put(load.from() + " " + load.to(), new Line(load));
            }
        }
        for (LinkRow row : links.probe().rows()) {
            Line line = lines.get(row.from() + " " + row.to());
            if (line != null) {
                line.add(row);
            }
        }
        return List.copyOf(lines.values());
    }

    private String which(int shown) {
        int all = links.whole().loads().size();
        return shown < all
                ? " The "
                        + shown
                        + " busiest of "
                        + all
                        + " directions are shown; all are in "
                        + links.probe().name()
                        + ".csv."
                : "";
    }

    private Figure use(List<Line> lines, List<EventRow> events) {
        boolean limited =
                links.whole().loads().stream()
                        .limit(lines.size())
                        .allMatch(load -> load.useMean() != null);
        double most = 0;
        for (Line line : lines) {
            for (double mbps : line.mean(line.bits, MEGA)) {
                most = Math.max(most, mbps);
            }
        }
        HeatMap.Key key =
                limited
                        ? new HeatMap.Key("share of the rate", "share", SHARES, SHARE_LABELS)
                        : linear("Mb/s", "mbps", most, 0.002 * most);
        List<HeatMap.Row> rows = new ArrayList<>();
        for (Line line : lines) {
            double[] values = limited ? line.mean(line.share, 1) : line.mean(line.bits, MEGA);
            rows.add(new HeatMap.Row(line.name, line.label, values, line.dropped));
        }
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

    private @Nullable Figure queues(List<Line> lines, List<EventRow> events) {
        List<HeatMap.Row> rows = new ArrayList<>();
        double most = 0;
        for (Line line : lines) {
            double longest = Arrays.stream(line.queue).max().orElse(0);
            if (longest > 1) { // one is the packet that is being sent
                rows.add(new HeatMap.Row(line.name, line.label, line.queue, line.dropped));
                most = Math.max(most, longest);
            }
        }
        if (rows.isEmpty()) {
            return null;
        }
        return new HeatMap(rows, linear("packets", "packets", most, 1), endS, columnS)
                .draw(
                        links.probe().name() + "-queues",
                        "Queues of links over time",
                        "The longest queue of each direction of a link, the packet that is being"
                                + " sent included; those that ever had one. Dots are times at which"
                                + " packets were dropped.",
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
