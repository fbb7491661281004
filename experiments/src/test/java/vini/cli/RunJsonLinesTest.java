package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.experiment.RunListener;
import vini.experiment.analysis.Outage;
import vini.experiment.analysis.Walk;
import vini.experiment.run.BooksRow;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.RequestRow;
import vini.experiment.run.Turn;
import vini.experiment.run.UdpRow;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.TreeMap;

class RunJsonLinesTest {
    private final StringWriter out = new StringWriter();
    private final RunJsonLines lines =
            new RunJsonLines(
                    new Terminal(
                            new PrintWriter(out, true),
                            new PrintWriter(new StringWriter()),
                            0,
                            false,
                            true));

    private List<JsonNode> said() {
        return out.toString().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    }

    @Test
    void eachThingThatHappensIsALine() {
        lines.started(new RunListener.Start("e", "live", "kernel", "udp", 11, 14, 1, 54));
        lines.up(11, 11, 264, 0.94);
        lines.planned(List.of(new RunListener.Coming(10, "fail a-b")));
        lines.echo("rtt", new EchoRow(1, 1, 1.0762, 76.2, 58));
        lines.echo("rtt", EchoRow.lost(2, 1.1));
        TreeMap<String, Long> dropped = new TreeMap<>();
        dropped.put("linkDown", 3L);
        lines.books(new BooksRow(2, 10, 6, 1, dropped));
        lines.event(
                new EventRow(
                        "fail",
                        Turn.WORSE,
                        List.of(List.of("a", "b")),
                        null,
                        "silent",
                        10,
                        10.0,
                        10.0,
                        null,
                        "fail a-b (silent)"));
        lines.way(
                "rtt",
                17.3,
                new Walk(List.of("a", "c", "b"), null),
                87.1,
                new Outage(10, 17.3, 73));
        lines.exchanged("web", new RequestRow(1, 2.5, 2.54, 40, 20, ""));
        lines.datagrams("flow", new UdpRow(1, 50, 0, 0, 0, 48, 0, 0, 0, 5, 5, 5, "5000:48"), 4);
        lines.books(new BooksRow(3, 10, 6, 1, dropped));
        lines.note(20, "the router died\nand is back");

        assertThat(said())
                .extracting(line -> line.path("what").asString(""))
                .containsExactly(
                        "started", "up", "planned", "progress", "event", "way", "progress", "note");
        assertThat(said().get(3).toString())
                .isEqualTo(
                        "{\"what\":\"progress\",\"t_s\":2.0,\"echoes\":2,\"lost\":1,\"rtt_ms\":76.2,"
                            + "\"sent\":10,\"delivered\":6,\"in_flight\":1,"
                            + "\"dropped\":{\"linkDown\":3}}");
        assertThat(said().get(6).toString())
                .contains(
                        "\"udp\":{\"flow\":{\"sent\":50,\"lost\":2,\"mbps\":4.0}}",
                        "\"request\":{\"web\":{\"answered\":1,\"failed\":0,\"per_s\":0.5,"
                                + "\"time_ms\":40.0}}");
        assertThat(said().get(4).path("words").asString()).isEqualTo("fail a-b (silent)");
        assertThat(said().get(5).path("outage_s").asDouble()).isEqualTo(7.3);
    }
}
