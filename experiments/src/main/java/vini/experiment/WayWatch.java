package vini.experiment;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.FibHistory;
import vini.experiment.analysis.Flow;
import vini.experiment.analysis.Outage;
import vini.experiment.analysis.SeededWays;
import vini.experiment.analysis.Walk;
import vini.experiment.probe.PingSpec;
import vini.experiment.run.EchoRow;
import vini.experiment.run.Entrance;
import vini.experiment.run.EventRow;
import vini.experiment.spec.Experiment;
import vini.experiment.spec.NamedProbe;
import vini.experiment.spec.Outside;
import vini.overlay.topology.DoorPlan;
import vini.overlay.topology.Node;
import vini.overlay.world.World;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells while a run goes on when the answers to a ping take another way, or come again at all. */
final class WayWatch implements EchoWatch {
    /** With a ping each millisecond three lost ones are an outage, too, and there may be many. */
    private static final double WORTH_A_LINE_S = 0.1;

    private static final class Pinged {
        final Entrance from;
        final Entrance to;
        final Flow flow;
        final List<EchoRow> lost = new ArrayList<>();
        @Nullable Walk way;
        double walkedS;

        Pinged(Entrance from, Entrance to, Flow flow) {
            this.from = from;
            this.to = to;
            this.flow = flow;
        }
    }

    private final Experiment experiment;
    private final HistoryLog history;
    private final List<EventRow> events;
    private final RunListener listener;
    private final Map<String, Pinged> pings = new LinkedHashMap<>();

    /**
     * @param events of the run as they happen
     */
    WayWatch(
            World world,
            Experiment experiment,
            HistoryLog history,
            List<EventRow> events,
            RunListener listener) {
        this.experiment = experiment;
        this.history = history;
        this.events = events;
        this.listener = listener;
        for (NamedProbe probe : experiment.probes()) {
            if (probe.spec() instanceof PingSpec ping) {
                pings.put(probe.name(), pinged(world, experiment, ping));
            }
        }
    }

    private static Pinged pinged(World world, Experiment experiment, PingSpec ping) {
        return new Pinged(
                entrance(world, experiment, ping.from()),
                entrance(world, experiment, ping.to()),
                new Flow(world.address(ping.from()), world.address(ping.to()), Flow.ICMP, 0));
    }

    private static Entrance entrance(World world, Experiment experiment, String host) {
        String name = experiment.nodeOf(host);
        Outside outside = experiment.outside().get(host);
        Node node = world.topology().node(name);
        if (outside == null || !outside.vpn() || node == null) {
            return new Entrance(List.of(name));
        }
        return new Entrance(
                DoorPlan.of(world.topology()).ingresses(node).stream().map(Node::name).toList());
    }

    @Override
    public void echo(String probe, int ports, EchoRow row) {
        Pinged pinged = pings.get(probe);
        if (pinged == null) {
            return;
        }
        if (!row.answered()) {
            pinged.lost.add(row);
            return;
        }
        boolean interrupted = pinged.lost.size() >= experiment.outageMin();
        Outage outage =
                interrupted
                        ? new Outage(
                                pinged.lost.getFirst().sentS(), row.sentS(), pinged.lost.size())
                        : null;
        pinged.lost.clear();
        boolean known = pinged.way != null && pinged.walkedS > lastChangeS();
        // What was on its way when a FIB changed has taken part of the old way.
        boolean between = pinged.way != null && row.sentS() <= lastChangeS();
        if (!interrupted && (known || between)) {
            return;
        }
        pinged.walkedS = row.receivedS();
        Long seed = experiment.seed();
        Walk way =
                new FibHistory(history.routes(), new SeededWays(seed == null ? 0 : seed))
                        .walk(
                                pinged.from.at(events, row.receivedS()),
                                pinged.to.at(events, row.receivedS()),
                                pinged.flow.with(ports),
                                row.receivedS());
        boolean first = pinged.way == null;
        boolean other = !way.equals(pinged.way);
        pinged.way = way;
        boolean worthALine = outage != null && outage.endOr(0) - outage.fromS() >= WORTH_A_LINE_S;
        if (!first && (other || worthALine)) {
            listener.way(probe, row.receivedS(), way, row.rttMs(), outage);
        }
    }

    private double lastChangeS() {
        return history.routes().isEmpty() ? 0 : history.routes().getLast().timeS();
    }
}
