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

import vini.forwarder.control.ControlClient;
import vini.overlay.host.StockClient;
import vini.vpn.ClientConfig;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A user with a stock client, a machine with a slice of two egresses, and a server whose log shows
 * by which of them the user came.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class ChosenEgressSystemTest {
    private static final String TOPOLOGY =
            """
            {"name": "two", "nodes": {"a": {"ingress": true}, "b": {"egress": true},
                                      "c": {"egress": true}},
             "links": [{"between": ["a", "b"]}, {"between": ["a", "c"], "cost": 20},
                       {"between": ["b", "c"], "mtu": 1400}],
             "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"}}
            """;

    private static final String SERVER = "203.0.113.2";

    /** The slice's number on the machine is the third byte. */
    private static final String B = "198\\.18\\.[0-9]+\\.1";

    private static final String C = "198\\.18\\.[0-9]+\\.2";

    @TempDir static Path folder;

    @SuppressWarnings("NullAway.Init") // set by up
    private NamespaceLab lab;

    @SuppressWarnings("NullAway.Init") // set by up
    private ViniProcess server;

    @SuppressWarnings("NullAway.Init") // set by up
    private StockClient client;

    private boolean isUp;

    private ViniProcess.Result vini(String... arguments) throws Exception {
        return lab.run("machine", ViniProcess.command(arguments).toArray(String[]::new));
    }

    private String said(String... arguments) throws Exception {
        ViniProcess.Result result = vini(arguments);
        assertThat(result.status()).as("%s", result).isZero();
        return result.out();
    }

    @BeforeAll
    void up() throws Exception {
        for (String program : List.of("/usr/bin/wireguard-go", "/usr/bin/wg", "/usr/bin/curl")) {
            assumeTrue(Files.exists(Path.of(program)), "there is no " + program);
        }
        lab = new NamespaceLab(folder);
        for (String name : List.of("machine", "user", "server")) {
            lab.namespace(name);
        }
        lab.wire("machine", "users", "user", "eth0");
        lab.wire("machine", "world", "server", "eth0");
        lab.ip("machine", "address add 198.51.100.1/30 dev users");
        lab.ip("user", "address add 198.51.100.2/30 dev eth0");
        lab.ip("machine", "address add 203.0.113.1/30 dev world");
        lab.ip("server", "address add " + SERVER + "/30 dev eth0");
        // The server knows the way back to egresses, so that nobody has to masquerade them.
        lab.ip("server", "route add 198.18.0.0/15 via 203.0.113.1");
        lab.said("machine", "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        Path web = Files.createDirectories(folder.resolve("web"));
        Files.writeString(web.resolve("page"), "hello\n");
        server =
                lab.start(
                        "server",
                        List.of("python3", "-u", "-m", "http.server", "80", "-d", "" + web));
        Files.writeString(folder.resolve("two.json"), TOPOLOGY);
        String _ = said("up", "two.json");
        isUp = true;
        String conf = said("vpn", "add", "two", "alice", "--egress", "c");
        assertThat(conf).startsWith("# alice leaves two at c\n");
        client =
                StockClient.start(
                        lab.get("user"),
                        "vini-alice2",
                        ClientConfig.parse(conf),
                        folder.resolve("alice"));
    }

    @AfterAll
    void down() throws Exception {
        if (client != null) {
            client.close();
        }
        if (isUp) {
            String _ = said("down", "--all");
            ViniProcess.assertNothingIsLeft(folder);
        }
        if (lab != null) {
            lab.end();
        }
    }

    /** Fetches a page, and returns the line that the server has then written. */
    private String fetch() throws Exception {
        int before = lines();
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                lab.run("user", "curl", "-sS", "-m", "2", url())
                                        .out()
                                        .equals("hello\n"));
        await().until(() -> lines() > before);
        return server.err().lines().filter(line -> line.contains("GET")).toList().getLast();
    }

    private static String url() {
        return "http://" + SERVER + "/page";
    }

    private int lines() throws Exception {
        return (int) server.err().lines().filter(line -> line.contains("GET")).count();
    }

    private String ping(String... options) throws Exception {
        return lab.run(
                        "user",
                        ("ping -c 1 -W 1 " + String.join(" ", options) + " " + SERVER).split(" +"))
                .out();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    @Order(1)
    void theServerSeesTheEgressThatTheUserHasChosen() throws Exception {
        assertThat(fetch()).containsPattern("^" + C + " ");
        assertThat(json(said("vpn", "list", "two", "--json")).path(0).path("egress").asString())
                .isEqualTo("c");
        assertThat(said("vpn", "list", "two")).contains("egress", " c ");
        assertThat(said("vpn", "show", "two", "alice")).startsWith("# alice leaves two at c");
    }

    @Test
    @Order(2)
    void anotherChoiceHoldsAtOnceInTheSameSession() throws Exception {
        String before = said("vpn", "show", "two", "alice", "--json");
        assertThat(said("vpn", "set", "two", "alice", "--egress", "b"))
                .isEqualTo("alice  leaves at b now\n");
        assertThat(fetch()).containsPattern("^" + B + " ");
        JsonNode now = json(said("vpn", "show", "two", "alice", "--json"));
        assertThat(now.path("egress").asString()).isEqualTo("b");
        assertThat(now.path("handshake_s").asDouble())
                .as("no new handshake")
                .isGreaterThanOrEqualTo(json(before).path("handshake_s").asDouble());
        assertThat(said("vpn", "set", "two", "alice", "--any-egress")).contains("any egress");
        assertThat(fetch()).as("the nearest").containsPattern("^" + B + " ");
    }

    @Test
    @Order(3)
    void whatDoesNotFitTheTunnelIsTold() throws Exception {
        String _ = said("vpn", "set", "two", "alice", "--egress", "b");
        assertThat(ping("-M", "do", "-s", "1352")).contains(" 0% packet loss");
        assertThat(ping("-M", "do", "-s", "1372")).contains("mtu = 1380");
        assertThat(ping("-M", "dont", "-s", "1372")).contains(" 0% packet loss");
    }

    @Test
    @Order(4)
    void anEgressThatIsGoneIsToldAndNoOtherTaken() throws Exception {
        node("b down");
        int before = lines();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(ping()).contains("Destination Host Unreachable"));
        assertThat(lab.run("user", "curl", "-sS", "-m", "5", url()).err())
                .contains("Failed to connect");
        assertThat(lines()).isEqualTo(before);
        String _ = said("vpn", "set", "two", "alice", "--egress", "c");
        assertThat(fetch()).containsPattern("^" + C + " ");
        node("b up");
        String _ = said("vpn", "set", "two", "alice", "--egress", "b");
        assertThat(fetch()).containsPattern("^" + B + " ");
    }

    @Test
    @Order(5)
    void aForwarderThatIsStartedAgainKnowsTheChoice() throws Exception {
        String _ = said("vpn", "set", "two", "alice", "--egress", "c");
        ViniProcess.signal(ViniProcess.theOne(folder, "vini.forwarder.io.ForwarderMain"), "KILL");
        assertThat(fetch()).containsPattern("^" + C + " ");
    }

    @Test
    @Order(6)
    void mistakesAreNamed() throws Exception {
        assertWrong(
                "\"a\" is no egress of two; there is b, c", "add", "two", "eve", "--egress", "a");
        assertWrong("two has no node \"x\"", "set", "two", "alice", "--egress", "x");
        assertWrong("--egress", "set", "two", "alice");
        assertThat(said("vpn", "list", "two")).doesNotContain("eve");
    }

    private void assertWrong(String sentence, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "vpn";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        ViniProcess.Result result = vini(all);
        assertThat(result.status()).as("%s", result).isEqualTo(2);
        assertThat(result.err()).contains(sentence);
    }

    private static void node(String change) throws Exception {
        try (ControlClient keeper =
                ControlClient.connect(folder.resolve("x/vini/two/keeper.sock"))) {
            keeper.write("node", change);
        }
    }
}
