package vini.experiment.analysis;

import com.google.auto.service.AutoService;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.ArrivalRow;
import vini.experiment.run.EchoRow;
import vini.experiment.run.Probe;
import vini.experiment.run.Run;

import java.util.ArrayList;
import java.util.List;

/** Works out what a bulk TCP flow found: stalls, and rates by phase. */
@AutoService(ProbeAnalyst.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class TcpAnalyst implements ProbeAnalyst<Probe.Tcp> {
    @Override
    public Class<Probe.Tcp> of() {
        return Probe.Tcp.class;
    }

    @Override
    public ProbeResult.Tcp analyse(Probe.Tcp tcp, Analysis ground) {
        Run run = ground.run();
        List<ArrivalRow> rows = tcp.rows();
        List<Stall> stalls = Stall.in(rows, Stall.threshold(roundTripS(run, tcp)), run.endS());
        List<SteadyPart.Interruption> interruptions = new ArrayList<>();
        stalls.forEach(stall -> interruptions.add(SteadyPart.Interruption.of(stall)));
        if (!rows.isEmpty()) {
            // The flow's first slow start is no steady part either.
            interruptions.add(
                    new SteadyPart.Interruption(
                            Math.min(0, rows.getFirst().timeS()), rows.getFirst().timeS()));
        }
        List<ProbeResult.TcpPhase> results = new ArrayList<>();
        for (Phase phase : ground.phases()) {
            SteadyPart steady =
                    rows.isEmpty() ? null : SteadyPart.of(phase, run.routes(), interruptions);
            results.add(
                    new ProbeResult.TcpPhase(
                            phase,
                            bytesAt(rows, phase.toS()) - bytesAt(rows, phase.fromS()),
                            steady,
                            steady == null ? null : mbps(rows, steady)));
        }
        long bytes = rows.isEmpty() ? 0 : rows.getLast().bytes();
        return new ProbeResult.Tcp(tcp, bytes, stalls, results);
    }

    private static double mbps(List<ArrivalRow> rows, SteadyPart steady) {
        long bytes = bytesAt(rows, steady.toS()) - bytesAt(rows, steady.fromS());
        return bytes * 8 / 1e6 / steady.lengthS();
    }

    /** The bytes that had arrived before a time. */
    private static long bytesAt(List<ArrivalRow> rows, double timeS) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).timeS() < timeS) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : rows.get(low - 1).bytes();
    }

    /** The longest round trip that a ping saw between the same nodes, else between any; else 0. */
    private static double roundTripS(Run run, Probe.Tcp tcp) {
        double same = 0;
        double any = 0;
        for (Probe probe : run.probes()) {
            if (probe instanceof Probe.Ping ping) {
                double longest =
                        ping.rows().stream()
                                .filter(EchoRow::answered)
                                .mapToDouble(row -> row.rttMs() / 1e3)
                                .max()
                                .orElse(0);
                List<String> ends = List.of(ping.from(), ping.to());
                any = Math.max(any, longest);
                if (ends.contains(tcp.from()) && ends.contains(tcp.to())) {
                    same = Math.max(same, longest);
                }
            }
        }
        return same > 0 ? same : any;
    }

    static ObjectNode figures(ProbeResult.Tcp tcp) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("bytes", tcp.bytes());
        if (tcp.probe().windowBytes() > 0) {
            node.put("window_bytes", tcp.probe().windowBytes());
        }
        ArrayNode stalls = node.putArray("stalls");
        for (Stall stall : tcp.stalls()) {
            ObjectNode one = stalls.addObject();
            SummaryNode.number(one, "from_s", stall.fromS());
            SummaryNode.number(one, "to_s", stall.toS());
        }
        ArrayNode phases = node.putArray("phases");
        for (ProbeResult.TcpPhase phase : tcp.phases()) {
            ObjectNode one = SummaryNode.phase(phases, phase.phase());
            one.put("bytes", phase.bytes());
            SummaryNode.steady(one, phase.steady());
            SummaryNode.number(one, "mbps", phase.mbps());
        }
        return node;
    }
}
