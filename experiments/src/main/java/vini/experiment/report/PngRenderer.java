package vini.experiment.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.text.Bidi;
import java.util.List;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws a figure as PNG by Java 2D, black on white, at twice its size. */
final class PngRenderer {
    private static final int ZOOM = 2;

    /** Level 3 of deflate: half the time of its default, for files that are an eighth larger. */
    private static final float QUICK = 0.7f;

    private static final List<String> FACES = List.of("Helvetica", "Arial", "Liberation Sans");

    private final String face;

    private PngRenderer(String face) {
        this.face = face;
    }

    /**
     * Finds a font.
     *
     * @throws UnsupportedOperationException with a reason where this machine cannot set text
     */
    static PngRenderer start() {
        try {
            String found =
                    FACES.stream()
                            .filter(name -> new Font(name, Font.PLAIN, 12).getFamily().equals(name))
                            .findFirst()
                            .orElse(Font.SANS_SERIF);
            // To ask for the first text's width is what fails where no font is installed.
            var probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            probe.setFont(new Font(found, Font.PLAIN, 12));
            probe.getFontMetrics().stringWidth("ms");
            probe.dispose();
            return new PngRenderer(found);
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new UnsupportedOperationException("no font is installed", e);
        }
    }

    void write(Figure figure, OutputStream out) throws IOException {
        int width = (int) Math.ceil(figure.width() * ZOOM);
        int height = (int) Math.ceil(figure.height() * ZOOM);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour(Ink.PAPER));
        graphics.fillRect(0, 0, width, height);
        graphics.scale(ZOOM, ZOOM);
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(
                RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        for (Mark mark : figure.marks()) {
            switch (mark) {
                case Mark.Line line -> line(graphics, line);
                case Mark.Shape shape -> {
                    graphics.setColor(colour(shape.fill()));
                    graphics.fill(path(shape.corners(), true));
                }
                case Mark.Dots dots -> dots(graphics, dots);
                case Mark.Boxes boxes -> {
                    graphics.setColor(colour(boxes.fill()));
                    for (Box box : boxes.boxes()) {
                        graphics.fill(
                                new Rectangle2D.Double(
                                        box.x(), box.y(), box.width(), box.height()));
                    }
                }
                case Mark.Ring ring -> ring(graphics, ring);
                case Mark.Text text -> text(graphics, text);
            }
        }
        graphics.dispose();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(QUICK);
        // In memory: a cache file wants a shutdown hook, which is refused after Ctrl-C.
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
    }

    private static void line(Graphics2D graphics, Mark.Line line) {
        graphics.setColor(colour(line.stroke().ink()));
        graphics.setStroke(stroke(line.stroke()));
        graphics.draw(path(line.points(), false));
    }

    private static void dots(Graphics2D graphics, Mark.Dots dots) {
        graphics.setColor(colour(dots.ink()));
        for (Point center : dots.centers()) {
            graphics.fill(circle(center, dots.radius()));
        }
    }

    private static void ring(Graphics2D graphics, Mark.Ring ring) {
        graphics.setColor(colour(ring.fill()));
        graphics.fill(circle(ring.center(), ring.radius()));
        graphics.setColor(colour(ring.edge().ink()));
        graphics.setStroke(stroke(ring.edge()));
        graphics.draw(circle(ring.center(), ring.radius()));
    }

    private void text(Graphics2D graphics, Mark.Text text) {
        TextStyle style = text.style();
        Font font = font(text.text(), style);
        Outline outline = Outline.of(text.text(), font, graphics.getFontRenderContext());
        double shift =
                switch (style.anchor()) {
                    case START -> 0;
                    case MIDDLE -> outline.advance() / 2;
                    case END -> outline.advance();
                };
        var shape =
                AffineTransform.getTranslateInstance(text.at().x() - shift, text.at().y())
                        .createTransformedShape(outline.shape());
        if (style.halo()) {
            graphics.setColor(colour(Ink.PAPER));
            graphics.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(shape);
        }
        graphics.setColor(colour(style.ink()));
        graphics.fill(shape);
    }

    private Font font(String text, TextStyle style) {
        int weight = (style.bold() ? Font.BOLD : 0) | (style.italic() ? Font.ITALIC : 0);
        Font ours = new Font(face, weight, 1).deriveFont((float) style.size());
        // What a face has not, a logical font finds among all that are installed.
        return ours.canDisplayUpTo(text) < 0
                ? ours
                : new Font(Font.SANS_SERIF, weight, 1).deriveFont((float) style.size());
    }

    /** A text whose base line begins at 0, 0. */
    private record Outline(Shape shape, double advance) {
        static Outline of(String text, Font font, FontRenderContext context) {
            char[] chars = text.toCharArray();
            if (Bidi.requiresBidi(chars, 0, chars.length)
                    || Font.textRequiresLayout(chars, 0, chars.length)) {
                TextLayout layout = new TextLayout(text, font, context);
                return new Outline(layout.getOutline(null), layout.getAdvance());
            }
            // A layout would say the same of this script, but loads for a fifth of a second.
            GlyphVector glyphs = font.createGlyphVector(context, text);
            double advance = glyphs.getGlyphPosition(glyphs.getNumGlyphs()).getX();
            return new Outline(glyphs.getOutline(), advance);
        }
    }

    private static Path2D path(List<Point> points, boolean closed) {
        Path2D path = new Path2D.Double();
        path.moveTo(points.getFirst().x(), points.getFirst().y());
        for (Point point : points.subList(1, points.size())) {
            path.lineTo(point.x(), point.y());
        }
        if (closed) {
            path.closePath();
        }
        return path;
    }

    private static Ellipse2D circle(Point center, double radius) {
        return new Ellipse2D.Double(
                center.x() - radius, center.y() - radius, 2 * radius, 2 * radius);
    }

    private static BasicStroke stroke(Stroke stroke) {
        Stroke.Dash dash = stroke.dash();
        float width = (float) stroke.width();
        return dash == Stroke.Dash.SOLID
                ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                : new BasicStroke(
                        width,
                        BasicStroke.CAP_BUTT,
                        BasicStroke.JOIN_ROUND,
                        1,
                        new float[] {(float) dash.ink(), (float) dash.gap()},
                        0);
    }

    private static Color colour(Ink ink) {
        return Color.decode(ink.light());
    }
}
