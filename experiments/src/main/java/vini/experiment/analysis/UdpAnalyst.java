package vini.experiment.analysis;

import com.google.auto.service.AutoService;

import vini.experiment.run.UdpFlow;
import vini.experiment.run.UdpRow;

import java.util.ArrayList;
import java.util.List;

/**
 * Works out what a flow of datagrams found: loss, order, jitter and delay, by phase. A slice
 * belongs to the phase in which it begins.
 */
@AutoService(ProbeAnalyst.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class UdpAnalyst implements ProbeAnalyst<UdpFlow> {
    @Override
    public Class<UdpFlow> of() {
        return UdpFlow.class;
    }

    @Override
    public UdpResult analyse(UdpFlow flow, Analysis ground) {
        List<Outage> outages = outages(flow, ground.run().outageMin());
        List<SteadyPart.Interruption> interruptions =
                outages.stream().map(SteadyPart.Interruption::of).toList();
        List<UdpResult.UdpPhase> phases = new ArrayList<>();
        for (Phase phase : ground.phases()) {
            SteadyPart steady = SteadyPart.of(phase, ground.run().routes(), interruptions);
            phases.add(
                    new UdpResult.UdpPhase(
                            phase,
                            UdpPart.of(flow, phase.fromS(), phase.toS()),
                            steady,
                            steady == null ? null : UdpPart.of(flow, steady.fromS(), steady.toS()),
                            ground.walk(flow, phase.toS())));
        }
        UdpPart whole = UdpPart.of(flow, 0, ground.run().endS());
        double late = flow.rows().stream().mapToDouble(row -> row.lateMs() * row.sent()).sum();
        double worst = flow.rows().stream().mapToDouble(UdpRow::lateMsMax).max().orElse(0);
        double mean = whole.sent() == 0 ? 0 : late / whole.sent();
        return new UdpResult(flow, whole, mean, worst, outages, phases);
    }

    /** Slices in a row in which something was sent and nothing of it arrived. */
    private static List<Outage> outages(UdpFlow flow, int minimum) {
        List<Outage> outages = new ArrayList<>();
        double from = 0;
        long lost = 0;
        for (UdpRow row : flow.rows()) {
            if (row.received() > 0) {
                if (lost >= minimum) {
                    outages.add(new Outage(from, row.timeS(), Math.toIntExact(lost)));
                }
                lost = 0;
            } else if (row.sent() > 0) {
                from = lost == 0 ? row.timeS() : from;
                lost += row.sent();
            }
        }
        if (lost >= minimum) {
            outages.add(new Outage(from, null, Math.toIntExact(lost)));
        }
        return outages;
    }
}
