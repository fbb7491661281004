package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.LinkHistory;
import vini.experiment.analysis.Phase;
import vini.experiment.analysis.Walk;
import vini.experiment.run.Network;
import vini.experiment.run.Probe;
import vini.experiment.run.Run;
import vini.overlay.json.Shown;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The network as a map, once per phase: the way of a probe and what had failed. */
final class MapFigure {
    private static final int PANELS_MAX = 6;
    private static final int NETWORK_MAX = 150;
    private static final double GUTTER = 14;
    private static final double HEAD = 36;
    private static final double MARGIN = 20;

    private MapFigure() {}

    /**
     * The whole network with names, delays and what was done to it, as wide as the text; null when
     * it is not known or too large for that.
     */
    static @Nullable Figure network(Run run) {
        Network network = run.network();
        if (network.nodes().isEmpty() || network.nodes().size() > NETWORK_MAX) {
            return null;
        }
        Map<String, Point> layout = MapLayout.of(network);
        double height = height(layout, Figure.WIDTH, 1);
        Drawing drawing = new Drawing();
        Map<String, Point> places = fit(layout, 0, 0, Figure.WIDTH, height);
        MapEvents events = MapEvents.of(network, run.events());
        new MapPanel(drawing, network, places, Figure.WIDTH)
                .draw(0, 0, height, List.of(), null, events);
        data(drawing, network, events);
        boolean delays =
                MapPanel.hasDelays(network)
                        && network.links().stream().anyMatch(link -> link.delayMs() > 0);
        return drawing.figure(
                "network",
                "The network",
                "The network "
                        + network.name()
                        + ": "
                        + size(network)
                        + (delays ? " Numbers are one-way delays in milliseconds." : "")
                        + events.legend(),
                Figure.WIDTH,
                height);
    }

    private static void data(Drawing drawing, Network network, MapEvents events) {
        drawing.data("from,to,delay_ms,events");
        for (Network.Link link : network.links()) {
            String delay = Decimals.shortest(link.delayMs(), 6);
            String cell = MapEvents.cell(events.at(link));
            drawing.data(link.a() + "," + link.b() + "," + delay + "," + cell);
        }
        for (Network.Node node : network.nodes()) {
            String cell = MapEvents.cell(events.at(node));
            if (!cell.isEmpty()) {
                drawing.data(node.name() + ",,," + cell);
            }
        }
    }

    /** Null when the network is not known. */
    static @Nullable Figure of(Analysis analysis, Probe.@Nullable Between probe) {
        Run run = analysis.run();
        Network network = run.network();
        if (network.nodes().isEmpty()) {
            return null;
        }
        List<Phase> phases =
                analysis.phases().isEmpty() ? List.of(new Phase(0, 1, null)) : analysis.phases();
        List<View> views = views(analysis, probe, phases);
        List<View> shown = views.subList(0, Math.min(PANELS_MAX, views.size()));
        int columns =
                shown.size() == 1 ? 1 : network.nodes().size() > 16 ? 2 : Math.min(3, shown.size());
        int rows = (shown.size() + columns - 1) / columns;
        double width = (Figure.WIDTH - (columns - 1) * GUTTER) / columns;
        Map<String, Point> layout = MapLayout.of(network);
        double height = height(layout, width, columns);
        Drawing drawing = new Drawing();
        drawing.data("from_s,to_s,path");
        for (int i = 0; i < shown.size(); i++) {
            Phase phase = shown.get(i).phase;
            Walk walk = shown.get(i).walk;
            double left = (i % columns) * (width + GUTTER);
            int row = i / columns;
            double top = row * (height + HEAD + 10);
            head(drawing, phase, left, top, width, shown.size() > 1);
            drawing.data(
                    Decimals.shortest(phase.fromS(), 6)
                            + ","
                            + Decimals.shortest(phase.toS(), 6)
                            + ","
                            + (walk == null ? "" : String.join(" ", walk.nodes())));
            new MapPanel(drawing, network, fit(layout, left, top + HEAD, width, height), width)
                    .draw(left, top + HEAD, height, shown.get(i).failed, walk, MapEvents.none());
        }
        return drawing.figure(
                "map",
                "Map of the network in each phase",
                caption(network, probe, views.size(), shown.size()),
                Figure.WIDTH,
                rows * (height + HEAD + 10));
    }

    /** What a map shows, from a phase on and as long as it looks the same. */
    private record View(Phase phase, List<List<String>> failed, @Nullable Walk walk) {
        boolean looksLike(View other) {
            return failed.equals(other.failed) && Objects.equals(walk, other.walk);
        }
    }

    /** Phases in which neither links nor the way are others than before make no new map. */
    private static List<View> views(
            Analysis analysis, Probe.@Nullable Between probe, List<Phase> phases) {
        List<View> views = new ArrayList<>();
        for (Phase phase : phases) {
            View view =
                    new View(
                            phase,
                            LinkHistory.failed(
                                    analysis.run().network(), analysis.run().events(), phase.toS()),
                            probe == null ? null : analysis.walk(probe, phase.toS()));
            View last = views.isEmpty() ? null : views.getLast();
            if (last != null && last.looksLike(view)) {
                Phase both = new Phase(last.phase.fromS(), phase.toS(), last.phase.after());
                views.set(views.size() - 1, new View(both, view.failed, view.walk));
            } else {
                views.add(view);
            }
        }
        return views;
    }

    private static String caption(
            Network network, Probe.@Nullable Between probe, int phases, int shown) {
        String way =
                probe == null
                        ? ""
                        : " The thick line is the way that the FIBs gave from "
                                + probe.from()
                                + " to "
                                + probe.to()
                                + " at the end of "
                                + (phases > 1 ? "each time." : "the run.");
        String failed = phases > 1 ? " Crossed out are links that the experiment had failed." : "";
        String more =
                shown < phases ? " The first " + shown + " of " + phases + " maps are shown." : "";
        return "The network " + network.name() + ": " + size(network) + way + failed + more;
    }

    private static String size(Network network) {
        return Shown.count(network.nodes().size(), "node")
                + ", "
                + Shown.count(network.links().size(), "link")
                + ".";
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
        MapFrame frame = MapFrame.around(layout);
        double ratio = frame.width() <= 1e-9 ? 1 : frame.height() / frame.width();
        double inner = (width - 2 * MARGIN) * Math.clamp(ratio, 0.12, 0.95);
        return Math.min(inner + 2 * MARGIN, columns == 1 ? 430 : 360);
    }

    private static Map<String, Point> fit(
            Map<String, Point> layout, double left, double top, double width, double height) {
        MapFrame frame = MapFrame.around(layout);
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
}
