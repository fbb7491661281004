package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.ArrivalRow;
import vini.experiment.run.EchoRow;
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
        List<ProbeResult> results = new ArrayList<>();
        for (Probe probe : run.probes()) {
            results.add(
                    switch (probe) {
                        case Probe.Ping ping -> ping(run, phases, fibs, ping);
                        case Probe.Tcp tcp -> tcp(run, phases, tcp);
                        case Probe.Program program -> Programs.result(program);
                    });
        }
        return new Analysis(run, phases, fibs, results);
    }

    public List<ProbeResult.Ping> pings() {
        return probes.stream()
                .filter(ProbeResult.Ping.class::isInstance)
                .map(ProbeResult.Ping.class::cast)
                .toList();
    }

    public List<ProbeResult.Tcp> tcps() {
        return probes.stream()
                .filter(ProbeResult.Tcp.class::isInstance)
                .map(ProbeResult.Tcp.class::cast)
                .toList();
    }

    public List<ProbeResult.Program> programs() {
        return probes.stream()
                .filter(ProbeResult.Program.class::isInstance)
                .map(ProbeResult.Program.class::cast)
                .toList();
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
        int protocol = probe instanceof Probe.Tcp ? Flow.TCP : Flow.ICMP;
        Network.End from = run.network().end(probe.from());
        Network.End to = run.network().end(probe.to());
        if (from == null || to == null || to.address() == null) {
            return null;
        }
        return new Ends(
                from.entrance(),
                to.entrance(),
                new Flow(from.address(), to.address(), protocol, probe.ports()));
    }

    private static ProbeResult.Ping ping(
            Run run, List<Phase> phases, FibHistory fibs, Probe.Ping ping) {
        List<Outage> outages = Outage.in(ping.rows(), run.outageMin());
        List<SteadyPart.Interruption> interruptions =
                outages.stream().map(SteadyPart.Interruption::of).toList();
        Analysis walks = new Analysis(run, phases, fibs, List.of());
        List<ProbeResult.PingPhase> results = new ArrayList<>();
        for (Phase phase : phases) {
            SteadyPart steady = SteadyPart.of(phase, run.routes(), interruptions);
            List<EchoRow> sent =
                    ping.rows().stream().filter(row -> phase.holds(row.sentS())).toList();
            double[] rtts =
                    sent.stream()
                            .filter(row -> row.answered() && steady != null)
                            .filter(row -> steady != null && steady.holds(row.sentS()))
                            .mapToDouble(EchoRow::rttMs)
                            .toArray();
            results.add(
                    new ProbeResult.PingPhase(
                            phase,
                            sent.size(),
                            (int) sent.stream().filter(EchoRow::answered).count(),
                            steady,
                            Spread.of(rtts),
                            walks.walk(ping, phase.toS())));
        }
        int received = (int) ping.rows().stream().filter(EchoRow::answered).count();
        return new ProbeResult.Ping(ping, ping.rows().size(), received, outages, results);
    }

    private static ProbeResult.Tcp tcp(Run run, List<Phase> phases, Probe.Tcp tcp) {
        List<ArrivalRow> rows = tcp.rows();
        List<Stall> stalls = Stall.in(rows, Stall.threshold(roundTripS(run, tcp)), run.endS());
        List<SteadyPart.Interruption> interruptions = new ArrayList<>();
        stalls.forEach(stall -> interruptions.add(SteadyPart.Interruption.of(stall)));
        if (!rows.isEmpty()) {
            // The flow's first slow start is no steady part either.
            interruptions.add(
                    new SteadyPart.Interruption(
                            Math.min(0, rows.getFirst().timeS()), rows.getFirst().timeS()));
        }
        List<ProbeResult.TcpPhase> results = new ArrayList<>();
        for (Phase phase : phases) {
            SteadyPart steady =
                    rows.isEmpty() ? null : SteadyPart.of(phase, run.routes(), interruptions);
            results.add(
                    new ProbeResult.TcpPhase(
                            phase,
                            bytesAt(rows, phase.toS()) - bytesAt(rows, phase.fromS()),
                            steady,
                            steady == null ? null : mbps(rows, steady)));
        }
        long bytes = rows.isEmpty() ? 0 : rows.getLast().bytes();
        return new ProbeResult.Tcp(tcp, bytes, stalls, results);
    }

    private static double mbps(List<ArrivalRow> rows, SteadyPart steady) {
        long bytes = bytesAt(rows, steady.toS()) - bytesAt(rows, steady.fromS());
        return bytes * 8 / 1e6 / steady.lengthS();
    }

    /** The bytes that had arrived before a time. */
    private static long bytesAt(List<ArrivalRow> rows, double timeS) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).timeS() < timeS) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : rows.get(low - 1).bytes();
    }

    /** The longest round trip that a ping saw between the same nodes, else between any; else 0. */
    private static double roundTripS(Run run, Probe.Tcp tcp) {
        double same = 0;
        double any = 0;
        for (Probe probe : run.probes()) {
            if (probe instanceof Probe.Ping ping) {
                double longest =
                        ping.rows().stream()
                                .filter(EchoRow::answered)
                                .mapToDouble(row -> row.rttMs() / 1e3)
                                .max()
                                .orElse(0);
                List<String> ends = List.of(ping.from(), ping.to());
                any = Math.max(any, longest);
                if (ends.contains(tcp.from()) && ends.contains(tcp.to())) {
                    same = Math.max(same, longest);
                }
            }
        }
        return same > 0 ? same : any;
    }
}
