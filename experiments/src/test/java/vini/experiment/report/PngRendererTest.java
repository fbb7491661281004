package vini.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.experiment.report.TextStyle.Anchor;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

import javax.imageio.ImageIO;

/**
 * Where the ink of texts is: of one whose glyphs stand for themselves, and of one that needs a
 * layout.
 */
class PngRendererTest {
    private static final int MIDDLE = 200;

    /** The columns with ink, from first to last, of a text that is anchored at the middle. */
    private static int[] inked(String text, Anchor anchor) throws IOException {
        TextStyle style = TextStyle.of(Ink.TEXT, 20).anchored(anchor);
        Mark mark = new Mark.Text(new Point(MIDDLE / 2.0, 40), text, style);
        var file = new ByteArrayOutputStream();
        PngRenderer.start()
                .write(new Figure("x", "", "", MIDDLE, 60, List.of(mark), List.of("x")), file);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file.toByteArray()));
        int first = image.getWidth();
        int last = -1;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                if (image.getRGB(x, y) != Color.WHITE.getRGB()) {
                    first = Math.min(first, x);
                    last = Math.max(last, x);
                }
            }
        }
        return new int[] {first, last};
    }

    @ParameterizedTest
    @ValueSource(strings = {"Z\u00fcrich \u2192", "\u0645\u0631\u062d\u0628\u0627"})
    void aTextIsWhereItsAnchorSays(String text) throws Exception {
        int[] start = inked(text, Anchor.START);
        int[] middle = inked(text, Anchor.MIDDLE);
        int[] end = inked(text, Anchor.END);
        int width = start[1] - start[0];
        assertThat(width).isGreaterThan(40);
        assertThat(start[0]).isBetween(MIDDLE - 4, MIDDLE + 8);
        assertThat(end[1]).isBetween(MIDDLE - 12, MIDDLE + 4);
        assertThat(middle[0] + middle[1]).isBetween(2 * MIDDLE - 16, 2 * MIDDLE + 16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aTextWithoutInkIsNoTrouble(String text) throws Exception {
        assertThat(inked(text, Anchor.MIDDLE)[1]).isEqualTo(-1);
    }
}
