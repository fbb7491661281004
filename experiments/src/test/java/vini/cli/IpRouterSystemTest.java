package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import vini.forwarder.control.ControlClient;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code docs/examples/ip-router.click} as a process, between two kernels: their ARP, their ping,
 * their TCP. {@code IpRouterTest} has it in virtual time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class IpRouterSystemTest {
    private static final Path EXAMPLE = Path.of("../docs/examples/ip-router.click");

    @TempDir static Path folder;

    @SuppressWarnings("NullAway.Init") // set by start
    private NamespaceLab lab;

    @BeforeAll
    void start() throws Exception {
        lab = new NamespaceLab(folder);
        for (String name : List.of("left", "router", "right")) {
            lab.namespace(name);
        }
        lab.wire("left", "e0", "router", "eth0");
        lab.wire("right", "e0", "router", "eth1");
        lab.ip("router", "link set eth0 address 00:00:c0:ae:67:ef");
        lab.ip("router", "link set eth1 address 00:00:c0:4f:71:ef");
        for (String wire : List.of("left e0", "right e0", "router eth0", "router eth1")) {
            String[] words = wire.split(" ", -1);
            lab.ip(words[0], "link set " + words[1] + " mtu 2000");
        }
        lab.ip("left", "addr add 18.26.4.2/24 dev e0");
        lab.ip("left", "route add default via 18.26.4.24");
        lab.ip("right", "addr add 18.26.7.9/24 dev e0");
        lab.ip("right", "route add default via 18.26.7.1");
        Path socket = folder.resolve("click.sock");
        lab.start(
                "router",
                ViniProcess.command(
                        "click", "-u", socket.toString(), EXAMPLE.toAbsolutePath().toString()));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(socket));
    }

    @AfterAll
    void end() throws Exception {
        if (lab != null) {
            lab.end();
        }
    }

    private static String read(String handler) throws Exception {
        try (ControlClient client = ControlClient.connect(folder.resolve("click.sock"))) {
            return client.read(handler);
        }
    }

    @Test
    void pingCrossesItAndBothSidesKnowItsAddresses() throws Exception {
        assertThat(lab.said("left", "ping", "-c", "3", "-i", "0.2", "18.26.7.9"))
                .contains("3 received", "ttl=63");
        assertThat(lab.said("left", "ip", "neigh"))
                .contains("18.26.4.24 dev e0 lladdr 00:00:c0:ae:67:ef");
        assertThat(lab.said("right", "ip", "neigh"))
                .contains("18.26.7.1 dev e0 lladdr 00:00:c0:4f:71:ef");
        // The router has asked for theirs.
        assertThat(read("eth0/arpq.table")).startsWith("18.26.4.2 1 ");
        assertThat(read("eth1/arpq.table")).startsWith("18.26.7.9 1 ");
        // Its own addresses answer on either side.
        assertThat(lab.said("left", "ping", "-c", "1", "18.26.7.1")).contains("1 received");
    }

    @Test
    void tracerouteShowsIt() throws Exception {
        assertThat(lab.said("left", "traceroute", "-n", "-q", "1", "18.26.7.9"))
                .containsPattern(" 1 +18\\.26\\.4\\.24 [^*]*\n 2 +18\\.26\\.7\\.9 ");
    }

    @Test
    void aPacketWhoseTimeIsOverIsTold() throws Exception {
        assertThat(lab.run("left", "ping", "-c", "1", "-t", "1", "-W", "5", "18.26.7.9").out())
                .contains("From 18.26.4.24 icmp_seq=1 Time to live exceeded");
    }

    @Test
    void aPacketThatIsTooLongIsCutOrTold() throws Exception {
        assertThat(lab.said("left", "ping", "-c", "1", "-M", "dont", "-s", "1700", "18.26.7.9"))
                .contains("1 received");
        // What TCP may have learned of the path in another test.
        lab.ip("left", "route flush cache");
        assertThat(
                        lab.run(
                                        "left",
                                        "ping",
                                        "-c",
                                        "1",
                                        "-W",
                                        "5",
                                        "-M",
                                        "do",
                                        "-s",
                                        "1700",
                                        "18.26.7.9")
                                .out())
                .contains("From 18.26.4.24 icmp_seq=1 Frag needed and DF set (mtu = 1500)");
    }

    @Test
    void whatGoesBackWhereItCameFromIsRedirected() throws Exception {
        lab.ip("right", "route add 18.26.7.77 via 18.26.7.1");
        assertThat(lab.run("right", "ping", "-c", "1", "-W", "2", "18.26.7.77").out())
                .contains("From 18.26.7.1", "Redirect Host(New nexthop: 18.26.7.77)");
    }

    @Test
    void tcpGoesOverIt() throws Exception {
        ViniProcess server = lab.start("right", List.of("iperf3", "-s", "-1"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> lab.said("right", "ss", "-lnt").contains(":5201"));
        String json = lab.said("left", "iperf3", "-c", "18.26.7.9", "-t", "2", "-J");
        assertThat(server.end().status()).isZero();
        assertThat(
                        JsonMapper.shared()
                                .readTree(json)
                                .path("end")
                                .path("sum_received")
                                .path("bits_per_second")
                                .asDouble())
                .isGreaterThan(5e6);
    }
}
