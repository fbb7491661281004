package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.Outage;
import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.Spread;
import vini.experiment.analysis.Stall;
import vini.experiment.run.EchoRow;
import vini.experiment.run.Turn;

import java.util.ArrayList;
import java.util.List;

/** Tells in a few sentences what happened in a run. */
final class Story {
    /** Echoes that end so much before the run does were not ended by it. */
    private static final double ENDED_EARLY_S = 1;

    /** The first echo that a failure takes was on its way when the link failed. */
    private static final double ON_ITS_WAY_S = 0.5;

    private Story() {}

    static String of(Analysis analysis) {
        List<String> sentences = new ArrayList<>();
        for (ProbeResult.Ping ping : analysis.pings()) {
            tell(ping, analysis, sentences);
        }
        for (ProbeResult.Tcp tcp : analysis.tcps()) {
            tell(tcp, sentences);
        }
        for (ProbeResult.Program program : analysis.programs()) {
            tell(program, sentences);
        }
        if (sentences.isEmpty()) {
            sentences.add("Nothing was measured.");
        }
        return String.join(" ", sentences);
    }

    private static void tell(ProbeResult.Program program, List<String> sentences) {
        Integer status = program.status();
        Double from = program.fromS();
        Double to = program.toS();
        String what = program.probe().name() + " on " + program.probe().on();
        if (status != null && from != null && to != null) {
            sentences.add(
                    "The program "
                            + what
                            + " ended after "
                            + Decimals.fixed(to - from, 1)
                            + " s with status "
                            + status
                            + ".");
        } else if (!program.probe().serves()) {
            sentences.add("The program " + what + " has no status: " + program.trouble() + ".");
        }
    }

    private static void tell(ProbeResult.Ping ping, Analysis analysis, List<String> sentences) {
        String ends = ping.probe().from() + " to " + ping.probe().to();
        if (ping.received() == 0) {
            sentences.add(
                    ping.sent() == 0
                            ? "No echo was sent from " + ends + "."
                            : "None of " + ping.sent() + " echoes from " + ends + " was answered.");
            return;
        }
        String before = null;
        for (ProbeResult.PingPhase phase : ping.phases()) {
            String now = state(phase);
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

    private static void tell(ProbeResult.Tcp tcp, List<String> sentences) {
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
