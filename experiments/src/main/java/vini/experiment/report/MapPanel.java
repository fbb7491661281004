package vini.experiment.report;

import static java.util.stream.Collectors.joining;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Walk;
import vini.experiment.run.EventRow;
import vini.experiment.run.Network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One map of a network: links and those that failed, the way of a probe, nodes and their names. */
record MapPanel(Drawing drawing, Network network, Map<String, Point> places, double width) {
    /** Of more nodes only those on the way have names in a small map. */
    private static final int NAMES_MAX = 60;

    /** With more nodes names are small, and delays of links have no room. */
    private static final int LARGE_NAMES_MAX = 40;

    private static final double LARGE = 500;

    /** Whether a large map of a network has room for the delays of its links. */
    static boolean hasDelays(Network network) {
        return network.nodes().size() <= LARGE_NAMES_MAX;
    }

    void draw(
            double left,
            double top,
            double height,
            List<List<String>> failed,
            @Nullable Walk walk,
            MapEvents events) {
        List<Point[]> lines = new ArrayList<>();
        List<Point> crosses = new ArrayList<>();
        for (Network.Link link : network.links()) {
            Point a = at(link.a());
            Point b = at(link.b());
            lines.add(new Point[] {a, b});
            boolean down = failed.stream().anyMatch(f -> link.joins(f.get(0), f.get(1)));
            if (down) {
                drawing.line(a.x(), a.y(), b.x(), b.y(), Stroke.of(Ink.FAILURE, 1.2).dashed());
                crosses.add(middle(link));
            } else {
                boolean harm = MapEvents.harm(events.at(link));
                Stroke stroke = harm ? Stroke.of(Ink.FAILURE, 1.4) : Stroke.of(Ink.LINK, 1);
                drawing.line(a.x(), a.y(), b.x(), b.y(), stroke);
            }
        }
        if (walk != null) {
            way(walk.nodes());
        }
        crosses.forEach(this::cross); // over a way that still leads there
        boolean names = width > LARGE || network.nodes().size() <= NAMES_MAX;
        MapLabels labels =
                new MapLabels(
                        left, top, left + width, top + height, List.copyOf(places.values()), lines);
        for (Network.Node node : network.nodes()) {
            boolean passed = walk != null && walk.nodes().contains(node.name());
            node(node, walk, names || passed ? labels : null);
        }
        if (width > LARGE && hasDelays(network)) {
            network.links().forEach(link -> delay(link, labels));
        }
        if (events.areFew()) {
            network.nodes().forEach(node -> words(at(node.name()), events.at(node), labels));
            network.links().forEach(link -> words(middle(link), events.at(link), labels));
        }
    }

    /** What happened there, beside it. */
    private void words(Point at, List<EventRow> events, MapLabels labels) {
        List<MapEvents.Word> words = MapEvents.words(events);
        if (words.isEmpty()) {
            return;
        }
        TextStyle style = TextStyle.of(Ink.TEXT, 10).withHalo();
        String text = words.stream().map(MapEvents.Word::text).collect(joining());
        MapLabels.Placed placed = labels.place(new MapLabels.Label(at, text, style, true));
        double x = placed.at().x();
        for (MapEvents.Word word : words) {
            drawing.text(x, placed.at().y(), word.text(), style.in(word.ink()));
            x += style.width(word.text());
        }
    }

    private Point middle(Network.Link link) {
        Point a = at(link.a());
        Point b = at(link.b());
        return new Point((a.x() + b.x()) / 2, (a.y() + b.y()) / 2);
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
        double radius = end ? 4.2 : passed ? 3.2 : network.nodes().size() > NAMES_MAX ? 1.8 : 2.8;
        Ink ink = passed ? Ink.SERIES : Ink.AXIS;
        drawing.ring(at, radius, ink, Stroke.of(Ink.PAPER, 1.2));
        if (labels == null) {
            return;
        }
        boolean many = network.nodes().size() > LARGE_NAMES_MAX;
        boolean large = width > LARGE && !many;
        double size = large ? 12 : many ? 9 : 10.5;
        TextStyle style = TextStyle.of(passed ? Ink.TEXT : Ink.MUTED, size).withHalo();
        MapLabels.Placed placed =
                labels.place(
                        new MapLabels.Label(
                                at,
                                large ? node.label() : node.name(),
                                end ? style.inBold() : style,
                                false));
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
