package vini.forwarder.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import javax.xml.parsers.DocumentBuilderFactory;

class SvgWriterTest {
    private static String svg(String text) throws Exception {
        return Parser.parse("t.click", text).toSvg();
    }

    private static Document read(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private record Box(double left, double top, double right, double bottom) {
        boolean meets(Box other) {
            return left < other.right
                    && other.left < right
                    && top < other.bottom
                    && other.top < bottom;
        }
    }

    private static List<Box> boxes(Document picture) {
        List<Box> boxes = new ArrayList<>();
        NodeList all = picture.getElementsByTagName("rect");
        for (int i = 1; i < all.getLength(); i++) {
            Element rect = (Element) all.item(i);
            double x = Double.parseDouble(rect.getAttribute("x"));
            double y = Double.parseDouble(rect.getAttribute("y"));
            boxes.add(
                    new Box(
                            x,
                            y,
                            x + Double.parseDouble(rect.getAttribute("width")),
                            y + Double.parseDouble(rect.getAttribute("height"))));
        }
        return boxes;
    }

    private static int count(String svg, String what) {
        return svg.split(what, -1).length - 1;
    }

    @Test
    void namesElementsAndPortsThatAreNotZero() throws Exception {
        String svg = svg("c :: Classifier(12/0800, -); a :: A; c[1] -> [2] a; c -> a;");
        assertThat(svg).contains(">c<", ">Classifier(12/0800, -)<", ">a<", ">A<");
        assertThat(svg).contains("class=\"port\"", ">1</text>", ">2</text>");
        assertThat(svg).doesNotContain(">0</text>");
        assertThat(boxes(read(svg))).hasSize(2);
        assertThat(boxes(read(svg)).get(0).bottom()).isLessThan(boxes(read(svg)).get(1).top());
    }

    @Test
    void drawsCyclesAndLoops() throws Exception {
        String svg = svg("a :: A; b :: B; c :: C; a -> b -> c -> a; b[1] -> [1] b;");
        assertThat(count(svg, "class=\"edge")).isEqualTo(4);
        assertThat(count(svg, "edge up")).isEqualTo(2);
        read(svg);
    }

    @Test
    void drawsAnEmptyGraph() throws Exception {
        assertThat(boxes(read(svg("")))).isEmpty();
    }

    @Test
    void whateverStandsInAConfigurationIsText() throws Exception {
        String svg = svg("a :: A(\"<b>&\u0001\n\uFFFE]]>\") -> b :: B(" + "x".repeat(5000) + ");");
        assertThat(read(svg).getElementsByTagName("b").getLength()).isZero();
        assertThat(svg).hasSizeLessThan(5000);
    }

    /** Random graphs, with cycles: boxes never overlap, all connections are there. */
    @Test
    void boxesStandClear() throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            Random chance = new Random(seed);
            int size = 2 + chance.nextInt(40);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < size; i++) {
                text.append("e" + i + " :: E(" + "y".repeat(chance.nextInt(30)) + ");\n");
            }
            int edges = chance.nextInt(3 * size);
            for (int i = 0; i < edges; i++) {
                text.append("e" + chance.nextInt(size) + "[" + i + "] -> ")
                        .append("[" + i + "] e" + chance.nextInt(size) + ";\n");
            }
            String svg = svg(text.toString());
            List<Box> boxes = boxes(read(svg));
            assertThat(boxes).as("seed " + seed).hasSize(size);
            assertThat(count(svg, "class=\"edge")).as("seed " + seed).isEqualTo(edges);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(boxes.get(i).meets(boxes.get(j))).as("seed " + seed).isFalse();
                }
            }
            assertThat(svg(text.toString())).isEqualTo(svg);
        }
    }

    /** A chain, and fans with a cycle: 10,000 elements each. */
    @Test
    void isQuickWithTenThousandElements() throws Exception {
        StringBuilder chain = new StringBuilder("e0 :: E");
        StringBuilder fan = new StringBuilder("r :: R; l :: L; l -> r;\n");
        for (int i = 1; i < 10_000; i++) {
            chain.append(" -> e" + i + " :: E");
        }
        for (int i = 0; i < 5_000; i++) {
            fan.append("r[" + i + "] -> a" + i + " :: A -> b" + i + " :: B -> [" + i + "] l;\n");
        }
        for (String text : List.of(chain + " -> e0;", fan.toString(), "E; ".repeat(10_000))) {
            GraphText graph = Parser.parse("t.click", text);
            long before = System.nanoTime();
            read(graph.toSvg());
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofSeconds(8));
        }
    }
}
