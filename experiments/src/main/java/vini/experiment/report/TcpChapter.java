package vini.experiment.report;

import com.google.auto.service.AutoService;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.Stall;
import vini.experiment.run.Probe;
import vini.experiment.run.Run;
import vini.experiment.run.RunFolder;

import java.util.ArrayList;
import java.util.List;

/** What a report says of bulk TCP flows. */
@AutoService(ProbeChapter.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class TcpChapter implements ProbeChapter<ProbeResult.Tcp> {
    @Override
    public Class<ProbeResult.Tcp> of() {
        return ProbeResult.Tcp.class;
    }

    @Override
    public int place() {
        return 20;
    }

    @Override
    public List<Figure> figures(ProbeResult.Tcp tcp, Analysis analysis) {
        Run run = analysis.run();
        List<Figure> figures = new ArrayList<>();
        figures.add(BytesFigure.whole(tcp, run.events(), run.endS(), tcp.probe().name()));
        restart(tcp, analysis, figures);
        return figures;
    }

    /** The longest stall that ended is the one worth a look. */
    private static void restart(ProbeResult.Tcp tcp, Analysis analysis, List<Figure> figures) {
        Stall longest = null;
        double length = 0;
        double again = 0;
        for (Stall stall : tcp.stalls()) {
            Double to = stall.toS();
            if (to != null && to - stall.fromS() > length) {
                longest = stall;
                length = to - stall.fromS();
                again = to;
            }
        }
        if (longest != null) {
            String name = tcp.probe().name() + RunFolder.RESTART;
            double roundTrip = roundTripMs(analysis, tcp.probe(), again);
            figures.add(BytesFigure.restart(tcp, longest, again, roundTrip, name));
        }
    }

    /** The median of a ping between the same nodes in the phase of a time; 0 if there is none. */
    private static double roundTripMs(Analysis analysis, Probe.Between probe, double timeS) {
        for (ProbeResult.Ping ping : analysis.pings()) {
            if (!ping.probe().from().equals(probe.from())
                    || !ping.probe().to().equals(probe.to())) {
                continue;
            }
            for (ProbeResult.PingPhase phase : ping.phases()) {
                var rtt = phase.rttMs();
                if (phase.phase().holds(timeS) && rtt != null) {
                    return rtt.median();
                }
            }
        }
        return 0;
    }

    @Override
    public List<String> heads() {
        return PhaseRow.heads(">steady rate", ">received");
    }

    @Override
    public List<List<String>> rows(ProbeResult.Tcp result) {
        return result.phases().stream().map(phase -> row(result, phase)).toList();
    }

    private static List<String> row(ProbeResult.Tcp tcp, ProbeResult.TcpPhase phase) {
        return new PhaseRow(tcp, phase.phase())
                .rate(phase.mbps())
                .text(Decimals.bytes(phase.bytes()))
                .cells();
    }

    @Override
    public void tell(ProbeResult.Tcp tcp, Analysis analysis, List<String> sentences) {
        StringBuilder text =
                new StringBuilder("TCP delivered ")
                        .append(Decimals.bytes(tcp.bytes()))
                        .append(" from ")
                        .append(tcp.probe().from())
                        .append(" to ")
                        .append(tcp.probe().to());
        for (Stall stall : tcp.stalls()) {
            Double to = stall.toS();
            text.append(to == null ? "; it stalled at " : "; it stalled from ")
                    .append(Decimals.fixed(stall.fromS(), 1));
            text.append(to == null ? " s for good" : " to " + Decimals.fixed(to, 1) + " s");
        }
        sentences.add(text.append('.').toString());
    }
}
