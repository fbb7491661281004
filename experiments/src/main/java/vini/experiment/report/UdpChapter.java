package vini.experiment.report;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.Outage;
import vini.experiment.analysis.Quantiles;
import vini.experiment.analysis.UdpPart;
import vini.experiment.analysis.UdpResult;
import vini.experiment.run.Run;

import java.util.List;

/** What a report says of flows of datagrams. */
@AutoService(ProbeChapter.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class UdpChapter implements ProbeChapter<UdpResult> {
    @Override
    public Class<UdpResult> of() {
        return UdpResult.class;
    }

    @Override
    public int place() {
        return 30;
    }

    @Override
    public List<Figure> figures(UdpResult udp, Analysis analysis) {
        Run run = analysis.run();
        return List.of(UdpFigure.of(udp, run.events(), run.endS()));
    }

    @Override
    public void tell(UdpResult udp, Analysis analysis, List<String> sentences) {
        UdpPart whole = udp.whole();
        Quantiles delay = whole.delayMs();
        String ends = udp.probe().from() + " to " + udp.probe().to();
        if (whole.sent() == 0) {
            sentences.add("No datagram was sent from " + ends + ".");
            return;
        }
        StringBuilder text = new StringBuilder("Of ").append(Decimals.count(whole.sent()));
        text.append(" datagrams from ").append(ends).append(", ");
        text.append(whole.lost() == 0 ? "none" : Decimals.count(whole.lost()));
        text.append(whole.lost() == 1 ? " was lost" : " were lost");
        if (whole.lost() > 0) {
            text.append(" (").append(percent(whole.lossPercent())).append(" %)");
        }
        if (delay != null) {
            text.append("; they took ").append(Decimals.fixed(delay.median(), 1));
            text.append(" ms one way in the median, ");
            text.append(Decimals.fixed(delay.p99(), 1)).append(" ms at 99 %");
        }
        for (Outage outage : udp.outages()) {
            Double to = outage.toS();
            text.append("; nothing arrived of what left from ");
            text.append(Decimals.fixed(outage.fromS(), 1)).append(" s");
            text.append(to == null ? " on" : " to " + Decimals.fixed(to, 1) + " s");
        }
        if (whole.skipped() > 0) {
            text.append("; the sender was too busy to send ");
            text.append(Decimals.count(whole.skipped())).append(" more");
        }
        sentences.add(text.append('.').toString());
    }

    @Override
    public List<String> heads() {
        return PhaseRow.heads(
                ">sent",
                ">lost",
                ">%",
                ">twice",
                ">reordered",
                ">rate",
                ">jitter",
                ">median",
                ">99 %");
    }

    @Override
    public List<List<String>> rows(UdpResult udp) {
        return udp.phases().stream().map(phase -> row(udp, phase)).toList();
    }

    private static List<String> row(UdpResult udp, UdpResult.UdpPhase phase) {
        UdpPart all = phase.all();
        UdpPart steady = phase.steady();
        return new PhaseRow(udp, phase.phase())
                .count(all.sent())
                .count(all.lost())
                .text(percent(all.lossPercent()))
                .count(all.duplicates())
                .count(all.reordered())
                .rate(steady == null ? null : steady.mbps())
                .number(steady == null ? null : steady.jitterMs(), 2)
                .quantiles(
                        steady == null ? null : steady.delayMs(),
                        List.of(Quantiles::median, Quantiles::p99))
                .cells();
    }

    private static String percent(@Nullable Double value) {
        return value == null ? "–" : Decimals.fixed(value, value > 0 && value < 1 ? 2 : 1);
    }
}
