package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.net.IpAddress;
import vini.overlay.host.Capabilities;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.host.Possibility;
import vini.overlay.host.Rtnetlink;
import vini.overlay.host.StockClient;
import vini.vpn.ClientConfig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A lab's machine with a slice, a user with a stock client on one side of it, a server that knows
 * only the machine on the other: three network namespaces.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class VpnSystemTest {
    private static final String TOPOLOGY =
            """
            {"name": "doors",
             "nodes": {"a": {"ingress": true}, "b": {}, "c": {"egress": true}},
             "links": [{"between": ["a", "b"], "delay": "1ms"}, {"between": ["b", "c"]}],
             "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"}}
            """;

    private static final String SERVER = "203.0.113.2";

    @TempDir static Path folder;

    @SuppressWarnings("NullAway.Init") // set by up
    private NetworkNamespace machine;

    @SuppressWarnings("NullAway.Init") // set by up
    private NetworkNamespace user;

    @SuppressWarnings("NullAway.Init") // set by up
    private NetworkNamespace server;

    private boolean isUp;

    private static List<String> within(NetworkNamespace namespace, List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=" + namespace.path(), "--"));
        all.addAll(command);
        return all;
    }

    private ViniProcess.Result vini(String... arguments) throws Exception {
        return ViniProcess.startCommand(folder, within(machine, ViniProcess.command(arguments)))
                .end();
    }

    private static String run(NetworkNamespace namespace, String... command) throws Exception {
        Process process =
                new ProcessBuilder(within(namespace, List.of(command)))
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isNotNegative();
        return said;
    }

    private static void wire(
            NetworkNamespace a, String nameA, String addressA, NetworkNamespace b, String addressB)
            throws IOException {
        try (Rtnetlink here = Rtnetlink.open(a.path());
                Rtnetlink there = Rtnetlink.open(b.path())) {
            here.addWire(nameA, b, "eth0");
            end(here, nameA, addressA);
            end(there, "eth0", addressB);
        }
    }

    private static void end(Rtnetlink links, String name, String address) throws IOException {
        int index = links.index(name);
        links.addAddress(index, IpAddress.parse(address), 30, null);
        links.up(links.index("lo"));
        links.up(index);
    }

    @BeforeAll
    void up() throws Exception {
        Possibility kernel = Capabilities.kernelHosts();
        assumeTrue(kernel.possible(), kernel.sentence());
        for (String program : List.of("/usr/bin/wireguard-go", "/usr/bin/wg", "/usr/sbin/nft")) {
            assumeTrue(Files.exists(Path.of(program)), "there is no " + program);
        }
        machine = NetworkNamespace.create();
        user = NetworkNamespace.create();
        server = NetworkNamespace.create();
        wire(machine, "users", "198.51.100.1", user, "198.51.100.2");
        wire(machine, "world", "203.0.113.1", server, SERVER);
        Files.writeString(folder.resolve("doors.json"), TOPOLOGY);
        ViniProcess.Result plain = vini("up", "doors.json", "--as", "plain");
        assertThat(plain.status()).as("%s", plain).isZero();
        assertThat(plain.err()).contains("the machine forwards no packets", "--configure-host");
        assertThat(vini("down", "plain").status()).isZero();
        ViniProcess.Result up = vini("up", "doors.json", "--configure-host");
        assertThat(up.status()).as("%s", up).isZero();
        assertThat(up.err()).doesNotContain("note");
        isUp = true;
    }

    @AfterAll
    void down() throws Exception {
        if (isUp) {
            assertThat(vini("down", "--all").status()).isZero();
            ViniProcess.assertNothingIsLeft(folder);
        }
        for (NetworkNamespace each : new NetworkNamespace[] {machine, user, server}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private boolean serverAnswers() throws Exception {
        return run(user, "ping", "-c", "1", "-W", "1", SERVER).contains(" 0% packet loss");
    }

    private void awaitServer() {
        await().atMost(Duration.ofSeconds(20)).until(this::serverAnswers);
    }

    private static long keeper() throws IOException {
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path line = Path.of("/proc/" + process.pid() + "/cmdline");
            if (Files.exists(line)
                    && Files.readString(line).contains(folder + "/doors.json\0--as\0doors")) {
                return process.pid();
            }
        }
        throw new AssertionError("no keeper");
    }

    private StockClient client(String conf, String device) throws IOException {
        return StockClient.start(user, device, ClientConfig.parse(conf), folder.resolve(device));
    }

    private JsonNode users() throws Exception {
        return JsonMapper.shared().readTree(vini("vpn", "list", "doors", "--json").out());
    }

    @Test
    @Order(1)
    void aUserGetsThroughUntilRemoved() throws Exception {
        ViniProcess.Result added = vini("vpn", "add", "doors", "alice");
        assertThat(added.status()).as("%s", added).isZero();
        assertThat(added.out()).contains("PrivateKey", "Endpoint = 198.51.100.1:51820");
        try (StockClient client = client(added.out(), "vini-alice")) {
            awaitServer();
            assertThat(run(user, "curl", "-6", "-sS", "-m", "5", "http://[2001:db8::1]/"))
                    .as("IPv6 is refused, not lost")
                    .contains("curl: (7) Failed to connect");
            JsonNode alice = users().get(0);
            assertThat(alice.path("endpoint").asString()).startsWith("198.51.100.2:");
            assertThat(alice.path("received_bytes").asLong()).isPositive();
            assertThat(alice.path("handshake_s").asDouble()).isBetween(0.0, 30.0);
            assertThat(vini("vpn", "remove", "doors", "alice").status()).isZero();
            assertThat(serverAnswers()).isFalse();
            assertThat(users()).isEmpty();
            assertThat(client.pid()).isPositive();
        }
    }

    @Test
    @Order(2)
    void newKeysMakeTheOldOnesVoid() throws Exception {
        String old =
                vini("vpn", "add", "doors", "bob", "--ingress", "a", "--routes", "slice").out();
        assertThat(old).contains("AllowedIPs = 10.77.0.0/16, 10.87.0.0/20");
        String fresh = vini("vpn", "rotate", "doors", "bob").out();
        assertThat(vini("vpn", "show", "doors", "bob").out()).isEqualTo(fresh).isNotEqualTo(old);
        try (StockClient client = client(fresh, "vini-bob")) {
            awaitServer();
            assertThat(client.pid()).isPositive();
        }
    }

    @Test
    @Order(3)
    void mistakesAreNamed() throws Exception {
        assertWrong("has no user \"bop\"; did you mean \"bob\"?", "remove", "doors", "bop");
        assertWrong("\"x\" is no ingress of doors", "add", "doors", "eve", "--ingress", "x");
        assertWrong("there is a user \"bob\" already", "add", "doors", "bob");
        assertWrong("--public-key", "add", "doors", "eve", "--public-key", "abc");
        assertWrong("no slice \"door\" is running; did you mean \"doors\"?", "list", "door");
        assertWrong("E v e", "add", "doors", "E v e");
    }

    private void assertWrong(String sentence, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("vpn"));
        all.addAll(List.of(arguments));
        ViniProcess.Result result = vini(all.toArray(String[]::new));
        assertThat(result.status()).as("%s", result).isEqualTo(2);
        assertThat(result.err()).contains(sentence);
    }

    @Test
    @Order(4)
    void theMachineIsAsBeforeAlsoWhenTheKeeperIsKilled() throws Exception {
        assertThat(run(machine, "nft", "list", "ruleset")).contains("masquerade");
        assertThat(run(machine, "cat", "/proc/sys/net/ipv4/ip_forward").strip()).isEqualTo("1");
        ViniProcess.signal(keeper(), "KILL");
        isUp = false;
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> {
                            assertThat(run(machine, "nft", "list", "ruleset")).isBlank();
                            assertThat(run(machine, "ip", "link")).doesNotContain("vini");
                        });
        assertThat(run(machine, "cat", "/proc/sys/net/ipv4/ip_forward").strip()).isEqualTo("0");
    }
}
