package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.LinkHistory;
import vini.experiment.analysis.Phase;
import vini.experiment.analysis.Walk;
import vini.experiment.run.Network;
import vini.experiment.run.Probe;
import vini.experiment.run.Run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The network as a map, once per phase: the way of a probe and what had failed. */
final class MapFigure {
    private static final int PANELS_MAX = 6;
    private static final int NAMES_MAX = 60;
    private static final int NETWORK_MAX = 40;
    private static final double GUTTER = 14;
    private static final double HEAD = 36;
    private static final double MARGIN = 20;

    private MapFigure() {}

    /**
     * The whole network with names and delays, as wide as the text; null when it is not known or
     * too large for that.
     */
    static @Nullable Figure network(Network network) {
        if (network.nodes().isEmpty() || network.nodes().size() > NETWORK_MAX) {
            return null;
        }
        Map<String, Point> layout = MapLayout.of(network);
        double height = height(layout, Figure.WIDTH, 1);
        Drawing drawing = new Drawing();
        Map<String, Point> places = fit(layout, 0, 0, Figure.WIDTH, height);
        new Panel(drawing, network, places, Figure.WIDTH).draw(0, 0, height, List.of(), null);
        boolean delays = network.links().stream().anyMatch(link -> link.delayMs() > 0);
        return drawing.figure(
                "network",
                "The network",
                "The network "
                        + network.name()
                        + ": "
                        + network.nodes().size()
                        + " nodes, "
                        + network.links().size()
                        + " links."
                        + (delays ? " Numbers are one-way delays in milliseconds." : ""),
                Figure.WIDTH,
                height);
    }

    /** Null when the network is not known. */
    static @Nullable Figure of(Analysis analysis, @Nullable Probe probe) {
        Run run = analysis.run();
        Network network = run.network();
        if (network.nodes().isEmpty()) {
            return null;
        }
        List<Phase> phases =
                analysis.phases().isEmpty() ? List.of(new Phase(0, 1, null)) : analysis.phases();
        List<Phase> shown = phases.subList(0, Math.min(PANELS_MAX, phases.size()));
        int columns =
                shown.size() == 1 ? 1 : network.nodes().size() > 16 ? 2 : Math.min(3, shown.size());
        int rows = (shown.size() + columns - 1) / columns;
        double width = (Figure.WIDTH - (columns - 1) * GUTTER) / columns;
        Map<String, Point> layout = MapLayout.of(network);
        double height = height(layout, width, columns);
        Drawing drawing = new Drawing();
        for (int i = 0; i < shown.size(); i++) {
            Phase phase = shown.get(i);
            double left = (i % columns) * (width + GUTTER);
            int row = i / columns;
            double top = row * (height + HEAD + 10);
            head(drawing, phase, left, top, width, shown.size() > 1);
            Walk walk = probe == null ? null : analysis.walk(probe, phase.toS());
            new Panel(drawing, network, fit(layout, left, top + HEAD, width, height), width)
                    .draw(
                            left,
                            top + HEAD,
                            height,
                            LinkHistory.failed(run.events(), phase.toS()),
                            walk);
        }
        return drawing.figure(
                "map",
                "Map of the network in each phase",
                caption(network, probe, phases.size(), shown.size()),
                Figure.WIDTH,
                rows * (height + HEAD + 10));
    }

    private static String caption(Network network, @Nullable Probe probe, int phases, int shown) {
        String way =
                probe == null
                        ? ""
                        : " The thick line is the way that the FIBs gave from "
                                + probe.from()
                                + " to "
                                + probe.to()
                                + " at the end of "
                                + (phases > 1 ? "each phase." : "the run.");
        String failed = phases > 1 ? " Crossed out are links that the experiment had failed." : "";
        String more =
                shown < phases
                        ? " The first " + shown + " of " + phases + " phases are shown."
                        : "";
        return "The network "
                + network.name()
                + ": "
                + network.nodes().size()
                + " nodes, "
                + network.links().size()
                + " links."
                + way
                + failed
                + more;
    }

    private static void head(
            Drawing drawing, Phase phase, double left, double top, double width, boolean several) {
        if (!several) {
            return;
        }
        TextStyle bold = TextStyle.of(Ink.TEXT, 11.5).inBold();
        TextStyle small = TextStyle.of(Ink.MUTED, 10.5);
        String time =
                Decimals.shortest(phase.fromS(), 2)
                        + "–"
                        + Decimals.shortest(phase.toS(), 2)
                        + " s";
        drawing.text(left, top + 12, time, bold);
        String after = phase.after();
        drawing.text(
                left,
                top + 26,
                small.fit(after == null ? "before" : "after " + after, width),
                small);
    }

    private static double height(Map<String, Point> layout, double width, int columns) {
        Frame frame = Frame.around(layout);
        double ratio = frame.width() <= 1e-9 ? 1 : frame.height() / frame.width();
        double inner = (width - 2 * MARGIN) * Math.clamp(ratio, 0.12, 0.95);
        return Math.min(inner + 2 * MARGIN, columns == 1 ? 430 : 360);
    }

    private static Map<String, Point> fit(
            Map<String, Point> layout, double left, double top, double width, double height) {
        Frame frame = Frame.around(layout);
        double zoom =
                Math.min(
                        (width - 2 * MARGIN) / Math.max(frame.width(), 1e-9),
                        (height - 2 * MARGIN) / Math.max(frame.height(), 1e-9));
        if (layout.size() == 1 || !Double.isFinite(zoom)) {
            zoom = 0;
        }
        double scale = zoom;
        Map<String, Point> fitted = new LinkedHashMap<>();
        layout.forEach(
                (name, point) ->
                        fitted.put(
                                name,
                                new Point(
                                        left + width / 2 + (point.x() - frame.middleX()) * scale,
                                        top + height / 2 + (point.y() - frame.middleY()) * scale)));
        return fitted;
    }

    /** The least rectangle around all places. */
    private record Frame(double left, double top, double right, double bottom) {
        static Frame around(Map<String, Point> layout) {
            double left = Double.POSITIVE_INFINITY;
            double top = Double.POSITIVE_INFINITY;
            double right = Double.NEGATIVE_INFINITY;
            double bottom = Double.NEGATIVE_INFINITY;
            for (Point point : layout.values()) {
                left = Math.min(left, point.x());
                right = Math.max(right, point.x());
                top = Math.min(top, point.y());
                bottom = Math.max(bottom, point.y());
            }
            return new Frame(left, top, right, bottom);
        }

        double width() {
            return right - left;
        }

        double height() {
            return bottom - top;
        }

        double middleX() {
            return (left + right) / 2;
        }

        double middleY() {
            return (top + bottom) / 2;
        }
    }

    /** One map. */
    private record Panel(
            Drawing drawing, Network network, Map<String, Point> places, double width) {
        void draw(
                double left,
                double top,
                double height,
                List<List<String>> failed,
                @Nullable Walk walk) {
            List<Point[]> lines = new ArrayList<>();
            List<Point> crosses = new ArrayList<>();
            for (Network.Link link : network.links()) {
                Point a = at(link.a());
                Point b = at(link.b());
                lines.add(new Point[] {a, b});
                boolean down = failed.stream().anyMatch(f -> link.joins(f.get(0), f.get(1)));
                if (down) {
                    drawing.line(a.x(), a.y(), b.x(), b.y(), Stroke.of(Ink.FAILURE, 1.2).dashed());
                    crosses.add(new Point((a.x() + b.x()) / 2, (a.y() + b.y()) / 2));
                } else {
                    drawing.line(a.x(), a.y(), b.x(), b.y(), Stroke.of(Ink.LINK, 1));
                }
            }
            if (walk != null) {
                way(walk.nodes());
            }
            crosses.forEach(this::cross); // over a way that still leads there
            boolean names = network.nodes().size() <= NAMES_MAX;
            MapLabels labels =
                    new MapLabels(
                            left,
                            top,
                            left + width,
                            top + height,
                            List.copyOf(places.values()),
                            lines);
            for (Network.Node node : network.nodes()) {
                node(node, walk, names ? labels : null);
            }
            for (Network.Link link : width > 500 ? network.links() : List.<Network.Link>of()) {
                delay(link, labels);
            }
        }

        private void delay(Network.Link link, MapLabels labels) {
            String text = Decimals.shortest(link.delayMs(), 2);
            TextStyle style = TextStyle.of(Ink.MUTED, 10).inItalic();
            MapLabels.Placed placed = labels.onLine(at(link.a()), at(link.b()), text, style);
            if (link.delayMs() > 0 && placed != null) {
                double width = style.width(text);
                drawing.box(placed.at().x() - 2, placed.at().y() - 9, width + 4, 11, Ink.PAPER);
                drawing.text(placed.at().x(), placed.at().y(), text, style);
            }
        }

        private void node(Network.Node node, @Nullable Walk walk, @Nullable MapLabels labels) {
            Point at = at(node.name());
            boolean passed = walk != null && walk.nodes().contains(node.name());
            boolean end =
                    walk != null
                            && (node.name().equals(walk.nodes().getFirst())
                                    || node.name().equals(walk.nodes().getLast()));
            double radius =
                    end ? 4.2 : passed ? 3.2 : network.nodes().size() > NAMES_MAX ? 1.8 : 2.8;
            Ink ink = passed ? Ink.SERIES : Ink.AXIS;
            drawing.ring(at, radius, ink, Stroke.of(Ink.PAPER, 1.2));
            if (labels == null) {
                return;
            }
            boolean large = width > 500;
            TextStyle style =
                    TextStyle.of(passed ? Ink.TEXT : Ink.MUTED, large ? 12 : 10.5).withHalo();
            MapLabels.Placed placed =
                    labels.place(
                            new MapLabels.Label(
                                    at,
                                    large ? node.label() : node.name(),
                                    end ? style.inBold() : style));
            drawing.text(placed.at().x(), placed.at().y(), placed.text(), placed.style());
        }

        private void way(List<String> nodes) {
            List<Point> points = new ArrayList<>();
            for (String node : nodes) {
                if (places.containsKey(node)) {
                    points.add(at(node));
                }
            }
            drawing.line(points, Stroke.of(Ink.SERIES, 3));
            for (int i = 1; i < points.size(); i++) {
                arrow(points.get(i - 1), points.get(i));
            }
        }

        /** A small head in the middle of a line, if it is long enough for one. */
        private void arrow(Point a, Point b) {
            double length = StrictMath.hypot(b.x() - a.x(), b.y() - a.y());
            if (length < 22) {
                return;
            }
            double ux = (b.x() - a.x()) / length;
            double uy = (b.y() - a.y()) / length;
            double x = (a.x() + b.x()) / 2 + ux * 5;
            double y = (a.y() + b.y()) / 2 + uy * 5;
            drawing.shape(
                    List.of(
                            new Point(x, y),
                            new Point(x - ux * 9 - uy * 5, y - uy * 9 + ux * 5),
                            new Point(x - ux * 9 + uy * 5, y - uy * 9 - ux * 5)),
                    Ink.SERIES);
        }

        private void cross(Point at) {
            Stroke stroke = Stroke.of(Ink.FAILURE, 2.2);
            drawing.line(at.x() - 5, at.y() - 5, at.x() + 5, at.y() + 5, stroke);
            drawing.line(at.x() - 5, at.y() + 5, at.x() + 5, at.y() - 5, stroke);
        }

        private Point at(String node) {
            return places.getOrDefault(node, new Point(0, 0));
        }
    }
}
