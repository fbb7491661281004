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
import vini.overlay.host.Capabilities;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.host.Possibility;
import vini.overlay.host.Rtnetlink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A machine, which is a network namespace, with a slice that it gets an interface into. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class AttachSystemTest {
    private static final String TOPOLOGY =
            """
            {"name": "near", "nodes": {"a": {}, "b": {}, "c": {}},
             "links": [{"between": ["a", "b"], "delay": "1ms"}, {"between": ["b", "c"]}],
             "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"}}
            """;

    private static final String C = "10.77.0.3";

    @TempDir static Path folder;

    @SuppressWarnings("NullAway.Init") // set by up
    private NetworkNamespace machine;

    private List<String> within(List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=" + machine.path(), "--"));
        all.addAll(command);
        return all;
    }

    private ViniProcess.Result vini(String... arguments) throws Exception {
        return ViniProcess.startCommand(folder, within(ViniProcess.command(arguments))).end();
    }

    private String said(String... arguments) throws Exception {
        ViniProcess.Result result = vini(arguments);
        assertThat(result.status()).as("%s", result).isZero();
        return result.out();
    }

    private void assertRefused(int status, String sentence, String... arguments) throws Exception {
        ViniProcess.Result result = vini(arguments);
        assertThat(result.status()).as("%s", result).isEqualTo(status);
        assertThat(result.err()).contains(sentence);
    }

    private String run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(within(List.of(command))).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isNotNegative();
        return all;
    }

    private boolean answers(String... command) throws Exception {
        return run(command).contains(" 0% packet loss");
    }

    private boolean cAnswers() throws Exception {
        return answers("ping", "-c", "1", "-W", "1", C);
    }

    private static String read(String process, String handler) throws IOException {
        try (ControlClient client =
                ControlClient.connect(folder.resolve("x/vini/near/" + process + ".sock"))) {
            return client.read(handler);
        }
    }

    private static long pid(String process) throws IOException {
        JsonNode status = JsonMapper.shared().readTree(read("keeper", "status"));
        return status.path("pids").path(process).asLong();
    }

    /** What has happened to adjacencies; the ages of the events change. */
    private static List<String> adjacencies() throws IOException {
        return read("router", "a.events")
                .lines()
                .filter(line -> line.contains("neighbor"))
                .map(line -> line.replaceFirst("^.* ago +", ""))
                .toList();
    }

    @BeforeAll
    void up() throws Exception {
        Possibility kernel = Capabilities.kernelHosts();
        assumeTrue(kernel.possible(), kernel.sentence());
        machine = NetworkNamespace.create();
        try (Rtnetlink links = Rtnetlink.open(machine.path())) {
            links.up(links.index("lo"));
        }
        Files.writeString(folder.resolve("near.json"), TOPOLOGY);
        said("up", "near.json");
    }

    @AfterAll
    void down() throws Exception {
        if (machine != null) {
            said("down", "--all");
            ViniProcess.assertNothingIsLeft(folder);
            machine.close();
        }
    }

    @Test
    @Order(1)
    void mistakesAreNamedAndChangeNothing() throws Exception {
        String before = run("ip", "address");
        assertRefused(2, "a device \"lo\" already", "attach", "near", "a", "--device", "lo");
        assertRefused(2, "at most 15", "attach", "near", "a", "--device", "lab0123456789012");
        assertRefused(2, "no name", "attach", "near", "a", "--device", "$x");
        assertRefused(2, "set apart", "attach", "near", "a", "--device", "vini0e1");
        assertRefused(2, "no node \"x\"", "attach", "near", "x", "--device", "lab0");
        assertRefused(2, "no device \"lab0\" is attached", "detach", "near", "lab0");
        assertThat(run("ip", "address")).isEqualTo(before);
    }

    @Test
    @Order(2)
    void theMachineReachesANodeAndNoAdjacencyFlaps() throws Exception {
        List<String> before = adjacencies();
        assertThat(said("attach", "near", "a", "--device", "lab0"))
                .contains("lab0  10.87.255.254 at a", "10.77.0.0/16 and 10.87.0.0/16");
        await().atMost(Duration.ofSeconds(10)).until(this::cAnswers);
        assertThat(run("ip", "route")).contains("10.77.0.0/16 dev lab0");
        // Longer than the dead interval.
        assertThat(run("ping", "-c", "15", "-i", "0.2", "-W", "1", C)).contains(" 0% packet loss");
        assertThat(adjacencies()).isEqualTo(before).isNotEmpty();
        assertThat(said("exec", "near/c", "--", "ping", "-c", "1", "-W", "1", "10.87.255.254"))
                .contains(" 0% packet loss");
    }

    @Test
    @Order(3)
    void whatHasAnotherSourceStaysOut() throws Exception {
        run("ip", "address", "add", "10.87.9.9/32", "dev", "lo");
        assertThat(run("ping", "-c", "1", "-W", "1", "-I", "10.87.9.9", C))
                .contains("100% packet loss");
        assertThat(read("forwarder", "books")).contains("drop machine1source filtered");
    }

    @Test
    @Order(4)
    void aSecondDeviceStandsBesideTheFirst() throws Exception {
        assertThat(said("attach", "near", "a", "--device", "lab1")).contains("10.87.255.253 at a");
        assertThat(said("attach", "near", "b", "--device", "lab2")).contains("10.87.255.252 at b");
        for (String device : List.of("lab1", "lab2")) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> answers("ping", "-c", "1", "-W", "1", "-I", device, C));
        }
        assertThat(said("detach", "near", "lab0")).isEqualTo("lab0  gone\n");
        for (String device : List.of("lab1", "lab2")) {
            assertThat(answers("ping", "-c", "1", "-W", "1", "-I", device, C)).isTrue();
        }
        said("detach", "near", "lab2");
        assertThat(run("ip", "link")).doesNotContain("lab0", "lab2");
    }

    @Test
    @Order(5)
    void itIsThereAgainWhenTheForwarderOrTheRouterWasKilled() throws Exception {
        ViniProcess.signal(pid("forwarder"), "KILL");
        await().atMost(Duration.ofSeconds(30)).until(this::cAnswers);
        ViniProcess.signal(pid("router"), "KILL");
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(
                        () ->
                                assertThat(read("router", "a.announced"))
                                        .contains("10.87.255.253/32"));
        await().atMost(Duration.ofSeconds(30)).until(this::cAnswers);
    }

    @Test
    @Order(6)
    void theDevicesOfANodeThatHasFailedAreShut() throws Exception {
        assertThat(said("ls")).contains("attached", "lab1 at a");
        assertThat(said("ls", "near")).contains("device", "lab1", "10.87.255.253");
        node("a down");
        String own = "10.77.0.1";
        assertThat(answers("ping", "-c", "1", "-W", "1", "-I", "lab1", own)).isFalse();
        assertThat(read("router", "a.announced")).doesNotContain("10.87");
        ViniProcess.signal(pid("forwarder"), "KILL");
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(
                        () ->
                                assertThat(read("forwarder", "a/machine2source.config"))
                                        .contains("deny all")
                                        .doesNotContain("allow"));
        node("a up");
        await().atMost(Duration.ofSeconds(10)).until(this::cAnswers);
        assertThat(answers("ping", "-c", "1", "-W", "1", "-I", "lab1", own)).isTrue();
    }

    private static void node(String change) throws IOException {
        try (ControlClient client =
                ControlClient.connect(folder.resolve("x/vini/near/keeper.sock"))) {
            client.write("node", change);
        }
    }

    @Test
    @Order(7)
    void anotherSliceWithTheSameAddressesIsRefusedAndNothingIsLeft() throws Exception {
        said("up", "near.json", "--as", "other");
        assertRefused(
                3,
                "has a route to 10.77.0.0/16 already",
                "attach",
                "other",
                "a",
                "--device",
                "lab5");
        assertThat(run("ip", "link")).doesNotContain("lab5");
        said("down", "other");
    }

    @Test
    @Order(8)
    void detachedItLeavesNothing() throws Exception {
        assertThat(said("detach", "near", "lab1")).isEqualTo("lab1  gone\n");
        assertThat(run("ip", "link")).doesNotContain("lab");
        assertThat(run("ip", "route")).doesNotContain("10.77");
        assertThat(said("config", "near/a")).doesNotContain("machine1");
        assertThat(read("router", "a.announced")).doesNotContain("10.87");
        assertThat(read("forwarder", "a/fib.table")).doesNotContain("10.87");
    }

    @Test
    @Order(9)
    void withoutTheRightItSaysWhatIsMissing() throws Exception {
        List<String> up = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--"));
        up.addAll(ViniProcess.command("up", "near.json", "--as", "poor", "--hosts", "builtin"));
        ViniProcess.Result result = ViniProcess.startCommand(folder, within(up)).end();
        assumeTrue(result.status() == 0, () -> "no user namespace: " + result);
        assertRefused(3, "CAP_NET_ADMIN", "attach", "poor", "a", "--device", "lab0");
        assertThat(run("ip", "link")).doesNotContain("lab0");
        said("down", "poor");
    }

    @Test
    @Order(10)
    void itGoesWithAKeeperThatIsKilled() throws Exception {
        said("attach", "near", "a", "--device", "lab0");
        ViniProcess.signal(pid("keeper"), "KILL");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(run("ip", "link")).doesNotContain("lab0"));
    }
}
