package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.Stall;
import vini.experiment.run.Probe;
import vini.experiment.run.Run;

import java.util.ArrayList;
import java.util.List;

/** Chooses the figures that a run deserves, in the order of the report. */
final class Figures {
    /** More probes than this of a kind are in the tables only. */
    private static final int PROBES_MAX = 6;

    private Figures() {}

    static List<Figure> of(Analysis analysis) {
        Run run = analysis.run();
        List<Figure> figures = new ArrayList<>();
        if (analysis.phases().size() > 1) { // else the map of the only phase shows as much
            addIfAny(figures, MapFigure.network(run.network()));
        }
        for (ProbeResult.Ping ping : limited(analysis.pings())) {
            String name = ping.probe().name();
            figures.add(RttFigure.of(ping, run.events(), run.endS(), name));
        }
        for (ProbeResult.Tcp tcp : limited(analysis.tcps())) {
            String name = tcp.probe().name();
            figures.add(BytesFigure.whole(tcp, run.events(), run.endS(), name));
            restart(tcp, analysis, figures);
        }
        for (ProbeResult.Ping ping : limited(analysis.pings())) {
            addIfAny(
                    figures,
                    MomentsFigure.of(
                            ping,
                            run.events(),
                            analysis.walks(ping.probe()),
                            run.endS(),
                            ping.probe().name() + "-moments"));
        }
        addIfAny(figures, MapFigure.of(analysis, first(analysis)));
        addIfAny(figures, ConvergenceFigure.of(run));
        addIfAny(figures, DropsFigure.of(run));
        return List.copyOf(figures);
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
            String name = tcp.probe().name() + "-restart";
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

    private static Probe.@Nullable Between first(Analysis analysis) {
        if (!analysis.pings().isEmpty()) {
            return analysis.pings().getFirst().probe();
        }
        return analysis.tcps().isEmpty() ? null : analysis.tcps().getFirst().probe();
    }

    private static <T> List<T> limited(List<T> probes) {
        return probes.subList(0, Math.min(PROBES_MAX, probes.size()));
    }

    private static void addIfAny(List<Figure> figures, @Nullable Figure figure) {
        if (figure != null) {
            figures.add(figure);
        }
    }
}
