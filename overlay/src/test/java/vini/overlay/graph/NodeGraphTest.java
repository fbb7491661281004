package vini.overlay.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.GraphProcess;
import vini.forwarder.VirtualLoop;
import vini.net.EtherAddress;
import vini.net.Ipv4Address;
import vini.overlay.json.Problems;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.End;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class NodeGraphTest {
    @TempDir Path folder;

    private Topology topology(String link) throws Exception {
        Path file = folder.resolve("t.json");
        Files.writeString(
                file,
                "{\"name\": \"t\", \"nodes\": {\"a\": {}, \"b-c\": {}}, \"links\": [{\"between\":"
                        + " [\"a\", \"b-c\"], "
                        + link
                        + "}]}");
        return TopologyFile.read(file, new Problems());
    }

    private static String text(Topology topology) {
        HostPort host = new HostPort.Builtin(new Ipv4Address(0x0a4d0001));
        return NodeGraph.text(
                topology,
                AddressPlan.of(topology),
                topology.nodes().getFirst(),
                host,
                new Tunnels.Direct(),
                List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"cost\": 3 | Link()",
                "\"queue\": 7 | Link(QUEUE 7)",
                "\"rate\": \"1Mbps\" | Link(RATE 1Mbps, QUEUE 100)",
                "\"delay\": \"2.5ms\", \"jitter\": \"1us\", \"loss\": \"0.1%\""
                        + " | Link(DELAY 2.5ms, JITTER 1us, LOSS 0.1%)",
            })
    void aLinkDoesWhatTheTopologySays(String link, String element) throws Exception {
        assertThat(text(topology(link))).contains("to_b_c :: " + element + " -> tunnel_b_c");
    }

    /** What a topology may say must not be what a forwarder refuses. */
    @Test
    void theLargestValuesMakeAGraphThatStarts() throws Exception {
        Topology largest =
                topology(
                        "\"delay\": \"60s\", \"jitter\": \"60s\", \"loss\": \"100%\", \"rate\":"
                                + " \"1bps\", \"queue\": 65536, \"mtu\": 65507");
        VirtualLoop loop = new VirtualLoop(new VirtualClock());
        try (GraphProcess process = new GraphProcess(loop, new Seed(1))) {
            assertThat(process.start("a", "a.click", text(largest)).elementNames())
                    .contains("to_b_c");
        }
        assertThat(new Tunnels.Udp(0).element(largest.links().getFirst(), End.A))
                .contains("MTU 65507");
    }

    @Test
    void asManyLinksAsANodeMayHaveMakeAGraphThatStarts() throws Exception {
        StringBuilder nodes = new StringBuilder("\"hub\": {}");
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < Node.LINKS_MAX; i++) {
            nodes.append(", \"n").append(i).append("\": {}");
            links.append(i == 0 ? "" : ", ");
            links.append("{\"between\": [\"hub\", \"n").append(i).append("\"]}");
        }
        Path file = folder.resolve("star.json");
        Files.writeString(
                file,
                "{\"name\": \"t\", \"nodes\": {%s}, \"links\": [%s]}".formatted(nodes, links));
        VirtualLoop loop = new VirtualLoop(new VirtualClock());
        try (GraphProcess process = new GraphProcess(loop, new Seed(1))) {
            String hub = text(TopologyFile.read(file, new Problems()));
            assertThat(process.start("hub", "hub.click", hub).elementNames()).contains("to_n253");
        }
    }

    /** Virtual time has no devices: a counter stands for the host's. */
    @Test
    void aHostBehindAnEthernetDeviceMakesAGraphThatStarts() throws Exception {
        Topology topology = topology("\"cost\": 3");
        HostPort host =
                new HostPort.Tap(
                        "/proc/1/fd/5",
                        "vini0",
                        1400,
                        new Ipv4Address(0x0a4d0001),
                        new Ipv4Address(0xa9fe0101),
                        EtherAddress.parse("02:56:49:4e:00:01"));
        String text =
                NodeGraph.text(
                        topology,
                        AddressPlan.of(topology),
                        topology.nodes().getFirst(),
                        host,
                        new Tunnels.Direct(),
                        List.of());
        assertThat(text)
                .contains(
                        "host   :: EtherHost(10.77.0.1, 169.254.1.1, 02-56-49-4E-00-01, DEVICE"
                                + " vini0, NETNS /proc/1/fd/5, MTU 1400);");
        VirtualLoop loop = new VirtualLoop(new VirtualClock());
        try (GraphProcess process = new GraphProcess(loop, new Seed(1))) {
            String counted = text.replace("Host(TYPE tap, $device)", "Counter");
            assertThat(process.start("a", "a.click", counted).elementNames())
                    .contains("host/arp", "host/device", "foreign");
        }
    }

    /** Virtual time has no devices: a counter stands for the machine's. */
    @Test
    void theMachineEntersByADoorThatLeavesTheRestAsItIs() throws Exception {
        Topology topology = topology("\"cost\": 3");
        HostPort host = new HostPort.Builtin(new Ipv4Address(0x0a4d0001));
        String text =
                NodeGraph.text(
                        topology,
                        AddressPlan.of(topology),
                        topology.nodes().getFirst(),
                        host,
                        new Tunnels.Direct(),
                        List.of(
                                new AttachedDoor(
                                        7,
                                        "lab0",
                                        AttachedDoor.device("lab0", 1400),
                                        Ipv4Address.parse("10.87.255.254"),
                                        1400)));
        assertThat(text)
                .startsWith(text(topology))
                .contains(
                        "machine7 :: Host(DEVICE lab0, MTU 1400);",
                        "IPFilter(allow src host 10.87.255.254, deny all) -> Paint(254) -> fib;",
                        "fib[3] -> machine7ttl :: DecIPTTL -> machine7fit :: IPFragmenter(1400) ->"
                                + " machine7;");
        VirtualLoop loop = new VirtualLoop(new VirtualClock());
        try (GraphProcess process = new GraphProcess(loop, new Seed(1))) {
            String counted = text.replace("Host(DEVICE lab0, MTU 1400)", "Counter");
            process.start("a", "a.click", text(topology));
            process.handlers().write("a.hotconfig", counted);
            process.handlers().write("a/fib.set", "10.87.255.254/32 3");
            assertThat(process.handlers().read("a.list", "")).contains("machine7source");
        }
    }
}
