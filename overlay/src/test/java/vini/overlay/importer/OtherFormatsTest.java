package vini.overlay.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.overlay.json.InputException;

import java.io.IOException;
import java.nio.file.Path;

/** SNDlib's native format, BRITE, Rocketfuel and containerlab. */
class OtherFormatsTest {
    static final String SNDLIB =
            """
            ?SNDlib native format; type: network; version: 1.0
            # network polska-small

            # NODE SECTION
            #
            # <node_id> [(<longitude>, <latitude>)]
            NODES (
              Gdansk ( 18.60 54.20 )
              Warsaw ( 21.00 52.20 )
              Lodz
            )
            LINKS (
              Link_0_1 ( Gdansk Warsaw ) 0.00 0.00 3.00 0.00 ( 155.00 156.00 622.00 468.00 )
              Link_1_2 ( Warsaw Lodz ) 0.00 0.00 4.00 0.00 ( )
            )
            DEMANDS (
              D0 ( Gdansk Lodz ) 1 195.00 UNLIMITED
            )
            """;

    static final String BRITE =
            """
            Topology: ( 3 Nodes, 2 Edges )
            Model (1 - RTWaxman):  3 1000 100 1  2  0.15 0.2 1 1 10.0 1024.0

            Nodes: ( 3 )
            0	618.00	285.00	1	1	-1	RT_NODE
            1	10.00	20.00	2	2	7	RT_BORDER
            2	30.00	40.00	1	1	7	RT_NODE

            Edges: ( 2 )
            0	0	1	663.12	2.211930	10.00	-1	-1	E_RT	U
            1	1	2	28.28	-1	-1	7	7	E_RT_BACKBONE	U
            """;

    static final String CLAB =
            """
            name: srl02
            mgmt:
              network: fixed
            topology:
              kinds:
                nokia_srlinux: {image: ghcr.io/nokia/srlinux}
              nodes:
                srl1:
                  kind: nokia_srlinux
                  labels: {graph-geoCoordinateLat: "52.52", graph-geoCoordinateLng: "13.41"}
                srl2:
                  kind: nokia_srlinux
                br_1: {kind: bridge}
              links:
                - endpoints: ["srl1:e1-1", "srl2:e1-1"]
                - endpoints: ["srl1:e1-2", "br_1:eth1"]
                  mtu: 9000
                - type: veth
                  endpoints:
                    - node: srl2
                      interface: e1-2
                    - {node: br_1, interface: eth2}
                - endpoints: ["srl1:e1-9", "host:srl1_e9"]
                - type: macvlan
                  endpoint: {node: srl1, interface: e1-8}
            """;

    @TempDir Path folder;
    private Sample sample = new Sample(Path.of(""));

    @BeforeEach
    void useFolder() {
        sample = new Sample(folder);
    }

    @Test
    void sndlibsNativeFormat() throws IOException {
        Imported imported = sample.of("polska.txt", SNDLIB);
        assertThat(imported.format().name()).isEqualTo("sndlib");
        assertThat(imported.topology().name()).isEqualTo("polska-small");
        assertThat(Sample.lines(imported, "nodes"))
                .containsExactly(
                        "\"gdansk\": {\"label\": \"Gdansk\", \"location\": [54.2, 18.6]}",
                        "\"warsaw\": {\"label\": \"Warsaw\", \"location\": [52.2, 21]}",
                        "\"lodz\": {\"label\": \"Lodz\"}");
        // 273 km
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"gdansk\", \"warsaw\"], \"cost\": 3, \"delay\":"
                                + " \"1.37ms\"}",
                        "{\"between\": [\"warsaw\", \"lodz\"], \"cost\": 4}");
        assertThat(Sample.notes(imported))
                .containsExactly(
                        "links whose capacity is left out: it has no unit: Gdansk - Warsaw, Warsaw"
                                + " - Lodz",
                        "sections without a place here: DEMANDS",
                        "links whose delay is not known, 0 here: Warsaw - Lodz");
    }

    @Test
    void sndlibsMistakes() {
        assertThatThrownBy(() -> sample.of("a.txt", SNDLIB.replace("Warsaw Lodz", "Warsaw Lods")))
                .hasMessageContaining("a.txt:14:1: \"Lods\" is no node");
        assertThatThrownBy(() -> sample.of("a.txt", SNDLIB.replace("UNLIMITED\n)", "UNLIMITED\n")))
                .hasMessageContaining("a.txt:16:1: the ( of this line has no )");
        assertThatThrownBy(() -> sample.of("a.txt", SNDLIB + "X " + "( ".repeat(100_000)))
                .hasMessageContaining("nested deeper than 16");
    }

    @Test
    void brite() throws IOException {
        Imported imported = sample.of("waxman.brite", BRITE);
        assertThat(imported.format().name()).isEqualTo("brite");
        assertThat(Sample.lines(imported, "nodes").getLast())
                .isEqualTo("\"n2\": {\"label\": \"2\"}");
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"n0\", \"n1\"], \"delay\": \"2.21193ms\", \"rate\":"
                                + " \"10Mbps\"}",
                        "{\"between\": [\"n1\", \"n2\"], \"delay\": \"140us\"}");
        assertThat(Sample.notes(imported))
                .containsExactly(
                        "nodes of autonomous systems, which are one network here: 1, 2",
                        "the places of nodes are those of a plane, not of the earth, and left out");
        assertThatThrownBy(() -> sample.of("x.brite", BRITE.replace("\t0\t1\t663", "\t0\t9\t663")))
                .hasMessageContaining("x.brite:10:1: \"9\" is no node");
    }

    @Test
    void rocketfuelsWeightsWithLatenciesBesideThem() throws IOException {
        sample.file(
                "1221/weights.intra",
                """
                Sydney,+Australia1 Perth,+Australia22 2.5
                Perth,+Australia22 Sydney,+Australia1 3
                Sydney,+Australia1 Melbourne,+Australia3 1
                """);
        sample.file(
                "1221/latencies.intra",
                """
                Sydney,+Australia1 Perth,+Australia22 26
                Perth,+Australia22 Sydney,+Australia1 26
                Sydney,+Australia1 Darwin,+Australia4 5
                """);
        Imported imported = Imports.read(folder.resolve("1221"), null, null);
        assertThat(imported.format().name()).isEqualTo("rocketfuel");
        assertThat(imported.topology().name()).isEqualTo("t1221");
        assertThat(Sample.lines(imported, "nodes"))
                .containsExactly(
                        "\"sydney-australia1\": {\"label\": \"Sydney, Australia1\"}",
                        "\"perth-australia22\": {\"label\": \"Perth, Australia22\"}",
                        "\"melbourne-australia3\": {\"label\": \"Melbourne, Australia3\"}");
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"sydney-australia1\", \"perth-australia22\"],"
                                + " \"cost\": [25, 30], \"delay\": \"26ms\"}",
                        "{\"between\": [\"sydney-australia1\", \"melbourne-australia3\"],"
                                + " \"cost\": 10}");
        assertThat(Sample.notes(imported))
                .contains(
                        "latencies of links that have no weight, left out: Sydney,+Australia1"
                                + " Darwin,+Australia4",
                        "costs are multiplied by 10: OSPF's are whole numbers");

        Imported alone = Imports.read(folder.resolve("1221/latencies.intra"), null, null);
        assertThat(alone.topology().links()).hasSize(2);
        assertThat(alone.topology().links().getFirst().forward().delayNanos())
                .isEqualTo(26_000_000);
    }

    @Test
    void containerlab() throws IOException {
        Imported imported = sample.of("srl02.clab.yml", CLAB);
        assertThat(imported.format().name()).isEqualTo("containerlab");
        assertThat(Sample.lines(imported, "nodes"))
                .containsExactly(
                        "\"srl1\": {\"location\": [52.52, 13.41]}",
                        "\"srl2\": {}",
                        "\"br-1\": {\"label\": \"br_1\"}");
        assertThat(Sample.lines(imported, "links"))
                .containsExactly(
                        "{\"between\": [\"srl1\", \"srl2\"]}",
                        "{\"between\": [\"srl1\", \"br-1\"], \"mtu\": 9000}",
                        "{\"between\": [\"srl2\", \"br-1\"]}");
        assertThat(Sample.notes(imported))
                .containsExactly(
                        "attributes of nodes without a place here: kind (3), labels",
                        "bridges, which are routers here: br_1",
                        "links to the world outside, left out: host, macvlan",
                        "parts of the file without a place here: mgmt",
                        "parts of the topology without a place here: kinds",
                        "links whose delay is not known, 0 here: srl1 - srl2, srl1 - br_1, srl2 -"
                                + " br_1");
    }

    @Test
    void containerlabsMistakes() {
        assertThatThrownBy(() -> sample.of("a.yml", CLAB.replace("srl2:e1-1", "srl3:e1-1")))
                .hasMessageContaining("a.yml:15:34: \"srl3\" is no node".replace(":34", ":1"));
        assertThatThrownBy(() -> sample.of("a.yml", CLAB.replace("nodes:\n", "nodes: [\n")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the YAML is broken");
        StringBuilder bomb = new StringBuilder("topology:\n  nodes: {}\nb0: &b0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("b%d: &b%d [*b%d, *b%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> sample.of("bomb.yml", bomb.toString()))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(
                        () -> sample.of("deep.yml", "topology:\n  nodes: " + "[".repeat(100_000)))
                .isInstanceOf(InputException.class);
    }
}
