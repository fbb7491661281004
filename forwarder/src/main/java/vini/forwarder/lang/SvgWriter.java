package vini.forwarder.lang;

import java.util.regex.Pattern;

/**
 * Draws a graph as SVG, without another program: boxes with name and class, input ports above and
 * output ports below. The same graph is the same bytes.
 */
final class SvgWriter {
    private static final int NAME_MAX = 36;
    private static final int CLASS_MAX = 36;
    private static final int TITLE_MAX = 400;
    private static final Pattern UNSAYABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}\uFFFE\uFFFF]");
    private static final double MARGIN = 32;
    private static final double NAME_LETTER = 7.3;
    private static final double CLASS_LETTER = 6.7;
    private static final double PADDING = 10;

    /** How far an edge that leads upwards goes round its boxes. */
    private static final double TURN = (PictureLayout.LAYER_HEIGHT - PictureLayout.BOX_HEIGHT) / 2;

    private static final String STYLE =
            """
            <style>
            svg { color-scheme: light dark; --paper: #fff; --box: #f4f6fa; --rim: #7d8aa0; \
            --name: #14181f; --class: #4a566b; --edge: #5b6b86; --port: #a33c00 }
            @media (prefers-color-scheme: dark) { svg { --paper: #14171c; --box: #222831; \
            --rim: #76839a; --name: #f1f4f8; --class: #b3bfd2; --edge: #93a3bd; --port: #ffb27a } }
            text { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; \
            text-anchor: middle }
            .paper { fill: var(--paper) }
            .box rect { fill: var(--box); stroke: var(--rim); stroke-width: 1.2 }
            .name { fill: var(--name); font-size: 12px; font-weight: 600 }
            .class { fill: var(--class); font-size: 11px }
            .edge { fill: none; stroke: var(--edge); stroke-width: 1.3 }
            .up { stroke-dasharray: 5 3 }
            .in, .out { fill: var(--edge) }
            .port { fill: var(--port); font-size: 10px; text-anchor: start }
            </style>
            """;

    private final PictureLayout layout;
    private final StringBuilder out = new StringBuilder();

    SvgWriter(GraphText graph) {
        layout = new PictureLayout(graph, SvgWriter::width);
    }

    String text() {
        String width = number(Math.max(layout.width(), 0) + 2 * MARGIN);
        String height = number(Math.max(layout.height(), 0) + 2 * MARGIN);
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"")
                .append(height + "\" viewBox=\"0 0 " + width + " " + height + "\">\n")
                .append(STYLE)
                .append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n")
                .append("<g transform=\"translate(" + number(MARGIN) + " " + number(MARGIN))
                .append(")\">\n");
        layout.edges().forEach(this::edge);
        layout.boxes().forEach(this::box);
        layout.edges().forEach(this::ends);
        return out.append("</g>\n</svg>\n").toString();
    }

    private void edge(PictureLayout.Edge edge) {
        out.append("<path class=\"edge")
                .append(edge.upwards() ? " up" : "")
                .append("\" d=\"M")
                .append(at(edge.start().x(), edge.start().y()));
        double half = PictureLayout.BOX_HEIGHT / 2;
        PictureLayout.Point last = edge.start();
        double y = last.y();
        if (edge.upwards() && !edge.bends().isEmpty()) {
            // Down, round the box, up through the layers, over the other box and down into it.
            double turn = y + TURN;
            for (PictureLayout.Point bend : edge.bends()) {
                double middle = turn > 0 ? turn : (y + bend.y() + half) / 2;
                curve(last.x(), middle, bend.x(), bend.y() + half);
                out.append(" L").append(at(bend.x(), bend.y() - half));
                last = bend;
                y = bend.y() - half;
                turn = -1;
            }
            curve(last.x(), y - TURN, edge.end().x(), edge.end().y());
        } else {
            for (PictureLayout.Point bend : edge.bends()) {
                curve(last.x(), (y + bend.y() - half) / 2, bend.x(), bend.y() - half);
                out.append(" L").append(at(bend.x(), bend.y() + half));
                last = bend;
                y = bend.y() + half;
            }
            curve(last.x(), (y + edge.end().y()) / 2, edge.end().x(), edge.end().y());
        }
        out.append("\"/>\n");
    }

    /** A curve that begins and ends upright, by way of that height. */
    private void curve(double x, double middle, double toX, double toY) {
        out.append(" C").append(at(x, middle)).append(' ').append(at(toX, middle));
        out.append(' ').append(at(toX, toY));
    }

    private void box(PictureLayout.Box box) {
        GraphText.Declaration element = box.element();
        out.append("<g class=\"box\"><title>")
                .append(escaped(shortened(full(element), TITLE_MAX)))
                .append("</title><rect x=\"" + number(box.x() - box.width() / 2))
                .append("\" y=\"" + number(box.top()) + "\" width=\"" + number(box.width()))
                .append("\" height=\"" + number(PictureLayout.BOX_HEIGHT) + "\" rx=\"7\"/>");
        line("name", box, 16.5, name(element));
        line("class", box, 31.5, shortClass(element));
        out.append("</g>\n");
    }

    private void line(String kind, PictureLayout.Box box, double down, String text) {
        out.append("<text class=\"" + kind + "\" x=\"" + number(box.x()))
                .append("\" y=\"" + number(box.top() + down) + "\">")
                .append(escaped(text))
                .append("</text>");
    }

    private void ends(PictureLayout.Edge edge) {
        double x = edge.start().x();
        double y = edge.start().y();
        out.append("<path class=\"out\" d=\"M" + at(x - 3.5, y - 2)).append("h7v4h-7z\"/>");
        port(edge.connection().output(), x, y + 12);
        x = edge.end().x();
        y = edge.end().y();
        out.append("<path class=\"in\" d=\"M" + at(x - 4.5, y - 7)).append("h9l-4.5 8z\"/>\n");
        port(edge.connection().input(), x + 2, y - 5);
    }

    private void port(int port, double x, double y) {
        if (port != 0) {
            out.append("<text class=\"port\" x=\"" + number(x + 4) + "\" y=\"" + number(y) + "\">")
                    .append(port)
                    .append("</text>");
        }
    }

    private static double width(GraphText.Declaration element) {
        return 2 * PADDING
                + Math.max(
                        NAME_LETTER * letters(name(element)),
                        CLASS_LETTER * letters(shortClass(element)));
    }

    private static int letters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Of a long name the end tells more: the element, not the compounds around it. */
    private static String name(GraphText.Declaration element) {
        String name = element.name();
        return name.length() <= NAME_MAX
                ? name
                : "…" + name.substring(name.length() - NAME_MAX + 1);
    }

    private static String shortClass(GraphText.Declaration element) {
        return shortened(full(element), CLASS_MAX);
    }

    private static String full(GraphText.Declaration element) {
        String configuration = element.configuration().strip().replaceAll("\\s+", " ");
        return element.elementClass() + (configuration.isEmpty() ? "" : "(" + configuration + ")");
    }

    private static String shortened(String text, int max) {
        if (letters(text) <= max) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, max - 1)) + "…";
    }

    private static String at(double x, double y) {
        return number(x) + " " + number(y);
    }

    /** With at most one digit after the point. */
    private static String number(double value) {
        long tenths = Math.round(value * 10);
        String whole = (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10;
        return tenths % 10 == 0 ? whole : whole + "." + Math.abs(tenths) % 10;
    }

    /** As text of XML 1.0, in which control characters cannot be said at all. */
    private static String escaped(String text) {
        return UNSAYABLE
                .matcher(text)
                .replaceAll("\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
