package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

import vini.forwarder.control.ControlClient;
import vini.overlay.host.StateRoot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Two slices with the same addresses; what leaves the one comes into the other, and from there out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class ServesSystemTest {
    private static final String ROUTING =
            "\"routing\": {\"protocol\": \"ospf\", \"hello\": \"1s\", \"dead\": \"2s\"}";

    private static final String FAR =
            """
            {"name": "far", "nodes": {"x": {%s}, "out": {"egress": true}},
             "links": [{"between": ["x", "out"], "mtu": 1400}], %s}
            """;

    private static final String NEAR =
            """
            {"name": "near",
             "nodes": {"n": {}, "g": {"egress": {"way": "slice", "slice": "far", "node": "x"}}},
             "links": [{"between": ["n", "g"]}], "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"}}
            """;

    private static final String SERVER = "203.0.113.2";

    @TempDir static Path folder;

    @SuppressWarnings("NullAway.Init") // set by up
    private NamespaceLab lab;

    @SuppressWarnings("NullAway.Init") // set by up
    private ViniProcess server;

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
        assumeTrue(Files.exists(Path.of("/usr/bin/curl")), "there is no /usr/bin/curl");
        lab = new NamespaceLab(folder);
        lab.namespace("machine");
        lab.namespace("server");
        lab.wire("machine", "world", "server", "eth0");
        lab.ip("machine", "address add 203.0.113.1/30 dev world");
        lab.ip("server", "address add " + SERVER + "/30 dev eth0");
        lab.ip("server", "route add 198.18.0.0/15 via 203.0.113.1");
        String _ = lab.said("machine", "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        Path web = Files.createDirectories(folder.resolve("web"));
        Files.writeString(web.resolve("page"), "hello\n".repeat(10_000));
        server =
                lab.start(
                        "server",
                        List.of("python3", "-u", "-m", "http.server", "80", "-d", "" + web));
        Files.writeString(
                folder.resolve("far.json"), FAR.formatted("\"serves\": [\"near\"]", ROUTING));
        Files.writeString(folder.resolve("closed.json"), FAR.formatted("", ROUTING));
        Files.writeString(folder.resolve("near.json"), NEAR);
        isUp = true;
    }

    @AfterAll
    void down() throws Exception {
        if (isUp) {
            String _ = said("down", "--all");
            ViniProcess.assertNothingIsLeft(folder);
        }
        if (lab != null) {
            lab.end();
        }
    }

    private void assertRefused(String... sentences) throws Exception {
        ViniProcess.Result result = vini("up", "near.json");
        assertThat(result.status()).as("%s", result).isEqualTo(3);
        assertThat(result.err()).contains(sentences);
    }

    private String fetched() throws Exception {
        return vini("exec", "near/n", "--", "curl", "-sS", "-m", "3", "http://" + SERVER + "/page")
                .out();
    }

    private void awaitPage() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> fetched().equals("hello\n".repeat(10_000)));
    }

    @Test
    @Order(1)
    void oneSideAloneIsRefusedAndTheOtherMustSay() throws Exception {
        String must = "its node \"x\" must say \"serves\": [\"near\"] in its topology";
        assertRefused("slice \"far\", which does not run: start that one first", must);
        String _ = said("up", "closed.json");
        assertRefused("slice \"far\" does not let it in", must);
        String _ = said("down", "far");
    }

    @Test
    @Order(2)
    void whatLeavesTheOneComesIntoTheOtherAndLeavesThere() throws Exception {
        String _ = said("up", "far.json");
        String _ = said("up", "near.json");
        awaitPage();
        assertThat(server.err()).containsPattern("198\\.18\\.[0-9]+\\.1 .*GET /page");
        assertThat(server.err()).doesNotContain("10.77.", "10.87.");
        assertThat(said("ls", "far")).contains("near/g", "10.87.255.254", "1400");
        try (ControlClient keeper =
                ControlClient.connect(folder.resolve("x/vini/far/keeper.sock"))) {
            String ends = " 127.77.9.250:10001 127.77.9.250:10000 1400";
            assertThatThrownBy(() -> keeper.write("serve", "x other/g" + ends))
                    .hasMessageContaining("does not serve slice \"other\"");
            assertThatThrownBy(() -> keeper.write("serve", "out near/g" + ends))
                    .hasMessageContaining("\"out\" does not serve");
            assertThatThrownBy(() -> keeper.write("serve", "x near" + ends))
                    .hasMessageContaining("is not NODE SLICE/EGRESS");
        }
        assertThat(said("exec", "near/n", "--", "ping", "-c", "1", "-W", "1", SERVER))
                .contains("ttl=60");
    }

    @Test
    @Order(3)
    void aForwarderOfEitherMayDie() throws Exception {
        for (String slice : List.of("far", "near")) {
            for (long process : ViniProcess.slicesProcesses(folder)) {
                String line = Files.readString(Path.of("/proc/" + process + "/cmdline"));
                if (line.contains("ForwarderMain") && line.contains("vini/" + slice + "\0")) {
                    ViniProcess.signal(process, "KILL");
                }
            }
            awaitPage();
        }
    }

    @Test
    @Order(4)
    void theOtherMayBeStartedAnew() throws Exception {
        String _ = said("down", "far");
        assertThat(fetched()).isEmpty();
        String _ = said("up", "far.json");
        awaitPage();
    }

    @Test
    @Order(5)
    void whenTheOneEndsTheOtherForgetsIt() throws Exception {
        assertThat(said("ls")).contains("near/g at x");
        String _ = said("down", "near");
        assertThat(said("ls")).doesNotContain("near/g");
    }

    @Test
    @Order(6)
    void whenTheOneDiesTheOtherForgetsItSomeTimeLater() throws Exception {
        String _ = said("up", "near.json");
        assertThat(said("ls")).contains("near/g at x");
        ViniProcess.signal(keeper("near"), "KILL");
        await().atMost(Duration.ofSeconds(40)).until(() -> !said("ls").contains("near/g at x"));
        String _ = said("up", "near.json");
        awaitPage();
    }

    private long keeper(String slice) throws Exception {
        return new StateRoot(folder.resolve("x/vini")).keeper(slice).orElseThrow();
    }
}
