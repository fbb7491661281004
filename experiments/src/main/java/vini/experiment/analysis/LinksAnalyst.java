package vini.experiment.analysis;

import com.google.auto.service.AutoService;

import vini.experiment.run.LinkLoads;

import java.util.ArrayList;
import java.util.List;

/**
 * Works out how busy links were, by phase. What was carried between two looks belongs to the phase
 * in which the middle of that time is.
 */
@AutoService(ProbeAnalyst.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class LinksAnalyst implements ProbeAnalyst<LinkLoads> {
    @Override
    public Class<LinkLoads> of() {
        return LinkLoads.class;
    }

    @Override
    public LinksResult analyse(LinkLoads loads, Analysis ground) {
        List<LinksResult.LinksPhase> phases = new ArrayList<>();
        for (Phase phase : ground.phases()) {
            phases.add(
                    new LinksResult.LinksPhase(
                            phase, LinkTime.of(loads.rows(), phase.fromS(), phase.toS())));
        }
        LinkTime whole = LinkTime.of(loads.rows(), 0, ground.run().endS());
        return new LinksResult(loads, whole, phases);
    }
}
