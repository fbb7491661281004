package vini.experiment.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import vini.experiment.report.Report;
import vini.experiment.run.RunReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs, outside hosts and a failing node, in a run folder written by hand. */
class ProgramsTest {
    @TempDir Path folder;

    private Summary summary(String program, String rows, String expect) throws IOException {
        write(
                "topology.json",
                """
                {"name": "t", "nodes": {"in": {"ingress": true}, "mid": {}, "out": {"egress": true}},
                 "links": [{"between": ["in", "mid"]}, {"between": ["mid", "out"]}]}
                """);
        write(
                "experiment.json",
                """
                {"name": "e", "duration": "10s",
                 "outside": {"user": {"behind": "in", "vpn": true}, "web": {"behind": "out"}},
                 "probes": [{"name": "rtt", "ping": {"from": "user", "to": "web"}},
                            {"name": "prog", "program": {"on": "web", "command": ["x", "y z"] %s}}],
                 "expect": [%s]}
                """
                        .formatted(program, expect));
        write(
                "environment.json",
                """
                {"ending": "finished", "ended_s": 10, "seed": 1,
                 "addresses": {"user": "10.87.0.2", "web": "192.0.2.7"}}
                """);
        write(
                "events.jsonl",
                """
                {"event":"fail","node":"mid","mode":"down","planned_s":4,"issued_s":4,"effective_s":4,"observed_s":null}
                """);
        write(
                "routes.jsonl",
                """
                {"t_s":-1,"node":"in","op":"set","prefix":"0.0.0.0/0","next":["mid"]}
                {"t_s":-1,"node":"mid","op":"set","prefix":"0.0.0.0/0","next":["out"]}
                {"t_s":-1,"node":"mid","op":"set","prefix":"10.77.0.0/16","next":["in"]}
                """);
        write("rtt.csv", "seq,sent_s,received_s,rtt_ms,ttl\n1,0.0,0.01,10.0,63\n");
        write("prog.jsonl", rows);
        write("packets.json", "{\"sent\":1,\"delivered\":1,\"in_flight\":0,\"dropped\":{}}");
        return Report.write(folder).summary();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static final String STARTED = "{\"t_s\":1,\"event\":\"started\"}\n";
    private static final String SAID =
            """
            {"t_s":2,"event":"said","text":"one <b>"}
            {"t_s":3,"event":"said","text":"two"}
            """;
    private static final String STOPPED = "{\"t_s\":8,\"event\":\"stopped\"}\n";

    private static String ended(int status) {
        return "{\"t_s\":8.5,\"event\":\"ended\",\"status\":" + status + "}\n";
    }

    @Test
    void oneThatEndsWellPasses() throws IOException {
        Summary summary = summary("", STARTED + SAID + ended(0), "");
        JsonNode prog = summary.json().path("probes").path("prog");
        assertThat(prog.path("status").asInt(-1)).isZero();
        assertThat(prog.path("from_s").asDouble()).isEqualTo(1);
        assertThat(prog.path("duration_s").asDouble()).isEqualTo(7.5);
        assertThat(prog.path("lines").asInt()).isEqualTo(2);
        assertThat(summary.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(summary.expectations())
                .extracting(ExpectationResult::that)
                .containsExactly("probes.prog.status");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("<td>x y z</td><td>web</td>", "one &lt;b&gt; / two")
                .contains("192.0.2.7 behind out")
                .contains("The program prog on web ended after 7.5 s with status 0.");
    }

    @Test
    void anotherStatusFailsAndSaysItsLastWords() throws IOException {
        Summary summary = summary("", STARTED + SAID + ended(7), "");
        assertThat(summary.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(summary.expectations().getFirst().note()).isEqualTo("it said: two");
        assertThat(summary(", \"status\": 7", STARTED + ended(7), "").verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void oneThatHasToBeAskedToEndFails() throws IOException {
        Summary summary = summary("", STARTED + STOPPED + ended(143), "");
        assertThat(summary.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(summary.json().path("probes").path("prog").path("status").isNull()).isTrue();
        assertThat(summary.expectations().getFirst().note())
                .isEqualTo("it still ran and was asked to end");
    }

    @Test
    void oneThatServesIsToRunUntilItIsAsked() throws IOException {
        String serves = ", \"serves\": true";
        assertThat(summary(serves, STARTED + STOPPED + ended(143), "").verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(summary(serves, STARTED + ended(0), "").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(summary(serves, "", "").verdict()).isEqualTo(Verdict.FAILED);
        Summary failed =
                summary(serves, "{\"t_s\":1,\"event\":\"failed\",\"text\":\"no rights\"}\n", "");
        assertThat(failed.expectations().getFirst().note())
                .isEqualTo("it could not be started: no rights");
    }

    @Test
    void whatTheExperimentSaysOfTheStatusCounts() throws IOException {
        String expect = "{\"that\": \"probes.prog.status\", \"above\": 5}";
        assertThat(summary("", STARTED + ended(7), expect).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(summary("", STARTED + ended(0), expect).verdict()).isEqualTo(Verdict.FAILED);
    }

    /** From the ingress of the one to the egress of the other, by the longest prefix. */
    @Test
    void theWayBetweenOutsideHostsIsThatBetweenTheirDoors() throws IOException {
        Summary summary = summary("", STARTED + ended(0), "");
        JsonNode phases = summary.json().path("probes").path("rtt").path("phases");
        assertThat(phases.path(0).path("path").valueStream().map(JsonNode::asString))
                .containsExactly("in", "mid", "out");
        assertThat(phases.path(1).path("after").asString()).isEqualTo("fail mid");
    }

    @Test
    void aFailedNodeTakesItsLinksAlong() throws IOException {
        Summary ignored = summary("", STARTED + ended(0), "");
        var run = RunReader.read(folder);
        assertThat(LinkHistory.failed(run.network(), run.events(), 5))
                .containsExactly(List.of("in", "mid"), List.of("mid", "out"));
        assertThat(LinkHistory.failed(run.network(), run.events(), 4)).isEmpty();
        assertThat(ignored.verdict()).isEqualTo(Verdict.PASSED);
    }
}
