package vini.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.experiment.event.Script;
import vini.net.Quantity;
import vini.overlay.json.InputException;
import vini.overlay.json.Problems;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** The events of experiments, from their JSON to what is done and when. */
class TimelineTest {
    @TempDir Path folder;

    private Experiment experiment(String event) throws IOException {
        String text =
                """
                {"name": "x", "duration": "30s",
                 "topology": {
                   "name": "square",
                   "nodes": {"a": {}, "b": {}, "c": {}, "d-e": {}},
                   "links": [{"between": ["a", "b"]}, {"between": ["b", "c"]},
                             {"between": ["c", "d-e"]}, {"between": ["d-e", "a"]}],
                   "fibers": {"trench": [["a", "b"], ["c", "d-e"]]}},
                 "events": [%s]}
                """
                        .formatted(event);
        return ExperimentFile.read(
                Files.writeString(folder.resolve("x.json"), text), new Problems());
    }

    /** Each act as {@code 10s fail a-b}; what undoes something stands in brackets. */
    private List<String> acts(String event, long seed) throws IOException {
        Experiment experiment = experiment(event);
        Timeline timeline = new Timeline(experiment.topology(), new Seed(seed), 0, 30_000_000_000L);
        experiment.events().forEach(timeline::add);
        return timeline.acts().stream().map(TimelineTest::line).toList();
    }

    private List<String> acts(String event) throws IOException {
        return acts(event, 1);
    }

    private static String line(Script.Scheduled scheduled) {
        String line = Quantity.ofNanos(scheduled.atNanos()) + " " + scheduled.act().deed().words();
        return scheduled.closing() ? "(" + line + ")" : line;
    }

    @Test
    void anEventLastsForATimeOrUntilATimeOrToTheEnd() throws Exception {
        String fail = "\"fail\": {\"link\": [\"a\", \"b\"]}";
        assertThat(acts("{\"at\": \"5s\", \"for\": \"2s\", " + fail + "}"))
                .containsExactly("5s fail a-b", "(7s restore a-b)");
        assertThat(acts("{\"at\": \"5s\", \"until\": \"9s\", " + fail + "}"))
                .containsExactly("5s fail a-b", "(9s restore a-b)");
        assertThat(acts("{\"at\": \"5s\", " + fail + "}"))
                .containsExactly("5s fail a-b", "(30s restore a-b)");
        assertThat(acts("{\"at\": \"25s\", \"for\": \"20s\", " + fail + "}"))
                .containsExactly("25s fail a-b", "(30s restore a-b)");
    }

    @Test
    void anEventHappensAgainAndAgain() throws Exception {
        String fail = "\"fail\": {\"node\": \"c\", \"mode\": \"silent\"}";
        assertThat(acts("{\"at\": \"5s\", \"for\": \"2s\", \"every\": \"10s\", " + fail + "}"))
                .containsExactly(
                        "5s fail c (silent)",
                        "(7s restore c)",
                        "15s fail c (silent)",
                        "(17s restore c)",
                        "25s fail c (silent)",
                        "(27s restore c)");
        assertThat(
                        acts(
                                "{\"at\": \"5s\", \"for\": \"2s\", \"every\": \"10s\", \"count\":"
                                        + " 2, \"until\": \"16s\", "
                                        + fail
                                        + "}"))
                .containsExactly(
                        "5s fail c (silent)",
                        "(7s restore c)",
                        "15s fail c (silent)",
                        "(16s restore c)");
    }

    @Test
    void chanceIsTheSeedsAndEachEventsOwn() throws Exception {
        String one =
                "{\"at\": \"1s\", \"for\": \"1s\", \"every\": \"5s\", \"jitter\": \"3s\","
                        + " \"fail\": {\"link\": [\"a\", \"b\"]}}";
        assertThat(acts(one, 5)).isEqualTo(acts(one, 5)).isNotEqualTo(acts(one, 6));
        List<String> both =
                acts(
                        one + ", {\"at\": \"2s\", \"jitter\": \"1s\", \"fail\": {\"node\": \"c\"}}",
                        5);
        assertThat(both).containsAll(acts(one, 5));
    }

    @Test
    void whatItsJitterBringsAfterTheEndIsLeftOutAndSaid() throws Exception {
        Experiment experiment =
                experiment(
                        "{\"at\": \"25s\", \"for\": \"1s\", \"jitter\": \"10s\","
                                + " \"fail\": {\"node\": \"c\"}}");
        TreeSet<Integer> seen = new TreeSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            Timeline timeline =
                    new Timeline(experiment.topology(), new Seed(seed), 0, 30_000_000_000L);
            experiment.events().forEach(timeline::add);
            seen.add(timeline.acts().size());
            assertThat(timeline.tooLate())
                    .as("seed %d", seed)
                    .isEqualTo(
                            timeline.acts().isEmpty()
                                    ? List.of(
                                            "1 occurrence of the event at 25s left out: by the"
                                                    + " jitter too late")
                                    : List.of());
        }
        assertThat(seen).as("acts").containsExactly(0, 2);
    }

    @Test
    void aFlapBeginsWithAFailureAndEndsWithARepair() throws Exception {
        assertThat(
                        acts(
                                "{\"at\": \"5s\", \"for\": \"5s\", \"flap\": {\"link\": [\"a\","
                                        + " \"b\"], \"down\": \"1s\", \"up\": \"3s\"}}"))
                .containsExactly(
                        "5s fail a-b", "6s restore a-b", "9s fail a-b", "(10s restore a-b)");
    }

    @Test
    void linksOfAFiberAndBetweenSetsOfNodesFailTogether() throws Exception {
        assertThat(acts("{\"at\": \"5s\", \"for\": \"1s\", \"fail\": {\"fiber\": \"trench\"}}"))
                .containsExactly("5s fail fiber trench", "(6s restore a-b, c-d-e)");
        assertThat(
                        acts(
                                "{\"at\": \"5s\", \"for\": \"1s\", \"partition\": {\"sets\":"
                                        + " [[\"a\", \"b\"], \"c\"]}}"))
                .containsExactly("5s partition a b | c", "(6s restore b-c, c-d-e, d-e-a)");
    }

    @Test
    void aDegradationIsReachedStepByStep() throws Exception {
        List<String> acts =
                acts(
                        "{\"at\": \"5s\", \"for\": \"10s\", \"degrade\": {\"link\": [\"a\", \"b\"],"
                                + " \"oneway\": true, \"delay\": \"50ms\", \"over\": \"5s\"}}");
        assertThat(acts).hasSize(102);
        assertThat(acts.getFirst()).isEqualTo("5s degrade a>b delay 50ms over 5s");
        assertThat(acts.get(1)).startsWith("5.05s ");
        assertThat(acts.get(100)).startsWith("10s ");
        assertThat(acts.getLast()).isEqualTo("(15s recover a>b)");
    }

    @Test
    void aTraceBeginsAnew() throws Exception {
        Files.writeString(
                folder.resolve("rate.csv"), "time,rate\n0,10Mbps\n1.5,1Mbps\n4s 10Mbps\n");
        List<String> acts =
                acts(
                        "{\"at\": \"5s\", \"for\": \"7s\", \"degrade\": {\"link\": [\"a\", \"b\"],"
                            + " \"trace\": {\"property\": \"rate\", \"points\": \"rate.csv\"}}}");
        assertThat(acts.stream().map(act -> act.replaceAll(" .*", "")))
                .containsExactly("5s", "5s", "6.5s", "9s", "10.5s", "(12s");
    }

    @Test
    void aTraceOfMahimahiSaysTheRateOfEachTenthOfASecond() throws Exception {
        // Ten deliveries in the first 100 ms, none in the next, one in the last 50 ms.
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append(i * 10).append('\n');
        }
        Files.writeString(folder.resolve("cell.up"), text + "250\n");
        Experiment experiment =
                experiment(
                        "{\"at\": \"5s\", \"degrade\": {\"link\": [\"a\", \"b\"], \"trace\":"
                                + " {\"property\": \"rate\", \"points\": \"cell.up\"}}}");
        assertThat(ExperimentFile.write(experiment))
                .contains("\"1.2Mbps\"", "\"100ms\"", "\"1bps\"", "\"240kbps\"", "\"250ms\"");
        Path again = Files.writeString(folder.resolve("y.json"), ExperimentFile.write(experiment));
        assertThat(ExperimentFile.read(again, new Problems())).isEqualTo(experiment);
    }

    @Test
    void aReplayReadsThreeFormsAndRepairsAllAtItsEnd() throws Exception {
        Files.writeString(
                folder.resolve("failures.csv"),
                """
                # what was seen on a Monday
                time,link,state
                3,c-d-e,up
                1.5,a-b,down
                2s,d-e,c,silent
                {"at": "4s", "link": ["b", "a"], "becomes": "up"}
                {"event": "fail", "link": ["b", "c"], "mode": "oneway", "planned_s": 5.25}
                """);
        assertThat(
                        acts(
                                "{\"at\": \"5s\", \"for\": \"9s\", \"replay\": {\"changes\":"
                                        + " \"failures.csv\"}}"))
                .containsExactly(
                        "6.5s fail a-b",
                        "7s fail d-e-c (silent)",
                        "8s restore c-d-e",
                        "9s restore b-a",
                        "10.25s fail b-c (oneway)",
                        "(14s restore 5 links)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'for': '1s', 'restore': {'link': ['a', 'b']} | this is done in an instant",
                "'every': '1s', 'fail': {'link': ['a', 'b']} | needs a \"for\"",
                "'for': '2s', 'every': '1s', 'fail': {'node': 'a'} | begin anew before it ends",
                "'count': 3, 'fail': {'node': 'a'} | needs an \"every\"",
                "'until': '1s', 'fail': {'node': 'a'} | not after \"at\"",
                "'until': '31s', 'fail': {'node': 'a'} | after the end of the run",
                "'fail': {'fiber': 'moat'} | moat",
                "'fail': {'fiber': 'trench', 'mode': 'oneway'} | a fiber fails both ways",
                "'flap': {'link': ['a', 'b'], 'down': '0s', 'up': '1s'} | down",
                "'partition': {'sets': [['a', 'b'], ['b']]} | named twice",
                "'partition': {'sets': [['a', 'x']]} | x",
                "'degrade': {'link': ['a', 'b']} | nothing changes",
                "'degrade': {'link': ['a', 'b'], 'over': '1s', 'trace': {'property': 'rate',"
                        + " 'points': [['0s', '1Mbps']]}} | no value to be reached",
                "'degrade': {'link': ['a', 'b'], 'trace': {'property': 'colour', 'points':"
                        + " [['0s', 'red']]}} | \"colour\" is not delay",
                "'degrade': {'link': ['a', 'b'], 'trace': {'property': 'rate', 'points':"
                        + " [['0s', 'red']]}} | \"red\" is not a rate",
                "'degrade': {'link': ['a', 'b'], 'trace': {'property': 'rate', 'points':"
                        + " [['2s', '1Mbps'], ['1s', '2Mbps']]}} | comes after a later one",
                "'degrade': {'link': ['a', 'b'], 'trace': {'property': 'rate', 'points':"
                        + " 'none.csv'}} | there is no file none.csv",
                "'replay': {'changes': 'bad.csv'} | bad.csv:2: no link \"a-c\"",
                "'flap': {'link': ['a', 'b'], 'down': '1ms', 'up': '1ms'}, 'until': '29s' | ",
            })
    void refuses(String event, String message) throws Exception {
        Files.writeString(folder.resolve("bad.csv"), "1,a-b,down\n2,a-c,down\n");
        String json = "{\"at\": \"5s\", " + event.replace('\'', '"') + "}";
        if (message == null) {
            assertThat(acts(json)).hasSize(24_001);
            return;
        }
        assertThatThrownBy(() -> experiment(json))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("x.json:");
    }
}
