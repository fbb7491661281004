package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.Entrance;
import vini.experiment.run.Network;
import vini.experiment.run.Probe;
import vini.experiment.run.Run;

import java.util.ArrayList;
import java.util.List;

/** What a run means, worked out from its folder alone. */
public record Analysis(Run run, List<Phase> phases, FibHistory fibs, List<ProbeResult> probes) {
    public Analysis {
        phases = List.copyOf(phases);
        probes = List.copyOf(probes);
    }

    public static Analysis of(Run run, WayPicker picker) {
        List<Phase> phases = Phase.of(run.events(), run.endS());
        FibHistory fibs = new FibHistory(run.routes(), picker);
        Analysis ground = new Analysis(run, phases, fibs, List.of());
        ProbeAnalysts analysts = new ProbeAnalysts();
        List<ProbeResult> results = new ArrayList<>();
        for (Probe probe : run.probes()) {
            results.add(analysts.analyse(probe, ground));
        }
        return new Analysis(run, phases, fibs, results);
    }

    /** What the probes of a type found. */
    public <R extends ProbeResult> List<R> all(Class<R> type) {
        return probes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public List<ProbeResult.Ping> pings() {
        return all(ProbeResult.Ping.class);
    }

    public List<ProbeResult.Tcp> tcps() {
        return all(ProbeResult.Tcp.class);
    }

    public List<ProbeResult.Program> programs() {
        return all(ProbeResult.Program.class);
    }

    /** What became of the packets in each phase. */
    public PacketHistory packets() {
        return PacketHistory.of(run, phases);
    }

    /** What the events were for the routers. */
    public Convergence convergence() {
        return Convergence.of(phases, run.routes());
    }

    /** The way of a probe's packets just before a time; null if its hosts are not known. */
    public @Nullable Walk walk(Probe.Between probe, double beforeS) {
        Ends ends = ends(probe);
        return ends == null
                ? null
                : fibs.walk(
                        ends.from.at(run.events(), beforeS),
                        ends.to.at(run.events(), beforeS),
                        ends.flow,
                        beforeS);
    }

    /** The way of the answers just before a time; null if its hosts are not known nodes. */
    @Nullable Walk wayBack(Probe.Between probe, double beforeS) {
        Network.Node from = run.network().node(probe.to());
        Network.Node to = run.network().node(probe.from());
        if (from == null || to == null || to.address() == null) {
            return null;
        }
        Flow flow = new Flow(from.address(), to.address(), Flow.ICMP, probe.ports());
        return fibs.walk(from.name(), to.name(), flow, beforeS);
    }

    /** All ways that a probe's packets ever had; none if its hosts are not known. */
    public List<FibHistory.TimedWalk> walks(Probe.Between probe) {
        Ends ends = ends(probe);
        return ends == null
                ? List.of()
                : fibs.walks(
                        timeS -> ends.from.at(run.events(), timeS),
                        timeS -> ends.to.at(run.events(), timeS),
                        ends.flow);
    }

    /** Where packets enter and leave the network, and what is hashed of them. */
    private record Ends(Entrance from, Entrance to, Flow flow) {}

    private @Nullable Ends ends(Probe.Between probe) {
        Network.End from = run.network().end(probe.from());
        Network.End to = run.network().end(probe.to());
        if (from == null || to == null || to.address() == null) {
            return null;
        }
        return new Ends(
                from.entrance(),
                to.entrance(),
                new Flow(from.address(), to.address(), probe.protocol(), probe.ports()));
    }
}
