package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.overlay.host.StateFolder;
import vini.overlay.host.StateRoot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Commands that talk to a running slice, against a keeper that says fixed things. */
class SliceCommandsTest {
    private static final String TOPOLOGY =
            """
            {"name": "tri", "nodes": {"a": {}, "b": {}, "c": {}},
             "links": [{"between": ["a", "b"]}, {"between": ["c", "a"]}]}
            """;
    private static final String STATUS =
            """
            {"slice": "tri", "state": "up", "nodes": 3, "links": 2, "full": 3, "routes": 9,
             "hosts": "builtin", "since_s": 12.5}
            """;

    @TempDir Path runtime;

    private CommandRun vini;
    private StateFolder state;
    private FakeProcess keeper;
    private FakeProcess router;

    @BeforeEach
    void aSliceRuns() throws Exception {
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", runtime.toString());
        vini = new CommandRun(environment);
        state = StateRoot.of(environment).take("tri").orElseThrow();
        keeper =
                new FakeProcess(state.socket("keeper.sock"))
                        .answer("topology", TOPOLOGY)
                        .answer("status", STATUS)
                        .answer("host.a", "{\"kind\": \"builtin\"}");
        router =
                new FakeProcess(state.socket("router.sock"))
                        .answer("a.routes", "[{\"destination\": \"10.77.0.2/32\", \"cost\": 10}]");
    }

    @AfterEach
    void itEnds() throws Exception {
        keeper.close();
        router.close();
        state.remove();
    }

    @Test
    void lsShowsIt() {
        assertThat(vini.run("ls")).isZero();
        assertThat(vini.out())
                .startsWith("slice  state  nodes  links  full  routes  hosts     since\n")
                .contains("tri    up         3      2     3       9  builtin  12.5 s");
    }

    @Test
    void lsOfASliceShowsItsLinksAndBothDirectionsWhereTheyDiffer() {
        keeper.answer(
                "links",
                """
                [{"link": ["a", "b"], "state": "up",
                  "forward": {"cost": 10, "delay": "2ms"}, "backward": {"cost": 20, "delay": "2ms"}}]
                """);
        assertThat(vini.run("ls", "tri")).isZero();
        assertThat(vini.out())
                .isEqualTo("link  state  cost     delay\na-b   up     10 / 20  2ms\n");
        assertThat(vini.run("ls", "tri", "--json")).isZero();
        assertThat(vini.out()).contains("\"backward\" : {");
    }

    @Test
    void linkDownTellsTheKeeper() {
        assertThat(vini.run("link", "down", "tri", "b", "a", "--for", "30s", "--mode", "silent"))
                .isZero();
        assertThat(keeper.written())
                .containsExactly(
                        "link {\"link\":[\"b\",\"a\"],\"do\":\"down\",\"mode\":\"silent\","
                                + "\"for_s\":30.0}");
        assertThat(vini.out()).matches("b-a  down until [0-9:]{8} \\(both directions, silent\\)\n");
    }

    @Test
    void nodeTellsTheKeeper() {
        assertThat(vini.run("node", "crash", "tri", "b", "--for", "20s")).isZero();
        assertThat(vini.out()).matches("b  crashed until [0-9:]{8}\n");
        assertThat(vini.run("node", "start", "tri", "b")).isZero();
        assertThat(vini.run("node", "thaw", "tri", "b", "--for", "1s")).isEqualTo(2);
        assertThat(vini.run("node", "freeze", "tri", "d")).isEqualTo(2);
        assertThat(vini.err()).contains("tri has no node \"d\"");
        assertThat(keeper.written()).containsExactly("node b crash 20.000", "node b start");
    }

    @Test
    void attachAndDetachTellTheKeeper() {
        keeper.answer(
                "status",
                """
                {"attached": [{"device": "lab-try0", "node": "a", "address": "10.87.255.254",
                               "reaches": ["10.77.0.0/16"]}]}
                """);
        assertThat(vini.run("attach", "tri", "a", "--device", "lab-try0")).isZero();
        assertThat(vini.out()).isEqualTo("lab-try0  10.87.255.254 at a, the way to 10.77.0.0/16\n");
        assertThat(vini.run("attach", "tri", "a", "--device", "a b")).isEqualTo(2);
        assertThat(vini.err()).contains("\"a b\" is no name for a device");
        assertThat(vini.run("detach", "tri", "lab-try")).isEqualTo(2);
        assertThat(vini.err()).contains("; did you mean \"lab-try0\"?");
        assertThat(vini.run("detach", "tri", "lab-try0")).isZero();
        assertThat(keeper.written()).containsExactly("attach a lab-try0", "detach lab-try0");
    }

    @Test
    void linkSetSendsWhatIsGiven() {
        assertThat(vini.run("link", "set", "tri", "a", "b", "--delay", "5ms", "--loss", "1%"))
                .isZero();
        assertThat(keeper.written())
                .containsExactly(
                        "link {\"link\":[\"a\",\"b\"],\"do\":\"set\","
                                + "\"set\":{\"delay\":\"5ms\",\"loss\":\"1%\"}}");
    }

    @Test
    void routesAreATableOrJson() {
        assertThat(vini.run("routes", "tri/a")).isZero();
        assertThat(vini.run("routes", "tri/a", "--json")).isZero();
        assertThat(vini.out())
                .startsWith("destination   cost\n10.77.0.2/32    10\n")
                .contains("\"cost\" : 10");
    }

    @Test
    void execNeedsKernelHosts() {
        assertThat(vini.run("exec", "tri/a", "--", "true")).isEqualTo(3);
        assertThat(vini.err()).contains("the hosts of tri are builtin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "link down tri a x          | tri has no node \"x\"",
                "link down tri b c          | no link between b and c; b has links to a",
                "link down trii a b         | no slice \"trii\" is running; did you mean \"tri\"?",
                "link down tri a b --for 5  | --for: \"5\" is not a time: use a number with",
                "link down tri a b --mode x | --mode",
                "link set tri a b           | nothing to set",
                "link set tri a b --queue 0 | --queue: 0 is outside 1-65536",
                "link set tri a b --queue 99999 | --queue: 99999 is outside 1-65536",
                "link set tri a b --delay 2h | --delay: \"2h\" is more than an hour",
                "link set tri a b --rate 0bps | --rate: \"0bps\" is no rate",
                "link set tri a b --loss 101% | --loss: ",
                "link set tri a b --cost 0  | --cost: 0 is outside 1-65535",
                "link                       | say what to do: down, up or set",
                "routes tri                 | write SLICE/NODE, as in abilene/wash",
                "routes tri/q               | tri has no node \"q\"",
                "config tri/a/b             | write SLICE/NODE",
                "exec tri/a                 | COMMAND",
                "logs tri forwarder         | tri has no log of \"forwarder\"",
                "down                       | name a slice, or say --all",
                "down nothing               | no slice \"nothing\" is running",
            })
    void nonsenseIsRefusedAndTheSliceIsLeftAlone(String arguments, String message) {
        assertThat(vini.run(arguments.split(" +", -1))).isEqualTo(2);
        assertThat(vini.err()).contains(message);
        assertThat(keeper.written()).isEmpty();
    }

    @Test
    void aProcessThatDoesNotAnswerIsTheMachinesFault() throws Exception {
        router.close();
        assertThat(vini.run("routes", "tri/a")).isEqualTo(3);
        assertThat(vini.err()).contains("the router of tri does not answer", "vini logs tri");
    }

    @Test
    void aKilledSliceIsNamedAndTakenDown() throws Exception {
        Path left = StateRoot.at(runtime.resolve("vini")).folder("dead");
        Files.createDirectories(left);
        assertThat(vini.run("routes", "dead/a")).isEqualTo(2);
        assertThat(vini.err()).contains("dead runs no more", "vini down dead");
        assertThat(vini.run("down", "dead")).isZero();
        assertThat(left).doesNotExist();
    }

    @Test
    void logsShowTheLastLines() throws Exception {
        Files.writeString(state.path().resolve("router.log"), "one\ntwo\nthree\n");
        assertThat(vini.run("logs", "tri", "router", "-n", "2")).isZero();
        assertThat(vini.out()).isEqualTo("two\nthree\n");
    }

    @Test
    void withoutASliceThatIsSaid() throws Exception {
        CommandRun elsewhere =
                new CommandRun(
                        Map.of(
                                "XDG_RUNTIME_DIR",
                                Files.createDirectory(runtime.resolve("x")).toString()));
        assertThat(elsewhere.run("ls")).isZero();
        assertThat(elsewhere.out()).isEqualTo("none\n");
        assertThat(elsewhere.run("down", "--all")).isZero();
        assertThat(elsewhere.out()).endsWith("no slice is running\n");
    }
}
