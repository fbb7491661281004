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

import vini.overlay.host.Capabilities;
import vini.overlay.host.Possibility;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A slice in the background, and what other commands do with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class UpSystemTest {
    private static final String TOPOLOGY =
            """
            {"name": "pair", "nodes": {"a": {}, "b": {}, "c": {}},
             "links": [{"between": ["a", "b"], "delay": "1ms"},
                       {"between": ["b", "c"]}, {"between": ["c", "a"]}],
             "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"}, "tunnels": "udp"}
            """;

    @TempDir static Path folder;

    private ViniProcess.Result vini(String... arguments) throws Exception {
        return ViniProcess.run(folder, arguments);
    }

    @BeforeAll
    void up() throws Exception {
        Files.writeString(folder.resolve("pair.json"), TOPOLOGY);
        ViniProcess.Result up = vini("up", "pair.json");
        assertThat(up.status()).as("%s", up).isZero();
        assertThat(up.out()).contains("3 nodes, 3 links", "vini down pair");
    }

    @AfterAll
    void down() throws Exception {
        assertThat(vini("down", "--all").status()).isZero();
        ViniProcess.assertNothingIsLeft(folder);
    }

    private static void needKernelHosts() {
        Possibility kernel = Capabilities.kernelHosts();
        assumeTrue(kernel.possible(), kernel.sentence());
    }

    private JsonNode list(String... arguments) throws Exception {
        return JsonMapper.shared().readTree(vini(arguments).out());
    }

    @Test
    void aSecondOneOfThatNameIsRefusedAndOneOfAnotherDoesNotMeetTheFirst() throws Exception {
        ViniProcess.Result again = vini("up", "pair.json");
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("pair is up already", "--as NAME");
        assertThat(vini("up", "pair.json", "--as", "second", "--hosts", "builtin").status())
                .isZero();
        JsonNode slices = list("ls", "--json");
        assertThat(slices.findValuesAsString("slice")).contains("pair", "second");
        assertThat(vini("exec", "second/a", "--", "true").status()).isEqualTo(3);
        assertThat(vini("link", "down", "second", "a", "b").status()).isZero();
        assertThat(list("ls", "pair", "--json").findValuesAsString("state")).doesNotContain("down");
        ViniProcess.Result down = vini("down", "second");
        assertThat(down.status()).as("%s", down).isZero();
        assertThat(vini("down", "second").status()).isEqualTo(2);
    }

    @Test
    void programsRunOnNodes() throws Exception {
        needKernelHosts();
        ViniProcess.Result ping = vini("exec", "pair/a", "--", "ping", "-c", "2", "b");
        assertThat(ping.status()).as("%s", ping).isZero();
        assertThat(vini("exec", "pair/a", "--", "sh", "-c", "exit 7").status()).isEqualTo(7);
        assertThat(vini("exec", "pair/a", "--", "no-such-program").status()).isEqualTo(127);
        assertThat(vini("exec", "pair/d", "--", "true").status()).isEqualTo(2);
    }

    @Test
    void linksChangeWhileItRuns() throws Exception {
        assertThat(vini("link", "down", "pair", "b", "c", "--for", "4s").status()).isZero();
        assertThat(list("ls", "pair", "--json").get(1).path("state").asString()).isEqualTo("down");
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                list("ls", "pair", "--json")
                                        .get(1)
                                        .path("state")
                                        .asString()
                                        .equals("up"));
        assertThat(vini("link", "set", "pair", "b", "c", "--delay", "3ms", "--cost", "17").status())
                .isZero();
        JsonNode link = list("ls", "pair", "--json").get(1).path("forward");
        assertThat(link.path("delay").asString()).isEqualTo("3ms");
        assertThat(link.path("cost").asInt()).isEqualTo(17);
    }

    @Test
    void aNodeThatStandsStillAndARareDisturbanceAreListed() throws Exception {
        assertThat(vini("ls", "pair").out()).doesNotContain("reorder", "frozen");
        String reorder =
                "{\"for\": \"60s\", \"degrade\": {\"link\": [\"a\", \"b\"], \"reorder\": \"5%\"}}";
        assertThat(vini("event", "pair", reorder).status()).isZero();
        assertThat(vini("node", "freeze", "pair", "c").status()).isZero();
        assertThat(vini("ls", "pair").out()).contains("reorder", "5%").containsPattern("c +frozen");
        assertThat(vini("ls").out()).contains("c frozen");
        assertThat(vini("node", "thaw", "pair", "c").status()).isZero();
        assertThat(vini("ls", "pair").out()).doesNotContain("frozen");
    }

    @Test
    void packetsAreShownAndKept() throws Exception {
        ViniProcess.Result shown =
                vini("capture", "pair", "a-b", "--filter", "not udp", "--for", "3s");
        assertThat(shown.status()).as("%s", shown).isZero();
        assertThat(shown.out().lines().toList())
                .hasSizeGreaterThan(3)
                .allMatch(
                        line -> line.matches(" +[0-9.]+  (a>b|b>a) .* > 224\\.0\\.0\\.5 ospf .*"));
        ViniProcess.Result kept =
                vini("capture", "pair", "a", "b-c", "-w", "x.pcapng", "--for", "3s");
        assertThat(kept.out()).matches("x\\.pcapng {2}[1-9][0-9]* packets\n");
        if (Tshark.isInstalled()) {
            assertThat(Tshark.lines(folder.resolve("x.pcapng"), "frame.interface_name"))
                    .contains("a/b", "a/c", "b>c", "c>b")
                    .doesNotContain("a>b");
        }
        assertThat(vini("capture", "pair", "a-d").err()).contains("no node or link \"a-d\"");
        assertThat(vini("capture", "pair", "--filter", "hots a").status()).isEqualTo(2);
        assertThat(vini("capture", "pair", "--for", "soon").status()).isEqualTo(2);
    }

    @Test
    void aKeeperThatWasKilledLeavesOnlyItsState() throws Exception {
        assertThat(vini("up", "pair.json", "--as", "killed", "--hosts", "builtin").status())
                .isZero();
        long keeper = 0;
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path line = Path.of("/proc/" + process.pid() + "/cmdline");
            if (Files.exists(line)
                    && Files.readString(line).contains(folder + "/pair.json\0--as\0killed")) {
                keeper = process.pid();
            }
        }
        assertThat(keeper).isPositive();
        int before = ViniProcess.slicesProcesses(folder).size();
        ViniProcess.signal(keeper, "KILL");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ViniProcess.slicesProcesses(folder).size() == before - 2);
        assertThat(vini("ls").out()).contains("killed");
        ViniProcess.Result up = vini("up", "pair.json", "--as", "killed", "--hosts", "builtin");
        assertThat(up.status()).as("%s", up).isZero();
        assertThat(vini("down", "killed").out()).contains("killed  down");
    }
}
