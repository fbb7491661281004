package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.Probe;

import java.util.List;

/** What a probe found. */
public sealed interface ProbeResult {
    Probe probe();

    /**
     * What a ping probe found.
     *
     * @param sent echoes
     * @param received answers
     */
    record Ping(
            Probe.Ping probe, int sent, int received, List<Outage> outages, List<PingPhase> phases)
            implements ProbeResult {
        public Ping {
            outages = List.copyOf(outages);
            phases = List.copyOf(phases);
        }
    }

    /**
     * What a TCP probe found.
     *
     * @param bytes that arrived in all
     */
    record Tcp(Probe.Tcp probe, long bytes, List<Stall> stalls, List<TcpPhase> phases)
            implements ProbeResult {
        public Tcp {
            stalls = List.copyOf(stalls);
            phases = List.copyOf(phases);
        }
    }

    /**
     * A phase as a ping probe saw it.
     *
     * @param steady null when the phase has no steady part
     * @param rttMs of the answers in the steady part; null when there are none
     * @param path at the end of the phase; null if the network is not known
     */
    record PingPhase(
            Phase phase,
            int sent,
            int received,
            @Nullable SteadyPart steady,
            @Nullable Spread rttMs,
            @Nullable Walk path) {}

    /**
     * A phase as a TCP probe saw it.
     *
     * @param bytes that arrived in the phase
     * @param mbps bits per second of the steady part in millions; null when there is none
     */
    record TcpPhase(Phase phase, long bytes, @Nullable SteadyPart steady, @Nullable Double mbps) {}
}
