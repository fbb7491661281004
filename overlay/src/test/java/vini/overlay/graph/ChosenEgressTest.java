package vini.overlay.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.GraphProcess;
import vini.forwarder.VirtualLoop;
import vini.overlay.json.Problems;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.DoorPlan;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Three nodes: an ingress, and an egress on each side of it. Virtual time has neither users nor
 * devices: a source of packets and counters stand for them, and routes are written by hand.
 */
class ChosenEgressTest {
    private static final String TOPOLOGY =
            """
            {"name": "t", "nodes": {"a": {"ingress": true}, "b": {"egress": true},
                                    "c": {"egress": {"prefixes": ["9.0.0.0/8"]}}},
             "links": [{"between": ["a", "b"]}, {"between": ["a", "c"], "mtu": 1400}]}
            """;

    /** A user with the address 10.87.0.2, and somebody who speaks as if he were the ingress. */
    private static final String USERS =
            """
            elementclass Users {
                source :: TimedSource(INTERVAL 1s, DATA "hello, and more", ACTIVE false)
                    -> udp :: IPEncap(udp, 10.87.0.2, 9.1.1.1, DF true) -> sent :: Counter -> output;
                input -> told :: IPClassifier(icmp type unreachable, icmp type timeexceeded, -);
                told[0] -> unreachable :: Counter -> Discard;
                told[1] -> expired :: Counter -> Discard;
                told[2] -> other :: Counter -> Discard;
            }
            """;

    private static final String FORGER =
            """
            forger :: TimedSource(INTERVAL 1s, DATA "hello, and more", ACTIVE false)
                -> inner :: IPEncap(udp, 10.87.16.2, 9.1.1.1)
                -> IPEncap(ipip, 10.77.0.1, 10.77.0.3) -> Paint(255) -> fib;
            """;

    private static final String CHOICE = "10.87.0.2/32 ";
    private static final int USERS_MTU = 1400;

    @TempDir Path folder;

    private final VirtualClock clock = new VirtualClock();
    private final VirtualLoop loop = new VirtualLoop(clock);
    private final GraphProcess process = new GraphProcess(loop, new Seed(1));

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("t.json"), TOPOLOGY);
        Topology topology = TopologyFile.read(folder.resolve("t.json"), new Problems());
        for (Node node : topology.nodes()) {
            process.start(node.name(), node.name() + ".click", text(topology, node));
        }
        write("a/fib.set", "10.77.0.2/32 10.77.128.2 1");
        write("a/fib.set", "10.77.0.3/32 10.77.128.6 1");
        write("a/fib.set", "0.0.0.0/0 10.77.128.2 1");
        for (String inside : List.of("10.77.0.1/32 ", "10.87.0.0/20 ")) {
            write("b/fib.set", inside + "10.77.128.1 1");
            write("c/fib.set", inside + "10.77.128.5 1");
        }
    }

    @AfterEach
    void endWithoutALeak() {
        process.close();
        clock.runFor(1);
        assertThat(loop.packets().inUse()).isZero();
        loop.packets().close();
    }

    private static String text(Topology topology, Node node) {
        AddressPlan plan = AddressPlan.of(topology);
        DoorPlan doorPlan = DoorPlan.of(topology);
        List<Door> doors = new ArrayList<>();
        if (node.ingress() != null) {
            doors.add(new IngressDoor(1, "key", null, USERS_MTU, doorPlan.users(node)));
        }
        if (node.egress() != null) {
            doors.add(
                    new EgressDoor(
                            node.egress(),
                            doorPlan.egressAddress(node, 0),
                            doorPlan.insideWithMachine(),
                            EgressDoor.device("device", null, 1500),
                            1500,
                            List.of()));
        }
        HostPort host = new HostPort.Builtin(plan.routerId(node));
        String text = NodeGraph.text(topology, plan, node, host, new Tunnels.Direct(), doors);
        return USERS
                + text.replaceAll("WireGuard\\(.*\\)", "Users")
                        .replaceAll("Host\\(DEVICE.*\\)", "Counter")
                + (node.ingress() == null ? "" : FORGER);
    }

    private void write(String handler, String value) throws Exception {
        process.handlers().write(handler, value);
    }

    private long count(String element) throws Exception {
        return Long.parseLong(process.handlers().read(element + ".count", "").strip());
    }

    /** A user sends a packet; who gets it or what of it. */
    private String sent() throws Exception {
        return sent("a/users/source");
    }

    private String sent(String source) throws Exception {
        Map<String, String> ways = new TreeMap<>();
        ways.put("b/outside", "b");
        ways.put("c/outside", "c");
        ways.put("a/users/unreachable", "unreachable");
        ways.put("a/users/expired", "expired");
        ways.put("a/users/other", "answer");
        Map<String, Long> before = new TreeMap<>();
        for (String way : ways.keySet()) {
            before.put(way, count(way));
        }
        write(source + ".active", "true");
        clock.runFor(1_500_000_000L);
        write(source + ".active", "false");
        StringJoiner got = new StringJoiner(" ");
        for (Map.Entry<String, String> way : ways.entrySet()) {
            long now = count(way.getKey());
            for (long n = before.getOrDefault(way.getKey(), now); n < now; n++) {
                got.add(way.getValue());
            }
        }
        return got.toString();
    }

    @Test
    void routingDecidesUntilAUserChoosesAndAgainAfterwards() throws Exception {
        assertThat(sent()).isEqualTo("b");
        write("a/chosen.set", CHOICE + "10.77.0.3 1");
        assertThat(sent()).isEqualTo("c");
        write("a/chosen.set", CHOICE + "10.77.0.2 1");
        assertThat(sent()).isEqualTo("b");
        write("a/chosen.remove", CHOICE.strip());
        assertThat(sent()).isEqualTo("b");
    }

    @Test
    void whatTheChosenEgressOffersNoWayToDoesNotLeaveByAnother() throws Exception {
        write("a/chosen.set", CHOICE + "10.77.0.3 1");
        write("a/users/udp.dst", "8.8.8.8");
        assertThat(sent()).isEqualTo("unreachable");
        write("a/users/udp.dst", "10.1.2.3");
        assertThat(sent()).isEqualTo("unreachable");
    }

    @Test
    void anEgressThatCannotBeReachedIsTold() throws Exception {
        write("a/chosen.set", CHOICE + "10.77.0.3 1");
        write("a/fib.reset", "10.77.0.3/32");
        assertThat(sent()).isEqualTo("unreachable");
        write("a/chosen.set", CHOICE + "- 2");
        assertThat(sent()).isEqualTo("unreachable");
    }

    @Test
    void whatIsForTheSliceGoesItsWay() throws Exception {
        write("a/users/udp.dst", "10.77.0.2");
        for (String way : List.of("10.77.0.3 1", "- 2")) {
            write("a/chosen.set", CHOICE + way);
            String before = process.handlers().read("b/host.counters", "");
            String _ = sent();
            assertThat(process.handlers().read("b/host.counters", "")).as(way).isNotEqualTo(before);
        }
    }

    @Test
    void theTunnelIsOneHopAndShorterThanTheLinks() throws Exception {
        write("a/chosen.set", CHOICE + "10.77.0.3 1");
        write("a/users/udp.config", "udp, 10.87.0.2, 9.1.1.1, TTL 1");
        assertThat(sent()).isEqualTo("expired");
        write("a/users/udp.config", "udp, 10.87.0.2, 9.1.1.1, TTL 2");
        assertThat(sent()).isEqualTo("expired");
        write("a/users/udp.config", "udp, 10.87.0.2, 9.1.1.1, TTL 3");
        assertThat(sent()).isEqualTo("c");
        write("a/users/udp.config", "udp, 10.87.0.2, 9.1.1.1, DF true");
        write("a/users/source.data", "x".repeat(1361));
        assertThat(sent()).isEqualTo("unreachable");
        write("a/users/source.data", "x".repeat(1360));
        assertThat(sent()).isEqualTo("c");
        write("a/users/udp.config", "udp, 10.87.0.2, 9.1.1.1");
        write("a/users/source.data", "x".repeat(1361));
        assertThat(sent()).isEqualTo("c c");
    }

    @Test
    void whatComesByATunnelIsFromUsersOfItsIngressAndNotForTheSlice() throws Exception {
        assertThat(sent("a/forger")).isEmpty();
        write("a/inner.src", "10.87.0.2");
        assertThat(sent("a/forger")).isEqualTo("c");
        write("a/inner.dst", "10.77.0.2");
        assertThat(sent("a/forger")).isEmpty();
    }
}
