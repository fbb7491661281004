package vini.overlay.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

class AddressPlanTest {
    @Test
    void numbersInOrderOfAppearance() {
        AddressPlan plan =
                AddressPlan.of(TopologyFileTest.read(topology("\"a\": {}, \"b\": {}", "ab")));

        assertThat(plan.table())
                .isEqualTo(
                        """
                        node  address
                        a     10.77.0.1
                        b     10.77.0.2

                        link  addresses
                        a-b   10.77.128.1/30  10.77.128.2/30
                        """);
        assertThat(plan.json())
                .hasToString(
                        "{\"nodes\":{\"a\":[\"10.77.0.1\"],\"b\":[\"10.77.0.2\"]},\"links\":[{\"between\":"
                            + "[\"a\",\"b\"],\"addresses\":[[\"10.77.128.1/30\"],[\"10.77.128.2/30\"]]}]}");
    }

    @Test
    void appendingRenumbersNothing() {
        String few = nodes(5);
        Topology before = TopologyFileTest.read(topology(few, "ab", "bc"));
        Topology after = TopologyFileTest.read(topology(nodes(9), "ab", "bc", "ac", "de"));
        AddressPlan old = AddressPlan.of(before);
        AddressPlan now = AddressPlan.of(after);

        for (Node node : before.nodes()) {
            assertThat(now.nodeAddresses(node)).isEqualTo(old.nodeAddresses(node));
        }
        for (Link link : before.links()) {
            assertThat(now.linkEnd(link, End.B)).isEqualTo(old.linkEnd(link, End.B));
        }
        assertThat(now.linkEnd(after.links().get(3), End.A)).hasToString("10.77.128.13/30");
    }

    @Test
    void automaticAddressesMakeRoomForPinnedOnes() {
        Topology topology =
                TopologyFileTest.read(
                        topology(
                                "\"a\": {}, \"b\": {\"address\": [\"10.77.0.1\", \"fd00::1\"]},"
                                        + " \"c\": {\"address\": \"fd00::2\"}",
                                "ab"));
        AddressPlan plan = AddressPlan.of(topology);

        assertThat(plan.nodeAddresses(topology.nodes().get(0))).hasToString("[10.77.127.255]");
        assertThat(plan.nodeAddresses(topology.nodes().get(1))).hasToString("[10.77.0.1, fd00::1]");
        assertThat(plan.nodeAddresses(topology.nodes().get(2))).hasToString("[10.77.0.3, fd00::2]");
        assertThat(plan.routerId(topology.nodes().get(2))).hasToString("10.77.0.3");
        assertThat(plan.notes())
                .containsExactly(
                        "node \"a\" gets 10.77.127.255, because its automatic address is pinned"
                                + " elsewhere");
    }

    @Test
    void linkEndsMayBePinnedInAnyAddressSpace() {
        String pinned =
                "{\"between\": [\"a\", \"b\"], \"addresses\": [[\"192.0.2.2/31\", \"fd00::1/64\"],"
                        + " [\"192.0.2.3/31\", \"fd00::2/64\"]]}";
        Topology topology =
                TopologyFileTest.read(
                        "{\"name\": \"t\", \"nodes\": {\"a\": {}, \"b\": {}}, \"links\": ["
                                + pinned
                                + "]}");
        AddressPlan plan = AddressPlan.of(topology);

        assertThat(plan.linkEndAddresses(topology.links().getFirst(), End.B))
                .hasToString("[192.0.2.3/31, fd00::2/64]");
        assertThat(TopologyFileTest.read(TopologyFile.write(topology))).isEqualTo(topology);
    }

    @Test
    void aDefaultPrefixHoldsThousandsOfNodes() {
        Topology large = TopologyFileTest.read(topology(nodes(10_000)));

        AddressPlan plan = AddressPlan.of(large);
        assertThat(plan.routerId(large.nodes().getLast())).hasToString("10.77.39.16");
    }

    private static String nodes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + (i < 26 ? (char) ('a' + i) + "" : "n" + i) + "\": {}")
                .collect(Collectors.joining(", "));
    }

    private static String topology(String nodes, String... links) {
        String all =
                IntStream.range(0, links.length)
                        .mapToObj(i -> links[i])
                        .map(
                                l ->
                                        "{\"between\": [\""
                                                + l.charAt(0)
                                                + "\", \""
                                                + l.charAt(1)
                                                + "\"]}")
                        .collect(Collectors.joining(", "));
        return "{\"name\": \"t\", \"nodes\": {" + nodes + "}, \"links\": [" + all + "]}";
    }
}
