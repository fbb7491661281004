package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.forwarder.control.ControlClient;
import vini.forwarder.io.ProcessCalls;
import vini.overlay.host.Capabilities;
import vini.overlay.host.Possibility;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hosts behind an Ethernet device: {@code "hosts": "tap"}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class TapHostsSystemTest {
    private static final String TOPOLOGY =
            """
            {"name": "wired", "nodes": {"a": {}, "b": {}, "c": {}}, "hosts": "tap",
             "links": [{"between": ["a", "b"], "delay": "5ms"},
                       {"between": ["b", "c"], "delay": "10ms"},
                       {"between": ["c", "a"], "delay": "10ms"}],
             "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"}, "tunnels": "udp"}
            """;

    private static final String FAILURE =
            """
            {"name": "short", "topology": "wired.json", "duration": "6s",
             "probes": [{"name": "rtt", "ping": {"from": "a", "to": "b", "every": "20ms"}},
                        {"name": "bulk", "tcp": {"from": "a", "to": "b", "window": "16KB"}}],
             "events": [{"at": "2.5s", "fail": {"link": ["a", "b"], "mode": "down"}}],
             "expect": [{"that": "probes.rtt.phases[0].rtt_ms.median", "between": [10, 1000]},
                        {"that": "probes.rtt.phases[0].path", "equals": ["a", "b"]},
                        {"that": "probes.rtt.phases[1].path", "equals": ["a", "c", "b"]},
                        {"that": "probes.rtt.phases[1].rtt_ms.median", "between": [40, 1000]}]}
            """;

    /** The node n has the Ethernet address 02:56:49:4e and n. */
    private static final String GATEWAY = "169.254.1.1 dev vini0 lladdr 02:56:49:4e:00:01";

    /** Each look starts a command. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir static Path folder;

    private static ViniProcess.Result vini(String... arguments) throws Exception {
        return ViniProcess.run(folder, arguments);
    }

    private static String said(String... arguments) throws Exception {
        ViniProcess.Result result = vini(arguments);
        assertThat(result.status()).as("%s", result).isZero();
        return result.out();
    }

    @BeforeAll
    void up() throws Exception {
        Possibility kernel = Capabilities.kernelHosts();
        assumeTrue(kernel.possible(), kernel.sentence());
        Files.writeString(folder.resolve("wired.json"), TOPOLOGY);
        Files.writeString(folder.resolve("short.json"), FAILURE);
        assertThat(said("up", "wired.json")).contains("3 nodes, 3 links", "tap hosts");
    }

    @AfterAll
    void down() throws Exception {
        assertThat(vini("down", "--all").status()).isZero();
        ViniProcess.assertNothingIsLeft(folder);
    }

    @Test
    void thePingedNodeIsFoundByArp() throws Exception {
        assertThat(said("exec", "wired/a", "--", "ping", "-c", "3", "b"))
                .contains("3 received", "0% packet loss");
        assertThat(said("exec", "wired/a", "--", "ip", "neigh")).startsWith(GATEWAY);
        assertThat(said("exec", "wired/a", "--", "ip", "route"))
                .contains("default via 169.254.1.1 dev vini0");
        assertThat(said("exec", "wired/a", "--", "ip", "-d", "link", "show", "vini0"))
                .contains("link/ether", "tun type tap", "mtu 1500");
    }

    @Test
    void tcpGoesOverIt() throws Exception {
        ViniProcess server =
                ViniProcess.start(folder, "exec", "wired/c", "--", "iperf3", "-s", "-1");
        await().atMost(PATIENCE)
                .until(() -> vini("exec", "wired/c", "--", "ss", "-lnt").out().contains(":5201"));
        String json = said("exec", "wired/a", "--", "iperf3", "-c", "c", "-t", "2", "-J");
        assertThat(server.end().status()).isZero();
        JsonNode end = JsonMapper.shared().readTree(json).path("end");
        assertThat(end.path("sum_received").path("bits_per_second").asDouble()).isGreaterThan(5e6);
    }

    @Test
    void framesThatAreNoIpAreDroppedAndCounted() throws Exception {
        assumeTrue(
                ProcessCalls.geteuid() == 0,
                "a namespace is entered by its path, which needs root");
        Matcher netns = Pattern.compile("NETNS ([^,)]+)").matcher(said("config", "wired/b"));
        assertThat(netns.find()).isTrue();
        String frame = "ffffffffffff 020000000009 88b5" + " 00".repeat(46);
        said(
                "click",
                "-e",
                "InfiniteSource(DATA \\<"
                        + frame
                        + ">, LIMIT 3) -> Queue -> to :: ToDevice(vini0, NETNS "
                        + netns.group(1)
                        + "); Script(wait 300ms, stop);");
        try (ControlClient forwarder =
                ControlClient.connect(folder.resolve("x/vini/wired/forwarder.sock"))) {
            await().atMost(PATIENCE)
                    .until(() -> forwarder.read("b.books").contains("drop foreign filtered 3\n"));
        }
    }

    @Test
    void anExperimentRunsOnIt() throws Exception {
        said("run", "short.json", "--out", "t");
        JsonNode summary =
                JsonMapper.shared().readTree(Files.readString(folder.resolve("t/summary.json")));
        assertThat(summary.path("verdict").asString()).isEqualTo("passed");
        assertThat(summary.path("hosts").asString()).isEqualTo("tap");
    }
}
