package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.Probe;

import java.util.List;

/** What a probe found, as the {@link ProbeAnalyst} of its type worked it out. */
public interface ProbeResult {
    Probe probe();

    /** What a summary says of it; expectations are about these figures. */
    ObjectNode figures();

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

        @Override
        public ObjectNode figures() {
            return PingAnalyst.figures(this);
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

        @Override
        public ObjectNode figures() {
            return TcpAnalyst.figures(this);
        }
    }

    /**
     * What became of a program.
     *
     * @param fromS when it was started; null if it was not
     * @param toS when it had ended; null if it did not
     * @param status that it ended with by itself; null if it was asked to end, or did not
     * @param trouble why it could not be started, or why it has no status; null if it has one
     */
    record Program(
            Probe.Program probe,
            @Nullable Double fromS,
            @Nullable Double toS,
            @Nullable Integer status,
            @Nullable String trouble,
            List<String> lines)
            implements ProbeResult {
        public Program {
            lines = List.copyOf(lines);
        }

        @Override
        public ObjectNode figures() {
            return ProgramAnalyst.figures(this);
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
