package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.EventRow;
import vini.experiment.run.NeighborRow;
import vini.experiment.run.Network;
import vini.experiment.run.RouteRow;
import vini.experiment.run.Run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** When each router changed its FIB and its neighbours, one row per router, around each change. */
final class ConvergenceFigure {
    private static final double GAP_S = 1;
    private static final double MOMENT_S = 0.002;
    private static final int PANELS_MAX = 4;
    private static final int ROWS_MAX = 60;
    private static final double GUTTER = 18;
    private static final double TOP = 46;
    private static final TextStyle NAME = TextStyle.of(Ink.TEXT, 11);

    private ConvergenceFigure() {}

    /** Null when nothing changed after t = 0. */
    static @Nullable Figure of(Run run) {
        List<double[]> clusters = clusters(run);
        if (clusters.isEmpty()) {
            return null;
        }
        List<double[]> shown = clusters.subList(0, Math.min(PANELS_MAX, clusters.size()));
        List<String> rows = rows(run);
        double names = 12;
        for (String row : rows) {
            names = Math.max(names, NAME.width(row) + 12);
        }
        double height = rows.size() > 30 ? 12 : 16;
        double bottom = TOP + rows.size() * height;
        Drawing drawing = new Drawing();
        for (int i = 0; i < rows.size(); i++) {
            drawing.text(names - 10, TOP + (i + 0.5) * height + 4, rows.get(i), NAME.end());
        }
        double shares = shown.stream().mapToDouble(ConvergenceFigure::share).sum();
        double room = Figure.WIDTH - 4 - names - (shown.size() - 1) * GUTTER;
        double left = names;
        for (double[] cluster : shown) {
            double width = room * share(cluster) / shares;
            panel(drawing, run, cluster, rows, left, width, height);
            left += width + GUTTER;
        }
        data(drawing, run);
        long changed = changed(run);
        String more =
                (clusters.size() > shown.size()
                                ? " The first "
                                        + shown.size()
                                        + " of "
                                        + clusters.size()
                                        + " bursts are shown."
                                : "")
                        + (changed > rows.size()
                                ? " The rows are the "
                                        + rows.size()
                                        + " of "
                                        + changed
                                        + " routers with the most changes."
                                : "");
        return drawing.figure(
                "convergence",
                "Changes of FIBs and neighbours, by router",
                "Convergence, one row per router and one panel for each burst of changes; times are"
                        + " milliseconds after the burst's first change. Dots are changes of the"
                        + " FIB, larger for more; diamonds are neighbours lost (red) and full"
                        + " (green)."
                        + more,
                Figure.WIDTH,
                bottom + 40);
    }

    /** All changes from t = 0 on, also those that the figure has no room for. */
    private static void data(Drawing drawing, Run run) {
        drawing.data("t_s,router,change");
        for (RouteRow row : run.routes()) {
            if (row.timeS() >= 0) {
                drawing.data(
                        String.format(
                                Locale.ROOT,
                                "%.6f,%s,%s %s",
                                row.timeS(),
                                row.node(),
                                row.set() ? "set" : "remove",
                                row.prefix()));
            }
        }
        for (NeighborRow row : run.neighbors()) {
            if (row.timeS() >= 0 && ink(row) != null) {
                drawing.data(
                        String.format(
                                Locale.ROOT,
                                "%.6f,%s,neighbour %s %s",
                                row.timeS(),
                                row.node(),
                                row.neighbor(),
                                row.to()));
            }
        }
    }

    /** A burst of a single moment needs little room. */
    private static double share(double[] cluster) {
        return cluster[1] - cluster[0] < MOMENT_S ? 0.42 : 1;
    }

    /** First and last time of each burst of changes. */
    private static List<double[]> clusters(Run run) {
        TreeSet<Double> times = new TreeSet<>();
        run.routes().forEach(row -> times.add(row.timeS()));
        run.neighbors().stream()
                .filter(row -> ink(row) != null)
                .forEach(row -> times.add(row.timeS()));
        List<double[]> clusters = new ArrayList<>();
        for (double time : times.tailSet(0.0)) {
            if (clusters.isEmpty() || time - clusters.getLast()[1] > GAP_S) {
                clusters.add(new double[] {time, time});
            }
            clusters.getLast()[1] = time;
        }
        return clusters;
    }

    private static List<String> rows(Run run) {
        TreeSet<String> changed = new TreeSet<>();
        run.routes().stream()
                .filter(row -> row.timeS() >= 0)
                .forEach(row -> changed.add(row.node()));
        run.neighbors().stream()
                .filter(row -> row.timeS() >= 0)
                .forEach(row -> changed.add(row.node()));
        List<String> known = run.network().nodes().stream().map(Network.Node::name).toList();
        if (known.size() <= ROWS_MAX && known.containsAll(changed)) {
            return known;
        }
        Map<String, Integer> counts = new TreeMap<>();
        run.routes().stream()
                .filter(row -> row.timeS() >= 0)
                .forEach(row -> counts.merge(row.node(), 1, Integer::sum));
        List<String> most =
                changed.stream()
                        .sorted(Comparator.comparingInt(node -> -counts.getOrDefault(node, 0)))
                        .limit(ROWS_MAX)
                        .toList();
        // In the order of the file, as far as it has them.
        List<String> rows = new ArrayList<>(known);
        rows.retainAll(most);
        most.stream().filter(node -> !rows.contains(node)).forEach(rows::add);
        return rows;
    }

    private static long changed(Run run) {
        return Stream.concat(
                        run.routes().stream().filter(row -> row.timeS() >= 0).map(RouteRow::node),
                        run.neighbors().stream()
                                .filter(row -> row.timeS() >= 0)
                                .map(NeighborRow::node))
                .distinct()
                .count();
    }

    private static void panel(
            Drawing drawing,
            Run run,
            double[] cluster,
            List<String> rows,
            double left,
            double width,
            double height) {
        boolean moment = share(cluster) < 1;
        double spanMs = (cluster[1] - cluster[0]) * 1e3;
        double bottom = TOP + rows.size() * height;
        Scale x =
                moment
                        ? new Scale(-2, 8, left, left + width)
                        : new Scale(-0.06 * spanMs, spanMs * 1.06, left, left + width);
        Plot plot = new Plot(drawing, x, new Scale(0, 1, bottom, TOP));
        for (int i = 0; i < rows.size(); i++) {
            double y = TOP + (i + 0.5) * height;
            drawing.line(left, y, left + width, y, Stroke.of(Ink.GRID, 1));
        }
        plot.xAxis("ms", width > 250 ? 6 : moment ? 2 : 3);
        drawing.text(
                left,
                TOP - 24,
                Decimals.fixed(cluster[0], 3) + " s",
                TextStyle.of(Ink.TEXT, 11.5).inBold());
        TextStyle small = TextStyle.of(Ink.MUTED, 10.5);
        drawing.text(left, TOP - 10, small.fit(since(run, cluster[0]), width + 10), small);
        dots(drawing, run, cluster, rows, x, height);
        for (NeighborRow row : run.neighbors()) {
            Ink ink = ink(row);
            int at = rows.indexOf(row.node());
            if (ink != null && at >= 0 && row.timeS() >= cluster[0] && row.timeS() <= cluster[1]) {
                double px = x.at((row.timeS() - cluster[0]) * 1e3);
                double py = TOP + (at + 0.5) * height;
                diamond(drawing, px, py, ink);
            }
        }
    }

    private static void dots(
            Drawing drawing, Run run, double[] cluster, List<String> rows, Scale x, double height) {
        Map<Point, Integer> counts = new LinkedHashMap<>();
        for (RouteRow row : run.routes()) {
            int at = rows.indexOf(row.node());
            if (at >= 0 && row.timeS() >= cluster[0] && row.timeS() <= cluster[1]) {
                double px = Math.rint(x.at((row.timeS() - cluster[0]) * 1e3) / 2) * 2;
                counts.merge(new Point(px, TOP + (at + 0.5) * height), 1, Integer::sum);
            }
        }
        counts.forEach(
                (point, count) ->
                        drawing.dots(
                                List.of(point),
                                Math.min(height / 2 - 0.5, 1.5 + 0.8 * Math.sqrt(count)),
                                Ink.SERIES));
    }

    private static void diamond(Drawing drawing, double x, double y, Ink ink) {
        double r = 4.6;
        drawing.shape(
                List.of(
                        new Point(x, y - r),
                        new Point(x + r, y),
                        new Point(x, y + r),
                        new Point(x - r, y)),
                ink);
    }

    /** Lost or full; null for the states between, which say little here. */
    private static @Nullable Ink ink(NeighborRow row) {
        if (row.to().equalsIgnoreCase("full")) {
            return Ink.REPAIR;
        }
        return row.from().equalsIgnoreCase("full") ? Ink.FAILURE : null;
    }

    /** The event before it: {@code 7.21 s after fail dnvr-kscy}. */
    private static String since(Run run, double timeS) {
        EventRow last = null;
        for (EventRow event : run.events()) {
            if (event.plannedS() <= timeS) {
                last = event;
            }
        }
        return last == null
                ? "after the start"
                : Decimals.fixed(timeS - last.plannedS(), 2) + " s after " + last.words();
    }
}
