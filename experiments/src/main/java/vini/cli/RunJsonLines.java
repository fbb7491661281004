package vini.cli;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.RunListener;
import vini.experiment.analysis.Outage;
import vini.experiment.analysis.Summary;
import vini.experiment.analysis.Walk;
import vini.experiment.run.BooksRow;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.RequestRow;
import vini.experiment.run.UdpRow;

import java.util.List;

/**
 * A run for programs: an object a line, {@code "what"} says of what. The last one is the summary.
 */
final class RunJsonLines implements RunListener {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Terminal terminal;
    private final RunTally tally = new RunTally();
    private @Nullable Double rttMs;

    RunJsonLines(Terminal terminal) {
        this.terminal = terminal;
    }

    private static ObjectNode line(String what) {
        return JSON.createObjectNode().put("what", what);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }

    private static ObjectNode line(String what, double timeS) {
        return line(what).put("t_s", rounded(timeS));
    }

    private synchronized void say(ObjectNode line) {
        terminal.out().println(line);
        terminal.out().flush();
    }

    @Override
    public void started(Start start) {
        say(
                line("started")
                        .put("experiment", start.experiment())
                        .put("world", start.world())
                        .put("hosts", start.hosts())
                        .put("tunnels", start.tunnels())
                        .put("nodes", start.nodes())
                        .put("links", start.links())
                        .put("seed", start.seed())
                        .put("duration_s", start.durationS()));
    }

    @Override
    public void up(int full, int routers, int routes, double startupS) {
        say(
                line("up")
                        .put("full", full)
                        .put("routers", routers)
                        .put("routes", routes)
                        .put("startup_s", rounded(startupS)));
    }

    @Override
    public void planned(List<Coming> events) {
        ObjectNode line = line("planned");
        var list = line.putArray("events");
        events.forEach(
                event -> list.addObject().put("at_s", event.atS()).put("words", event.words()));
        say(line);
    }

    @Override
    public void echo(String probe, EchoRow row) {
        tally.echo(row);
        if (row.answered()) {
            rttMs = rounded(row.rttMs());
        }
    }

    @Override
    public void datagrams(String probe, UdpRow row, double mbps) {
        tally.datagrams(probe, row, mbps);
    }

    @Override
    public void exchanged(String probe, RequestRow row) {
        tally.exchanged(probe, row);
    }

    @Override
    public void books(BooksRow row) {
        ObjectNode line = line("progress", row.timeS());
        line.put("echoes", tally.echoes()).put("lost", tally.lost()).put("rtt_ms", rttMs);
        line.put("sent", row.sent()).put("delivered", row.delivered());
        line.put("in_flight", row.inFlight());
        ObjectNode dropped = line.putObject("dropped");
        row.dropped().forEach(dropped::put);
        if (!tally.datagrams().isEmpty()) {
            ObjectNode flows = line.putObject("udp");
            tally.datagrams()
                    .forEach(
                            (probe, flow) ->
                                    flows.putObject(probe)
                                            .put("sent", flow.sent())
                                            .put("lost", flow.lost())
                                            .put("mbps", rounded(flow.mbps())));
        }
        if (!tally.requests().isEmpty()) {
            ObjectNode requests = line.putObject("request");
            tally.requests()
                    .forEach(
                            (probe, each) ->
                                    requests.putObject(probe)
                                            .put("answered", each.answered())
                                            .put("failed", each.failed())
                                            .put("per_s", rounded(each.perS(row.timeS())))
                                            .put("time_ms", each.timeMs(row.timeS())));
        }
        say(line);
    }

    @Override
    public void event(EventRow row) {
        ObjectNode line = line("event");
        line.setAll((ObjectNode) JSON.readTree(row.line()));
        say(line);
    }

    @Override
    public void way(String probe, double timeS, Walk way, double millis, @Nullable Outage outage) {
        ObjectNode line = line("way", timeS).put("probe", probe);
        var path = line.putArray("path");
        way.nodes().forEach(path::add);
        line.put("rtt_ms", rounded(millis));
        Double length = outage == null ? null : outage.durationS();
        if (length != null) {
            line.put("outage_s", rounded(length));
        }
        say(line);
    }

    @Override
    public void note(double nowS, String sentence) {
        say(line("note", nowS).put("text", sentence));
    }

    /** The last line. */
    void summary(Summary summary) {
        ObjectNode line = line("summary");
        line.setAll(summary.json());
        say(line);
    }
}
