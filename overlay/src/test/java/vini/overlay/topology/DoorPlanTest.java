package vini.overlay.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.net.Prefix;
import vini.overlay.json.InputException;
import vini.overlay.json.Problems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

class DoorPlanTest {
    @TempDir Path folder;

    private Topology read(String nodes) throws IOException {
        Path file = folder.resolve("t.json");
        Files.writeString(file, "{\"name\": \"t\",\n\"nodes\": {" + nodes + "}}");
        return TopologyFile.read(file, new Problems());
    }

    private static Node node(Topology topology, String name) {
        return Objects.requireNonNull(topology.node(name));
    }

    @Test
    void ingressesShareTheBlockInOrderOfAppearance() throws IOException {
        Topology t =
                read(
                        """
                        "a": {"ingress": true}, "b": {"ingress": {"backs": "a"}}, "c": {},
                        "d": {"ingress": {"users": "10.99.0.0/24"}}, "e": {"ingress": {"port": 500}}
                        """);
        DoorPlan plan = DoorPlan.of(t);
        assertThat(plan.users(node(t, "a"))).hasToString("10.87.0.0/20");
        assertThat(plan.users(node(t, "b"))).isNull();
        assertThat(plan.users(node(t, "d"))).hasToString("10.99.0.0/24");
        assertThat(plan.users(node(t, "e"))).hasToString("10.87.16.0/20");
        assertThat(plan.home(node(t, "b"))).isEqualTo(node(t, "a"));
        assertThat(plan.ingresses(node(t, "a"))).containsExactly(node(t, "a"), node(t, "b"));
    }

    @Test
    void egressesOfTwoSlicesHaveDifferentAddresses() throws IOException {
        Topology t =
                read(
                        """
                        "a": {"egress": true}, "b": {},
                        "c": {"egress": {"way": "kernel", "address": "192.0.2.7",
                                         "ports": "20000-29999", "allow": ["10.0.0.0/8"]}},
                        "d": {"egress": true}
                        """);
        DoorPlan plan = DoorPlan.of(t);
        assertThat(plan.egressAddress(node(t, "a"), 0)).hasToString("198.18.0.1");
        assertThat(plan.egressAddress(node(t, "c"), 0)).hasToString("192.0.2.7");
        assertThat(plan.egressAddress(node(t, "d"), 0)).hasToString("198.18.0.3");
        assertThat(plan.egressAddress(node(t, "d"), 255)).hasToString("198.19.254.3");
        assertThat(node(t, "c").egress())
                .isEqualTo(
                        new Egress(
                                Egress.Way.KERNEL,
                                plan.egressAddress(node(t, "c"), 3),
                                new Egress.Ports(20_000, 29_999),
                                null,
                                List.of(Prefix.parse("0.0.0.0/0")),
                                List.of(Prefix.parse("10.0.0.0/8"))));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Topology t =
                read(
                        """
                        "a": {"ingress": true, "egress": true, "serves": ["other"]},
                        "b": {"egress": {"way": "slice", "slice": "far", "node": "x"}}
                        """);
        Files.writeString(folder.resolve("u.json"), TopologyFile.write(t));
        assertThat(TopologyFile.read(folder.resolve("u.json"), new Problems())).isEqualTo(t);
    }

    @Test
    void mistakesAreNamed() {
        mistake("\"a\": {\"ingress\": {\"backs\": \"x\"}}", "no other node with users of its own");
        mistake("\"a\": {\"ingress\": {\"backs\": \"a\"}}", "no other node with users of its own");
        mistake(
                "\"wash\": {\"ingress\": true}, \"b\": {\"ingress\": {\"backs\": \"wsh\"}}",
                "did you mean \"wash\"?");
        mistake(
                "\"a\": {\"ingress\": {\"users\": \"10.77.1.0/24\"}}",
                "t.json:2:38: \"users\": 10.77.1.0/24, the users of a, overlaps the topology's");
        mistake("\"a\": {\"ingress\": {\"users\": \"::/64\"}}", "not an IPv4 block");
        mistake("\"a\": {\"ingress\": {\"port\": 0}}", "1-65535");
        mistake("\"a\": {\"ingress\": false}", "leave the key out");
        mistake("\"a\": {\"egress\": {\"ports\": \"9-1\"}}", "9-1 is not a range");
        mistake("\"a\": {\"egress\": {\"ports\": \"high\"}}", "20000-29999");
        mistake("\"a\": {\"egress\": {\"way\": \"kernle\"}}", "did you mean \"kernel\"?");
        mistake(
                "\"a\": {\"egress\": {\"way\": \"sockets\", \"address\": \"192.0.2.1\"}}",
                "sockets have the machine's address");
        mistake(
                "\"a\": {\"egress\": {\"way\": \"sockets\", \"ports\": \"20000-29999\"}}",
                "the machine chooses the ports");
        mistake("\"a\": {\"egress\": {\"address\": \"::1\"}}", "IPv6");
        mistake("\"a\": {\"egress\": {\"way\": \"slice\"}}", "\"slice\": its name");
        mistake("\"a\": {\"egress\": {\"slice\": \"b\", \"node\": \"x\"}}", "\"way\": \"slice\"");
        mistake("\"a\": {\"serves\": [\"B b\"]}", "B b");
    }

    private void mistake(String nodes, String sentence) {
        assertThatThrownBy(() -> read(nodes))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(sentence);
    }
}
