package vini.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.experiment.WorldKind;
import vini.experiment.event.Fail;
import vini.experiment.event.Restore;
import vini.experiment.probe.PingSpec;
import vini.experiment.probe.TcpSpec;
import vini.overlay.json.InputException;
import vini.overlay.json.Problem;
import vini.overlay.json.Problems;
import vini.overlay.json.Size;
import vini.overlay.topology.LinkName;
import vini.overlay.world.FailureMode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class ExperimentFileTest {
    private static final String TOPOLOGY =
            """
            {"name": "t", "nodes": {"dnvr": {}, "kscy": {}, "sttl": {}},
             "links": [{"between": ["kscy", "dnvr"]},
                       {"between": ["dnvr", "sttl"]}]}
            """;

    @TempDir Path folder;

    @BeforeEach
    void writeTopology() throws IOException {
        Files.writeString(folder.resolve("t.json"), TOPOLOGY);
    }

    @Test
    void readsTheExperimentOfThePaper() {
        Experiment abilene = ExperimentFile.read(Path.of("abilene-failure.json"), new Problems());

        assertThat(abilene.topology().nodes()).hasSize(11);
        assertThat(abilene.duration()).isEqualTo(Duration.ofSeconds(54));
        assertThat(abilene.outageMin()).isEqualTo(3);
        assertThat(abilene.probes())
                .containsExactly(
                        new NamedProbe(
                                "rtt",
                                new PingSpec("wash", "sttl", Duration.ofMillis(100), new Size(56))),
                        new NamedProbe(
                                "bulk", new TcpSpec("wash", "sttl", new Size(28 * 1024), null)));
        LinkName link = new LinkName("dnvr", "kscy");
        assertThat(abilene.events())
                .containsExactly(
                        new TimedEvent(
                                Duration.ofSeconds(10),
                                new Fail(link, null, null, FailureMode.SILENT)),
                        new TimedEvent(Duration.ofSeconds(34), new Restore(link, null, null)));
        assertThat(abilene.events().getFirst().event().words())
                .isEqualTo("fail dnvr-kscy (silent)");
    }

    @Test
    void namesTheTypesOfEvents() throws IOException {
        String text =
                "{\"name\": \"e\", \"topology\": \"t.json\", \"duration\": \"54s\","
                        + " \"events\": [{\"at\": \"1s\"}]}";
        assertThat(mistakes(text).getFirst())
                .contains(": an event needs one of \"")
                .contains("\"fail\"", "\"restore\"", "\"set\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abilene-failure",
                "triangle-failure",
                "ring-failure",
                "grid-two-failures",
                "outside-user",
                "bad-day",
                "watched-crash",
                "ingress-failover"
            })
    void whatIsWrittenReadsAsTheSame(String name) throws IOException {
        Problems problems = new Problems();
        Experiment experiment = ExperimentFile.read(Path.of(name + ".json"), problems);

        assertThat(experiment.name()).isEqualTo(name);
        assertThat(problems.notes()).isEmpty();
        Path written = folder.resolve("experiment.json");
        Files.writeString(written, ExperimentFile.write(experiment));
        Experiment again = ExperimentFile.read(written, new Problems());
        assertThat(again).isEqualTo(experiment);
        assertThat(ExperimentFile.write(again)).isEqualTo(Files.readString(written));
    }

    /** What was dropped for a reason is a figure; what is called so is a name. */
    @Test
    void aProbeMayBeCalledDropped() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("e.json"),
                        """
                        {"name": "x", "duration": "5s",
                         "topology": {"name": "t", "nodes": {"a": {}, "b": {}},
                                      "links": [{"between": ["a", "b"]}]},
                         "probes": [{"name": "dropped", "ping": {"from": "a", "to": "b"}}],
                         "expect": [{"that": "probes.dropped.sent", "above": 3},
                                    {"that": "packets.phases[0].dropped.linkDown", "equals": 0}]}
                        """);
        Experiment experiment = ExperimentFile.read(file, new Problems());
        JsonNode summary =
                JsonMapper.shared()
                        .readTree(
                                "{\"probes\": {\"dropped\": {}}, \"packets\": {\"phases\":"
                                        + " [{\"dropped\": {}}]}}");
        assertThat(experiment.expect())
                .extracting(expectation -> expectation.check(summary).holds())
                .containsExactly(false, true);
    }

    /**
     * What a world has not is told together with all other mistakes, for the world that is asked.
     */
    @Test
    void whatTheVirtualWorldHasNotIsToldWithTheOtherMistakes() throws IOException {
        String text =
                """
                {"name": "x", "duration": "5s", "world": "%s", %s
                 "topology": {"name": "t", "nodes": {"a": {"egress": true}, "b": {}},
                              "links": [{"between": ["a", "b"]}]},
                 "outside": {"server": {"behind": "a"}},
                 "probes": [{"name": "p", "program": {"on": "a", "command": ["ls"]}}]}
                """;
        Path virtual = Files.writeString(folder.resolve("v.json"), text.formatted("virtual", ""));
        Path live = Files.writeString(folder.resolve("l.json"), text.formatted("live", ""));
        assertThat(ExperimentFile.read(virtual, WorldKind.LIVE, new Problems()).probes())
                .hasSize(1);
        assertThat(ExperimentFile.read(live, new Problems()).probes()).hasSize(1);
        assertThatThrownBy(() -> ExperimentFile.read(live, WorldKind.VIRTUAL, new Problems()))
                .hasMessageContaining("no outside; run it live")
                .hasMessageContaining("virtual world's time; run it live, or measure");
        Path wrong =
                Files.writeString(
                        folder.resolve("w.json"), text.formatted("virtual", "\"seeed\": 1,"));
        assertThatThrownBy(() -> ExperimentFile.read(wrong, new Problems()))
                .hasMessageContaining("seeed")
                .hasMessageContaining("no outside; give it \"world\": \"live\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "probes": [{"name": "p", "program": {"on": "dnvr", "command": ["ls"]}}], "world": "virtual" | 2:42: real programs do not keep the virtual world's time; give it "world": "live", or measure with ping, udp, tcp or request
                    "events": [{"at": "1s", "fail": {"link": ["dnvr", "kcsy"]}}] | 2:56: no link between "dnvr" and "kcsy"; did you mean "kscy"?
                    "events": [{"at": "1s", "fail": {"link": ["kscy", "sttl"]}}] | 2:47: no link between "kscy" and "sttl"; "kscy" has links to dnvr
                    "events": [{"at": "1s", "fail": {"link": ["kscy", "kscy"]}}] | 2:47: no link between "kscy" and "kscy"; "kscy" has links to dnvr
                    "events": [{"at": "1s", "fail": {"link": ["dnvr"]}}] | 2:47: "link": name the two nodes of the link, as in ["a", "b"]
                    "events": [{"at": "61s", "restore": {"link": ["dnvr", "kscy"]}}] | 2:24: "at": "61s" is after the end of the run ("duration": "54s")
                    "events": [{"at": "54s", "restore": {"link": ["dnvr", "kscy"]}}] | 2:24: "at": "54s" is the end of the run ("duration": "54s")
                    "events": [{"at": "-1s", "restore": {"link": ["dnvr", "kscy"]}}] | 2:24: "at": "-1s" is negative; write 0 or more
                    "events": [{"at": "1s", "fial": {"link": ["dnvr", "kscy"]}}] | 2:30: unknown key "fial" in an event; did you mean "fail"?
                    "events": [{"restore": {"link": ["dnvr", "kscy"]}}] | 2:17: an event needs "at"
                    "events": [{"at": "1s", "fail": {"link": ["dnvr", "kscy"]}, "restore": {"link": ["dnvr", "kscy"]}}] | 2:77: an event has only one of "fail", "restore"; keep one of them
                    "events": [{"at": "1s", "fail": {"link": ["dnvr", "kscy"], "mode": "quiet"}}] | 2:73: "mode": "quiet" is none of "down", "silent", "oneway"
                    "events": [{"at": "1s", "fail": {"node": "dnvr", "link": ["dnvr", "kscy"]}}] | 2:47: a failure has only one of "link", "node"; keep one of them
                    "events": [{"at": "1s", "fail": {"mode": "down"}}] | 2:38: a failure needs one of "link", "node", "fiber"
                    "events": [{"at": "1s", "fail": {"node": "dnv"}}] | 2:47: no node "dnv"; did you mean "dnvr"?
                    "events": [{"at": "1s", "fail": {"node": "dnvr", "mode": "oneway"}}] | 2:63: "mode": a node fails both ways: write "down" or "silent"
                    "events": [{"at": "1s", "set": {"link": ["dnvr", "kscy"]}}] | 2:37: "set": nothing changes; give delay, jitter, loss, rate, queue or cost
                    "probes": [{"name": "p", "ping": {"from": "dnvr", "to": "stl"}}] | 2:62: no node "stl"; did you mean "sttl"?
                    "probes": [{"name": "p", "ping": {"from": "dnvr", "to": "dnvr"}}] | 2:62: "to": the same as "from"; name another
                    "probes": [{"name": "p", "ping": {"from": "dnvr", "to": "sttl", "every": "0ms"}}] | 2:79: "every": "0ms" is less than 1ms
                    "probes": [{"name": "p", "program": {"on": "stl", "command": ["true"]}}] | 2:49: no node "stl"; did you mean "sttl"?
                    "probes": [{"name": "p", "program": {"on": "sttl", "command": []}}] | 2:68: "command": 0 entries; write 1-1000
                    "probes": [{"name": "p", "program": {"on": "sttl", "command": [""]}}] | 2:68: "command": the first is the program's name, and must not be empty
                    "probes": [{"name": "p", "program": {"on": "sttl", "command": ["true"], "at": "54s"}}] | 2:84: "at": "54s" is the end of the run ("duration": "54s")
                    "probes": [{"name": "p", "program": {"on": "sttl", "command": ["true"], "at": "5s", "until": "4s"}}] | 2:99: "until": not after "at"; write a later time
                    "probes": [{"name": "p", "program": {"on": "sttl", "command": ["true"], "serves": true, "status": 1}}] | 2:104: "status": a program that serves ends when it is asked to; leave this out
                    "probes": [{"name": "p", "program": {"on": "sttl", "command": ["true"], "serves": 1}}] | 2:88: "serves": 1 is neither true nor false
                    "probes": [{"name": "p", "program": {"on": "sttl", "command": ["true"], "files": {"a": "none.txt"}}}] | 2:93: "a": there is no file none.txt (paths start from the experiment's folder)
                    "probes": [{"name": "p", "program": {"on": "sttl", "command": ["true"], "files": {"../a": {"text": ""}}}}] | 2:96: "../a" is not the name of a file: use 1-64 of A-Z, a-z, 0-9, ., _ and -
                    "probes": [{"name": "p", "program": {"on": "sttl", "command": ["true"], "files": {"a": {"txt": ""}}}}] | 2:93: "a": an object is neither a path nor {"text": "..."}
                    "probes": [{"name": "p", "udp": {"from": "dnvr", "to": "sttl", "pps": 9, "at": "54s"}}] | 2:85: "at": "54s" is the end of the run ("duration": "54s")
                    "probes": [{"name": "p", "pong": {}}] | 2:31: unknown key "pong" in a probe; did you mean "ping"?
                    "expect": [{"that": "probes.rt.sent", "equals": 1}] | 2:26: "that": no probe "rt"; did you mean "rtt"?
                    "expect": [{"that": "probe.rtt.sent", "equals": 1}] | 2:26: "that": "probe" is not in a summary; did you mean "probes"?
                    "expect": [{"that": "probes.rtt.outage[0].from_s", "equals": 1}] | 2:26: "that": probe "rtt" has no figure "outage[].from_s"; did you mean "outages[].from_s"?
                    "expect": [{"that": "probes.rtt.phases[1].rtt_ms.median", "equals": 1}] | 2:26: "that": there is no phase 1: the times of the events make 1 phase (0)
                    "expect": [{"that": "a..b", "equals": 1}] | 2:26: "that": "a..b" is no path; write it as in "probes.rtt.phases[0].rtt_ms.median"
                    "expect": [{"that": "packets.sent"}] | 2:17: an expectation needs one of "between", "within", "equals", "above", "below", "at_least", "at_most"
                    "expect": [{"that": "packets.sent", "above": 1, "below": 2}] | 2:63: an expectation has only one of "above", "below"; keep one of them
                    "expect": [{"that": "packets.sent", "between": [2, 1]}] | 2:53: "between": the first is the larger; write [lowest, highest]
                    "expect": [{"that": "packets.sent", "between": [2]}] | 2:53: "between": 1 entries; write 2-2
                    "expect": [{"that": "packets.sent", "below": "5ms"}] | 2:51: "below": "5ms": the figure is counted without a unit: write a number
                    "expect": [{"that": "probes.rtt.outages[0].duration_s", "below": "5MB"}] | 2:71: "below": "5MB" does not fit a figure that is a time: write a time like "5s", or a number
                    "expect": [{"that": "startup_s", "below": "probes.rtt.sent"}] | 2:48: "below": "probes.rtt.sent" is not counted in what the figure is counted in
                    "expect": [{"that": "startup_s", "below": "probes.rt.phases[0].rtt_ms.max"}] | 2:48: "below": no probe "rt"; did you mean "rtt"?
                    "expect": [{"that": "startup_s", "within": "2%"}] | 2:49: "within": of what? Add "of": a number, or another figure
                    "expect": [{"that": "startup_s", "below": 2, "of": 1}] | 2:57: "of": belongs to "within", which is not there
                    "expect": [{"that": "startup_s", "within": -1, "of": 1}] | 2:49: "within": -1 is negative; write 0 or more
                    "expect": [{"that": "packets.loop", "equals": 0}] | 2:26: "that": "loop" is not in "packets"; did you mean "loops"?
                    "expect": [{"that": "convergence", "equals": 0}] | 2:26: "that": "convergence" has parts; write one of them, as in "convergence.fib_changes"
                    "expect": [{"that": "packets.sent.a", "equals": 0}] | 2:26: "that": "sent.a" is not in "packets"; did you mean "sent"?
                    "expect": [{"that": "convergence.phases[0].changes", "equals": 0}] | 2:26: "that": "phases[].changes" is not in "convergence"; did you mean "phases[].fib_changes"?
                    "expect": [{"that": "packets.phases[2].dropped.ttlExpired", "equals": 0}] | 2:26: "that": there is no phase 2: the times of the events make 1 phase (0)
                    "expect": [{"that": "packets.dropped.linkdown", "equals": 0}] | 2:26: "that": no element drops packets for "linkdown"; did you mean "linkDown"?
                    "expect": [{"that": "packets.dropped.rain", "equals": 0}] | 2:26: "that": no element drops packets for "rain"; there are linkDown, linkLoss, linkQueueFull, noRoute, ttlExpired and more, see docs/elements.md
                    "expect": [{"that": "packets.phase[0].dropped.rain", "equals": 0}] | 2:26: "that": "phase[].dropped.rain" is not in "packets"; did you mean "phases[].dropped.REASON"?
                    "events": [{"at": "1s", "for": "1s", "partition": {"sets": [["dnvr", "kscy", "sttl"]]}}] | 2:17: no link is between these sets of nodes
                    "probes": [{"name": "books", "ping": {"from": "dnvr", "to": "sttl"}}] | 2:26: the run itself has files of the name "books"
                    "probes": [{"name": "p", "ping": {"from": "dnvr", "to": "sttl"}}, {"name": "p-moments", "ping": {"from": "dnvr", "to": "sttl"}}] | 2:26: a figure of "p" may be called "p-moments", as another probe is
                    "outage_min": 0 | 2:20: "outage_min": 0 is outside 1-1000000
                    """)
    void namesTheMistake(String part, String message) throws IOException {
        String probes =
                part.startsWith("\"probes\"")
                        ? ""
                        : ", \"probes\": [{\"name\": \"rtt\", \"ping\": {\"from\": \"dnvr\","
                                + " \"to\": \"sttl\"}}]";
        String text =
                "{\"name\": \"e\", \"topology\": \"t.json\", \"duration\": \"54s\",\n     "
                        + part
                        + probes
                        + "}";
        assertThat(mistakes(text)).containsExactly("e.json:" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"name": "e", "duration": "1s"} | e.json:1:1: an experiment needs "topology"
                    {"name": "e", "duration": "1s", "topology": "tt.json"} | e.json:1:45: "topology": there is no file tt.json (paths start from the experiment's folder); did you mean "t.json"?
                    {"name": "e", "duration": "1s", "topology": 5} | e.json:1:45: "topology": 5 is not an object { ... } for a topology
                    {"name": "e", "topology": "t.json"} | e.json:1:1: an experiment needs "duration"
                    {"name": "e", "duration": "1s", "topology": "t.json", "probes": [{"name": "p", "ping": {"from": "dnvr", "to": "sttl"}}, {"name": "p", "tcp": {"from": "dnvr", "to": "sttl"}}]} | e.json:1:130: the probe "p" is there already (line 1); give one of them another name
                    """)
    void namesWhatIsMissing(String text, String message) throws IOException {
        assertThat(mistakes(text)).containsExactly(message);
    }

    @Test
    void mistakesOfBothFilesComeAtOnce() throws IOException {
        Files.writeString(
                folder.resolve("t.json"), TOPOLOGY.replace("}]}", ", \"delay\": \"5 msec\"}]}"));

        assertThat(
                        mistakes(
                                """
                                {"name": "e", "topology": "t.json", "duration": "54s",
                                 "events": [{"at": "61s", "fail": {"link": ["dnvr", "kcsy"]}}]}
                                """))
                .containsExactly(
                        "e.json:2:20: \"at\": \"61s\" is after the end of the run (\"duration\":"
                                + " \"54s\")",
                        "e.json:2:53: no link between \"dnvr\" and \"kcsy\"; did you mean"
                                + " \"kscy\"?",
                        "t.json:3:51: \"delay\": \"5 msec\" is not a time: use a number with ns,"
                                + " us, ms, s, m or h, as in \"5ms\"");
    }

    private List<String> mistakes(String text) throws IOException {
        Path file = folder.resolve("e.json");
        Files.writeString(file, text);
        InputException wrong =
                catchThrowableOfType(
                        InputException.class, () -> ExperimentFile.read(file, new Problems()));
        assertThat(wrong).as(text).isNotNull();
        return wrong.problems().stream()
                .map(Problem::toString)
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }
}
