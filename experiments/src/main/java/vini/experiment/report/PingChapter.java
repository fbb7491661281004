package vini.experiment.report;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.Outage;
import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.Spread;
import vini.experiment.analysis.Walk;
import vini.experiment.run.EchoRow;
import vini.experiment.run.Run;
import vini.experiment.run.RunFolder;
import vini.experiment.run.Turn;

import java.util.List;

/** What a report says of pings. */
@AutoService(ProbeChapter.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class PingChapter implements ProbeChapter<ProbeResult.Ping> {
    /** Echoes that end so much before the run does were not ended by it. */
    private static final double ENDED_EARLY_S = 1;

    /** Of more phases only those with an outage are told. */
    private static final int TOLD_MAX = 12;

    /** The first echo that a failure takes was on its way when the link failed. */
    private static final double ON_ITS_WAY_S = 0.5;

    @Override
    public Class<ProbeResult.Ping> of() {
        return ProbeResult.Ping.class;
    }

    @Override
    public int place() {
        return 10;
    }

    @Override
    public List<Figure> figures(ProbeResult.Ping ping, Analysis analysis) {
        Run run = analysis.run();
        return List.of(RttFigure.of(ping, run.events(), run.endS(), ping.probe().name()));
    }

    @Override
    public List<Figure> closer(ProbeResult.Ping ping, Analysis analysis) {
        Figure moments =
                MomentsFigure.of(
                        ping,
                        analysis.run().events(),
                        analysis.walks(ping.probe()),
                        analysis.run().endS(),
                        ping.probe().name() + RunFolder.MOMENTS);
        return moments == null ? List.of() : List.of(moments);
    }

    @Override
    public List<String> heads() {
        return PhaseRow.heads(">min", ">median", ">max", ">lost", "path");
    }

    @Override
    public List<List<String>> rows(ProbeResult.Ping result) {
        return result.phases().stream().map(phase -> row(result, phase)).toList();
    }

    private static List<String> row(ProbeResult.Ping ping, ProbeResult.PingPhase phase) {
        Spread rtt = phase.rttMs();
        Walk path = phase.path();
        String way = "–";
        if (path != null) {
            way = path.arrives() ? String.join(" ", path.nodes()) : String.valueOf(path.trouble());
        }
        return new PhaseRow(ping, phase.phase())
                .number(rtt == null ? null : rtt.min(), 1)
                .number(rtt == null ? null : rtt.median(), 1)
                .number(rtt == null ? null : rtt.max(), 1)
                .text(Integer.toString(phase.sent() - phase.received()))
                .text(way)
                .cells();
    }

    @Override
    public void tell(ProbeResult.Ping ping, Analysis analysis, List<String> sentences) {
        String ends = ping.probe().from() + " to " + ping.probe().to();
        if (ping.received() == 0) {
            sentences.add(
                    ping.sent() == 0
                            ? "No echo was sent from " + ends + "."
                            : "None of " + ping.sent() + " echoes from " + ends + " was answered.");
            return;
        }
        String before = null;
        boolean brief = ping.phases().size() > TOLD_MAX;
        for (ProbeResult.PingPhase phase : ping.phases()) {
            String now = state(phase);
            if (brief && phase.phase().after() != null && outage(ping, phase) == null) {
                continue; // the table of phases has it
            }
            String after = phase.phase().after();
            String when =
                    "At " + Decimals.shortest(phase.phase().fromS(), 2) + " s, " + after + ": ";
            Outage outage = outage(ping, phase);
            if (after == null) {
                sentences.add(now == null ? "" : "An echo from " + ends + " took " + now + ".");
            } else if (outage != null) {
                Double length = outage.durationS();
                sentences.add(
                        when
                                + (length == null
                                        ? "the answers stopped and did not come back."
                                        : "the answers stopped for "
                                                + Decimals.fixed(length, 1)
                                                + " s"
                                                + (now == null
                                                        ? "."
                                                        : "; afterwards an echo took "
                                                                + now
                                                                + ".")));
            } else if (now != null) {
                sentences.add(
                        now.equals(before)
                                ? when + "nothing changed."
                                : when + "no outage, and then an echo took " + now + ".");
            }
            before = now;
        }
        sentences.removeIf(String::isEmpty);
        long failures =
                analysis.run().events().stream()
                        .filter(event -> event.turn() == Turn.WORSE)
                        .count();
        double last = ping.probe().rows().getLast().sentS();
        if (last < analysis.run().endS() - Math.max(ENDED_EARLY_S, 3 * interval(ping))) {
            sentences.add("No echo was sent after " + Decimals.fixed(last, 1) + " s.");
        } else if (failures > 0 && ping.outages().isEmpty()) {
            sentences.add("There was no outage.");
        }
    }

    /** Between two echoes, in seconds. */
    private static double interval(ProbeResult.Ping ping) {
        List<EchoRow> rows = ping.probe().rows();
        double length = rows.getLast().sentS() - rows.getFirst().sentS();
        return rows.size() < 2 ? 0 : length / (rows.size() - 1);
    }

    /** {@code 76.2 ms by nycm chin}; null if the phase never became steady. */
    private static @Nullable String state(ProbeResult.PingPhase phase) {
        Spread rtt = phase.rttMs();
        if (rtt == null) {
            return null;
        }
        String way = RttFigure.way(phase.path());
        return Decimals.fixed(rtt.median(), 1) + " ms" + (way == null ? "" : " " + way);
    }

    private static @Nullable Outage outage(ProbeResult.Ping ping, ProbeResult.PingPhase phase) {
        boolean last = phase.equals(ping.phases().getLast());
        double from = phase.phase().after() == null ? 0 : phase.phase().fromS() - ON_ITS_WAY_S;
        double to = last ? phase.phase().toS() : phase.phase().toS() - ON_ITS_WAY_S;
        for (Outage outage : ping.outages()) {
            if (outage.fromS() >= from && outage.fromS() < to) {
                return outage;
            }
        }
        return null;
    }
}
