package vini.overlay.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.overlay.json.InputException;

import java.io.IOException;
import java.nio.file.Path;

class GmlImporterTest {
    /** As the Zoo writes: accents as entities, external nodes, parallel edges, speeds. */
    static final String ZOO =
            """
            # made by hand
            graph [
              Network "Example"
              label "Beispiel"
              DateObtained "2011"
              node [ id 0 label "K&#246;ln" Country "Germany" Longitude 6.95 Internal 1 Latitude 50.94 ]
              node [ id 1 label "Washington, DC" Longitude -77.04 Internal 1 Latitude 38.9 ]
              node [ id 2 label "None" Internal 0 ]
              node [ id 3 label "None" Internal 0 ]
              edge [ source 0 target 1 LinkSpeed "10" LinkSpeedUnits "G" LinkSpeedRaw 10000000000.0 ]
              edge [ source 0 target 1 ]
              edge [ source 1 target 2 LinkLabel "OC-3" ]
              edge [ source 2 target 2 ]
            ]
            """;

    @TempDir Path folder;
    private Sample sample = new Sample(Path.of(""));

    @BeforeEach
    void useFolder() {
        sample = new Sample(folder);
    }

    @Test
    void aZooFileBecomesATopology() throws IOException {
        Imported imported = sample.of("b.gml", ZOO);

        assertThat(imported.topology().name()).isEqualTo("beispiel");
        assertThat(Sample.lines(imported, "nodes"))
                .containsExactly(
                        "\"koln\": {\"label\": \"Köln\", \"location\": [50.94, 6.95]}",
                        "\"washington-dc\": {\"label\": \"Washington, DC\","
                                + " \"location\": [38.9, -77.04]}",
                        "\"none\": {\"label\": \"None\"}",
                        "\"none-2\": {\"label\": \"None\"}");
        // 6381 km of great circle, at 199,862 km/s.
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"koln\", \"washington-dc\"], \"delay\": \"31.93ms\","
                                + " \"rate\": \"10Gbps\"}",
                        "{\"between\": [\"washington-dc\", \"none\"]}");
        assertThat(imported.parts()).isEqualTo(2);
    }

    @Test
    void whatIsLostIsSaidOncePerKind() throws IOException {
        assertThat(Sample.notes(sample.of("b.gml", ZOO)))
                .containsExactlyInAnyOrder(
                        "attributes of the graph without a place here: DateObtained",
                        "attributes of nodes without a place here: Country",
                        "nodes outside of the network (Internal 0), kept as nodes: None (2)",
                        "attributes of links without a place here: LinkLabel",
                        "parallel links, left out since two nodes have one link, the cheapest:"
                                + " Köln - Washington, DC",
                        "links of a node to itself, left out: None",
                        "links whose delay is not known, 0 here: Washington, DC - None");
    }

    @Test
    void aLengthIsSurerThanCoordinatesAndADelaySurerThanALength() throws IOException {
        Imported imported =
                sample.of(
                        "x.gml",
                        """
                        graph [ node [ id 1 lat 0 lon 0 ] node [ id 2 lat 0 lon 1 ] node [ id 3 ]
                          edge [ source 1 target 2 dist 199.862 ]
                          edge [ source 2 target 3 dist 5000 delay 2.5 weight 1.5 ]
                          edge [ source 1 target 3 delay "70us" weight 20 loss 0.01 ] ]
                        """);
        assertThat(Sample.lines(imported, "nodes").getFirst())
                .isEqualTo("\"n1\": {\"label\": \"1\", \"location\": [0, 0]}");
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"n1\", \"n2\"], \"delay\": \"1ms\"}",
                        "{\"between\": [\"n2\", \"n3\"], \"cost\": 15, \"delay\": \"2.5ms\"}",
                        "{\"between\": [\"n1\", \"n3\"], \"cost\": 200, \"delay\": \"70us\","
                                + " \"loss\": \"1%\"}");
        assertThat(Sample.notes(imported))
                .containsExactly("costs are multiplied by 10: OSPF's are whole numbers");
    }

    @Test
    void theTwoDirectionsOfADirectedGraphAreOneLink() throws IOException {
        Imported imported =
                sample.of(
                        "x.gml",
                        """
                        graph [ directed 1 node [ id 1 ] node [ id 2 ] node [ id 3 ]
                          edge [ source 1 target 2 delay 1 cost 3 ]
                          edge [ source 2 target 1 delay 2 cost 4 ]
                          edge [ source 3 target 2 delay 5 ] ]
                        """);
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"n1\", \"n2\"], \"cost\": [3, 4],"
                                + " \"forward\": {\"delay\": \"1ms\"},"
                                + " \"backward\": {\"delay\": \"2ms\"}}",
                        "{\"between\": [\"n3\", \"n2\"], \"delay\": \"5ms\"}");
        assertThat(Sample.notes(imported))
                .containsExactly("links in one direction only, made the same in both: 3 - 2");
    }

    @Test
    void coordinatesOfADrawingAreNone() throws IOException {
        Imported imported =
                sample.of(
                        "x.gml",
                        """
                        graph [ node [ id 1 lat 563 lon 149 ] node [ id 2 lat 80 lon 17 ]
                          edge [ source 1 target 2 ] ]
                        """);
        assertThat(Sample.lines(imported, "nodes"))
                .containsExactly("\"n1\": {\"label\": \"1\"}", "\"n2\": {\"label\": \"2\"}");
        assertThat(Sample.notes(imported))
                .containsExactly(
                        "the coordinates are those of a drawing, not of the earth, and left out",
                        "links whose delay is not known, 0 here: 1 - 2");
    }

    @Test
    void costsBeyondOspfsAreScaled() throws IOException {
        Imported imported =
                sample.of(
                        "x.gml",
                        """
                        graph [ node [ id 1 ] node [ id 2 ] node [ id 3 ]
                          edge [ source 1 target 2 delay 1 cost 131070 ]
                          edge [ source 2 target 3 delay 1 cost 2 ] ]
                        """);
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"n1\", \"n2\"], \"cost\": 65535, \"delay\": \"1ms\"}",
                        "{\"between\": [\"n2\", \"n3\"], \"cost\": 1, \"delay\": \"1ms\"}");
        assertThat(Sample.notes(imported).getFirst()).startsWith("costs go up to 131070");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "graph [ node [ id 1 ] | 1:1: the [ of this line has no ]",
                "graph [ node [ id ] ] | 1:1: the key \"id\" has no value",
                "graph [ node [ label \"a ] ] | 1:1: the \" of this line is never closed",
                "graph [ node [ label \"a\" ] ] | 1:1: this node has no id; write one",
                "graph [ node [ id 1 ] node [ id 1 ] ] | 1:1: the node \"1\" is there already",
                "graph [ node [ id 1 ] edge [ source 1 target 2 ] ] | 1:1: the target \"2\" is no"
                        + " node",
                "graph [ node [ id 1 ] edge [ source 1 ] ] | 1:1: this edge has no target",
                "graph [ node [ id 1 lat x lon 1 ] ] | 1:1: the latitude \"x\" is not a number",
                "graph [ ] | 1:1: there is no node in it",
                "graph [ ] ] | 1:1: a ] without its [",
                "graph [ 7 8 ] | 1:1: a key begins with a letter, not with \"7\"",
            })
    void mistakesAreNamedWithTheirLine(String text, String message) {
        assertThatThrownBy(() -> sample.of("bad.gml", text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bad.gml:" + message);
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> sample.of("deep.gml", "graph [ ".repeat(100_000)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nested deeper than 32");
    }
}
