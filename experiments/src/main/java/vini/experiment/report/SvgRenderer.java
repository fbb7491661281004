package vini.experiment.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Draws a figure as SVG: for a page, whose style has the colours, or as a file of its own. */
final class SvgRenderer {
    private static final String FACES =
            "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif";

    private final Function<Ink, String> colours;
    private final StringBuilder out = new StringBuilder(1 << 14);

    private SvgRenderer(Function<Ink, String> colours) {
        this.colours = colours;
    }

    /** For a page that defines {@link Ink#property} of each ink. */
    static String inline(Figure figure) {
        return new SvgRenderer(ink -> "var(" + ink.property() + ")").draw(figure, false);
    }

    /** As a file, black on white. */
    static String file(Figure figure) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + new SvgRenderer(Ink::light).draw(figure, true);
    }

    private String draw(Figure figure, boolean alone) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(number(figure.width()))
                .append(' ')
                .append(number(figure.height()))
                .append('"');
        if (alone) {
            attribute("width", number(figure.width()));
            attribute("height", number(figure.height()));
        }
        attribute("role", "img");
        attribute("font-family", FACES);
        out.append(">\n<title>").append(Html.escape(figure.title())).append("</title>\n");
        if (alone) {
            out.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        }
        for (Mark mark : figure.marks()) {
            switch (mark) {
                case Mark.Line line -> line(line);
                case Mark.Shape shape -> shape(shape);
                case Mark.Dots dots -> dots(dots);
                case Mark.Boxes boxes -> boxes(boxes);
                case Mark.Ring ring -> ring(ring);
                case Mark.Text text -> text(text);
            }
            out.append('\n');
        }
        return out.append("</svg>\n").toString();
    }

    private void line(Mark.Line line) {
        out.append("<path");
        path(line.points(), false);
        attribute("fill", "none");
        stroke(line.stroke());
        if (line.points().size() > 2) {
            attribute("stroke-linejoin", "round");
        }
        out.append("/>");
    }

    private void shape(Mark.Shape shape) {
        out.append("<path");
        path(shape.corners(), true);
        attribute("fill", colours.apply(shape.fill()));
        out.append("/>");
    }

    /** One path of lines without length, whose round ends are the dots: a tenth of the bytes. */
    private void dots(Mark.Dots dots) {
        out.append("<path d=\"");
        for (Point point : dots.centers()) {
            out.append('M').append(number(point.x())).append(' ').append(number(point.y()));
            out.append("h0");
        }
        out.append('"');
        attribute("fill", "none");
        attribute("stroke", colours.apply(dots.ink()));
        attribute("stroke-width", number(2 * dots.radius()));
        attribute("stroke-linecap", "round");
        out.append("/>");
    }

    /** One path for all of them. */
    private void boxes(Mark.Boxes boxes) {
        out.append("<path d=\"");
        for (Box box : boxes.boxes()) {
            out.append('M').append(number(box.x())).append(' ').append(number(box.y()));
            out.append('h').append(number(box.width())).append('v').append(number(box.height()));
            out.append('h').append(number(-box.width())).append('z');
        }
        out.append('"');
        attribute("fill", colours.apply(boxes.fill()));
        out.append("/>");
    }

    private void ring(Mark.Ring ring) {
        out.append("<circle");
        attribute("cx", number(ring.center().x()));
        attribute("cy", number(ring.center().y()));
        attribute("r", number(ring.radius()));
        attribute("fill", colours.apply(ring.fill()));
        stroke(ring.edge());
        out.append("/>");
    }

    private void text(Mark.Text text) {
        TextStyle style = text.style();
        out.append("<text");
        attribute("x", number(text.at().x()));
        attribute("y", number(text.at().y()));
        attribute("font-size", number(style.size()));
        attribute("fill", colours.apply(style.ink()));
        if (style.anchor() != TextStyle.Anchor.START) {
            attribute("text-anchor", style.anchor().name().toLowerCase(Locale.ROOT));
        }
        if (style.bold()) {
            attribute("font-weight", "bold");
        }
        if (style.italic()) {
            attribute("font-style", "italic");
        }
        if (style.halo()) {
            attribute("stroke", colours.apply(Ink.PAPER));
            attribute("stroke-width", "3");
            attribute("stroke-linejoin", "round");
            attribute("paint-order", "stroke");
        }
        out.append('>').append(Html.escape(text.text())).append("</text>");
    }

    private void path(List<Point> points, boolean closed) {
        out.append(" d=\"");
        String lastX = "";
        String lastY = "";
        for (Point point : points) {
            String x = number(point.x());
            String y = number(point.y());
            if (lastX.isEmpty()) {
                out.append('M').append(x).append(' ').append(y);
            } else if (x.equals(lastX)) {
                out.append('V').append(y);
            } else if (y.equals(lastY)) {
                out.append('H').append(x);
            } else {
                out.append('L').append(x).append(' ').append(y);
            }
            lastX = x;
            lastY = y;
        }
        out.append(closed ? "Z\"" : "\"");
    }

    private void stroke(Stroke stroke) {
        attribute("stroke", colours.apply(stroke.ink()));
        attribute("stroke-width", number(stroke.width()));
        Stroke.Dash dash = stroke.dash();
        if (dash != Stroke.Dash.SOLID) {
            attribute("stroke-dasharray", number(dash.ink()) + " " + number(dash.gap()));
        }
    }

    private void attribute(String name, String value) {
        out.append(' ').append(name).append("=\"").append(value).append('"');
    }

    private static String number(double value) {
        return Decimals.shortest(value, 2);
    }
}
