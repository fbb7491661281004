package vini.forwarder.lang;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Where the elements and connections of a graph stand in a picture: from top to bottom in layers
 * (Sugiyama, Tagawa and Toda 1981), the connected parts of the graph beside each other in rows.
 */
final class PictureLayout {
    static final double BOX_HEIGHT = 40;
    static final double LAYER_HEIGHT = 96;

    private static final double PORT_GAP = 16;
    private static final double PART_GAP = 48;
    private static final double ROW_WIDTH = 1400;
    private static final double BEND_WIDTH = 1;

    /** Beyond so many bends, long edges go behind the boxes. */
    private static final int BENDS_MAX = 50_000;

    /** A box: its middle from left to right, its top, its width. */
    record Box(GraphText.Declaration element, double x, double top, double width) {}

    /**
     * A connection.
     *
     * @param bends the middles of the layers that it crosses on its way, in its direction
     * @param upwards whether it leads up; its first and last bend are beside its two boxes then
     */
    record Edge(
            GraphText.Connection connection,
            Point start,
            Point end,
            List<Point> bends,
            boolean upwards) {}

    record Point(double x, double y) {}

    /** The ports of one side that are connected, each with its number from the left. */
    private static final class Side {
        private final TreeMap<Integer, Integer> places = new TreeMap<>();

        void add(int port) {
            places.put(port, 0);
        }

        void number() {
            int place = 0;
            for (Map.Entry<Integer, Integer> each : places.entrySet()) {
                each.setValue(++place);
            }
        }

        int count() {
            return places.size();
        }

        /** From the middle of the box. */
        double offset(Spot box, int port) {
            return box.width * (places.getOrDefault(port, 0) / (places.size() + 1.0) - 0.5);
        }
    }

    private record Ports(Side inputs, Side outputs) {}

    private final GraphText graph;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<Ports> ports = new ArrayList<>();
    private final List<Spot> spots = new ArrayList<>();
    private final List<List<Spot>> bends = new ArrayList<>();
    private final int[] from;
    private final int[] to;
    private final PictureLayers layering;
    private final double[] left;
    private final double[] top;
    private final int[] part;
    private double width;
    private double height;

    PictureLayout(GraphText graph, ToDoubleFunction<GraphText.Declaration> textWidth) {
        this.graph = graph;
        for (GraphText.Declaration element : graph.elements()) {
            numbers.put(element.name(), ports.size());
            ports.add(new Ports(new Side(), new Side()));
        }
        from = graph.connections().stream().mapToInt(c -> number(c.from())).toArray();
        to = graph.connections().stream().mapToInt(c -> number(c.to())).toArray();
        for (GraphText.Connection connection : graph.connections()) {
            ports.get(number(connection.from())).outputs.add(connection.output());
            ports.get(number(connection.to())).inputs.add(connection.input());
        }
        layering = new PictureLayers(ports.size(), from, to);
        part = PictureLayers.parts(ports.size(), from, to);
        left = new double[ports.size()];
        top = new double[ports.size()];
        for (GraphText.Declaration element : graph.elements()) {
            int number = number(element.name());
            Ports its = ports.get(number);
            its.inputs.number();
            its.outputs.number();
            int most = Math.max(its.inputs.count(), its.outputs.count());
            double boxWidth = Math.max(textWidth.applyAsDouble(element), (most + 1) * PORT_GAP);
            spots.add(new Spot(boxWidth, layering.layer(number), null));
        }
        joinAll();
        placeParts();
    }

    private int number(String element) {
        return numbers.getOrDefault(element, 0);
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    List<Box> boxes() {
        List<Box> boxes = new ArrayList<>();
        for (GraphText.Declaration element : graph.elements()) {
            int number = number(element.name());
            Spot spot = spots.get(number);
            Point middle = point(spot, number);
            boxes.add(new Box(element, middle.x, middle.y - BOX_HEIGHT / 2, spot.width));
        }
        return boxes;
    }

    List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        for (int e = 0; e < from.length; e++) {
            int one = from[e];
            Point start = point(spots.get(one), one);
            Point end = point(spots.get(to[e]), one);
            List<Point> points = bends.get(e).stream().map(bend -> point(bend, one)).toList();
            boolean up = layering.upwards(e);
            edges.add(
                    new Edge(
                            graph.connections().get(e),
                            new Point(start.x + outputOffset(e), start.y + BOX_HEIGHT / 2),
                            new Point(end.x + inputOffset(e), end.y - BOX_HEIGHT / 2),
                            up ? points.reversed() : points,
                            up));
        }
        return edges;
    }

    /** The middle of a spot that belongs to the same part as that element. */
    private Point point(Spot spot, int element) {
        int home = part[element];
        return new Point(
                left[home] + spot.x, top[home] + spot.layer * LAYER_HEIGHT + BOX_HEIGHT / 2);
    }

    private double outputOffset(int edge) {
        int port = graph.connections().get(edge).output();
        return ports.get(from[edge]).outputs.offset(spots.get(from[edge]), port);
    }

    private double inputOffset(int edge) {
        int port = graph.connections().get(edge).input();
        return ports.get(to[edge]).inputs.offset(spots.get(to[edge]), port);
    }

    private void joinAll() {
        int room = BENDS_MAX;
        for (int e = 0; e < from.length; e++) {
            Spot start = spots.get(from[e]);
            Spot end = spots.get(to[e]);
            List<Spot> bent = new ArrayList<>();
            bends.add(bent);
            boolean up = layering.upwards(e);
            int span = Math.abs(end.layer - start.layer) + (up ? 1 : -1);
            if (span > room) {
                continue;
            }
            room -= span;
            if (up) {
                for (int layer = end.layer; layer <= start.layer; layer++) {
                    Spot at = layer == end.layer ? end : layer == start.layer ? start : null;
                    bent.add(new Spot(BEND_WIDTH, layer, at));
                }
            } else {
                for (int layer = start.layer + 1; layer < end.layer; layer++) {
                    bent.add(new Spot(BEND_WIDTH, layer, null));
                }
            }
            for (int i = 1; i < bent.size(); i++) {
                Spot.join(bent.get(i - 1), 0, bent.get(i), 0);
            }
            if (!up && bent.isEmpty()) {
                Spot.join(start, outputOffset(e), end, inputOffset(e));
            } else if (!up) {
                Spot.join(start, outputOffset(e), bent.getFirst(), 0);
                Spot.join(bent.getLast(), 0, end, inputOffset(e));
            }
        }
    }

    /** Lays out each connected part by itself; then the high ones first, in rows. */
    private void placeParts() {
        Map<Integer, List<List<Spot>>> parts = new TreeMap<>();
        for (int v = 0; v < spots.size(); v++) {
            add(parts.computeIfAbsent(part[v], p -> new ArrayList<>()), spots.get(v));
        }
        for (int e = 0; e < from.length; e++) {
            List<List<Spot>> layers = parts.computeIfAbsent(part[from[e]], p -> new ArrayList<>());
            bends.get(e).forEach(bend -> add(layers, bend));
        }
        List<Integer> highest = new ArrayList<>(parts.keySet());
        highest.sort(Comparator.comparingInt(p -> -parts.getOrDefault(p, List.of()).size()));
        double rowLeft = 0;
        double rowTop = 0;
        double rowHeight = 0;
        for (int each : highest) {
            List<List<Spot>> layers = parts.getOrDefault(each, List.of());
            new PictureOrder(layers).sort();
            double partWidth = new PicturePlaces(layers).place();
            if (rowLeft > 0 && rowLeft + partWidth > Math.max(ROW_WIDTH, width)) {
                rowLeft = 0;
                rowTop += rowHeight;
                rowHeight = 0;
            }
            left[each] = rowLeft;
            top[each] = rowTop;
            width = Math.max(width, rowLeft + partWidth);
            rowLeft += partWidth + PART_GAP;
            rowHeight = Math.max(rowHeight, layers.size() * LAYER_HEIGHT);
        }
        height = rowTop + rowHeight - (LAYER_HEIGHT - BOX_HEIGHT);
    }

    private static void add(List<List<Spot>> layers, Spot spot) {
        while (layers.size() <= spot.layer) {
            layers.add(new ArrayList<>());
        }
        layers.get(spot.layer).add(spot);
    }
}
