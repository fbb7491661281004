package vini.experiment.analysis;

import com.google.auto.service.AutoService;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.EchoRow;
import vini.experiment.run.Probe;
import vini.experiment.run.Run;

import java.util.ArrayList;
import java.util.List;

/** Works out what a ping found: outages, and round-trip times by phase. */
@AutoService(ProbeAnalyst.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class PingAnalyst implements ProbeAnalyst<Probe.Ping> {
    @Override
    public Class<Probe.Ping> of() {
        return Probe.Ping.class;
    }

    @Override
    public ProbeResult.Ping analyse(Probe.Ping ping, Analysis ground) {
        Run run = ground.run();
        List<Outage> outages = Outage.in(ping.rows(), run.outageMin());
        List<SteadyPart.Interruption> interruptions =
                outages.stream().map(SteadyPart.Interruption::of).toList();
        List<ProbeResult.PingPhase> results = new ArrayList<>();
        for (Phase phase : ground.phases()) {
            SteadyPart steady = SteadyPart.of(phase, run.routes(), interruptions);
            List<EchoRow> sent =
                    ping.rows().stream().filter(row -> phase.holds(row.sentS())).toList();
            double[] rtts =
                    sent.stream()
                            .filter(row -> row.answered() && steady != null)
                            .filter(row -> steady != null && steady.holds(row.sentS()))
                            .mapToDouble(EchoRow::rttMs)
                            .toArray();
            results.add(
                    new ProbeResult.PingPhase(
                            phase,
                            sent.size(),
                            (int) sent.stream().filter(EchoRow::answered).count(),
                            steady,
                            Spread.of(rtts),
                            ground.walk(ping, phase.toS())));
        }
        int received = (int) ping.rows().stream().filter(EchoRow::answered).count();
        return new ProbeResult.Ping(ping, ping.rows().size(), received, outages, results);
    }

    static ObjectNode figures(ProbeResult.Ping ping) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sent", ping.sent());
        node.put("received", ping.received());
        ArrayNode outages = node.putArray("outages");
        ping.outages().forEach(outage -> SummaryNode.outage(outages, outage));
        ArrayNode phases = node.putArray("phases");
        for (ProbeResult.PingPhase phase : ping.phases()) {
            ObjectNode one = SummaryNode.phase(phases, phase.phase());
            one.put("sent", phase.sent());
            one.put("received", phase.received());
            SummaryNode.steady(one, phase.steady());
            Spread rtt = phase.rttMs();
            if (rtt == null) {
                one.putNull("rtt_ms");
            } else {
                ObjectNode stats = one.putObject("rtt_ms");
                SummaryNode.number(stats, "min", rtt.min());
                SummaryNode.number(stats, "median", rtt.median());
                SummaryNode.number(stats, "max", rtt.max());
            }
            SummaryNode.path(one, phase.path());
        }
        return node;
    }
}
