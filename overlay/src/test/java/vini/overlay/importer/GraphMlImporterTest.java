package vini.overlay.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.overlay.json.InputException;

import java.io.IOException;
import java.nio.file.Path;

class GraphMlImporterTest {
    static final String GRAPH =
            """
            <?xml version="1.0" encoding="utf-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
              <key attr.name="Latitude" attr.type="double" for="node" id="d29" />
              <key attr.name="Longitude" attr.type="double" for="node" id="d32" />
              <key attr.name="label" attr.type="string" for="node" id="d33" />
              <key attr.name="Country" attr.type="string" for="node" id="d30" />
              <key attr.name="LinkSpeedRaw" attr.type="double" for="edge" id="d36" />
              <key attr.name="Network" attr.type="string" for="graph" id="d4" />
              <graph edgedefault="undirected">
                <data key="d4">GridNet</data>
                <node id="0"><data key="d29">52.52</data><data key="d32">13.41</data>
                  <data key="d33">Berlin &amp; Br&#252;der</data><data key="d30">Germany</data></node>
                <node id="1"><data key="d29">48.14</data><data key="d32">11.58</data>
                  <data key="d33">München</data></node>
                <edge source="0" target="1"><data key="d36">622000000.0</data></edge>
              </graph>
            </graphml>
            """;

    @TempDir Path folder;
    private Sample sample = new Sample(Path.of(""));

    @BeforeEach
    void useFolder() {
        sample = new Sample(folder);
    }

    @Test
    void keysAreFollowedToTheirNames() throws IOException {
        Imported imported = sample.of("g.xml", GRAPH);

        assertThat(imported.format().name()).isEqualTo("graphml");
        assertThat(imported.topology().name()).isEqualTo("gridnet");
        assertThat(Sample.lines(imported, "nodes"))
                .containsExactly(
                        "\"berlin-bruder\": {\"label\": \"Berlin & Brüder\","
                                + " \"location\": [52.52, 13.41]}",
                        "\"munchen\": {\"label\": \"München\", \"location\": [48.14, 11.58]}");
        // 504 km
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"berlin-bruder\", \"munchen\"], \"delay\": \"2.52ms\","
                                + " \"rate\": \"622Mbps\"}");
        assertThat(Sample.notes(imported))
                .containsExactly("attributes of nodes without a place here: Country");
    }

    @Test
    void theLabelOfADrawingIsTheLabel() throws IOException {
        Imported imported =
                sample.of(
                        "y.graphml",
                        """
                        <graphml xmlns:y="http://www.yworks.com/xml/graphml">
                          <key for="node" id="d6" yfiles.type="nodegraphics"/>
                          <graph edgedefault="directed" id="G">
                            <node id="n0"><data key="d6"><y:ShapeNode><y:Geometry height="30"/>
                              <y:NodeLabel>Core 1<y:LabelModel/></y:NodeLabel>
                            </y:ShapeNode></data></node>
                            <node id="n1"><port name="p"/></node>
                            <edge id="e0" source="n0" target="n1"/>
                            <edge id="e1" source="n1" target="n0"/>
                          </graph></graphml>
                        """);
        assertThat(Sample.lines(imported, "nodes"))
                .containsExactly("\"core-1\": {\"label\": \"Core 1\"}", "\"n1\": {}");
        assertThat(imported.topology().links()).hasSize(1);
        assertThat(Sample.notes(imported))
                .containsExactly(
                        "elements without a place here: port",
                        "links whose delay is not known, 0 here: Core 1 - n1");
    }

    @Test
    void entitiesAreNotExpanded() {
        String bomb =
                """
                <?xml version="1.0"?>
                <!DOCTYPE graphml [ <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;">
                  <!ENTITY x SYSTEM "file:///etc/passwd"> ]>
                <graphml><graph><node id="n0"><data key="label">&b;&x;</data></node></graph></graphml>
                """;
        try {
            Imported imported = sample.of("bomb.graphml", bomb);
            assertThat(imported.text("")).doesNotContain("aaaa", "root");
        } catch (InputException | IOException e) {
            assertThat(e).hasMessageContaining("bomb.graphml:");
        }
    }

    @Test
    void brokenXmlAndUnknownEndsAreNamedWithTheirLine() {
        assertThatThrownBy(() -> sample.of("g.graphml", GRAPH.replace("</graphml>", "")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("g.graphml:")
                .hasMessageContaining("the XML is broken");
        assertThatThrownBy(
                        () -> sample.of("g.graphml", GRAPH.replace("target=\"1\"", "target=\"7\"")))
                .hasMessageContaining("g.graphml:15:1: the target \"7\" is no node");
        assertThatThrownBy(() -> sample.of("deep.graphml", "<graphml>" + "<graph>".repeat(100_000)))
                .hasMessageContaining("nested deeper than 64");
    }
}
