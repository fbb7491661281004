package vini.experiment.analysis;

import vini.experiment.run.Probe;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The analysts of all types of probes. */
final class ProbeAnalysts {
    private final List<ProbeAnalyst<?>> all = new ArrayList<>();

    ProbeAnalysts() {
        ServiceLoader.load(ProbeAnalyst.class, ProbeAnalyst.class.getClassLoader())
                .forEach(all::add);
    }

    /** Works out what a probe found. */
    ProbeResult analyse(Probe probe, Analysis ground) {
        for (ProbeAnalyst<?> analyst : all) {
            if (analyst.of().isInstance(probe)) {
                return apply(analyst, probe, ground);
            }
        }
        throw new IllegalStateException("nobody understands a " + probe.getClass().getName());
    }

    private static <P extends Probe> ProbeResult apply(
            ProbeAnalyst<P> analyst, Probe probe, Analysis ground) {
        return analyst.analyse(analyst.of().cast(probe), ground);
    }
}
