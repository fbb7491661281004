package vini.experiment.analysis;

import vini.experiment.run.Probe;

/**
 * Works out what a type of probe found; a service, one for each type.
 *
 * @param <P> the probes of the type
 */
public interface ProbeAnalyst<P extends Probe> {
    /** The probes that it understands. */
    Class<P> of();

    /**
     * Works out what a probe found.
     *
     * @param ground the run, its phases and its FIBs; no probes are worked out in it
     */
    ProbeResult analyse(P probe, Analysis ground);
}
