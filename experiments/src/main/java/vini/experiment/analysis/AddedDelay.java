package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import vini.experiment.run.EventRow;
import vini.experiment.run.Network;
import vini.experiment.run.Run;

import java.util.List;

/**
 * What the machine adds to the delays of links: the median round-trip time of a steady phase, less
 * the delays of the links on the way there and back. Known where nothing else takes time: no rate,
 * no jitter, no host outside, and no link that the experiment has changed.
 *
 * @param millis the largest of all phases and probes
 * @param linksMs the delays of the links in that phase
 */
public record AddedDelay(String probe, double millis, double linksMs) {
    /** More than this, and round-trip times are not the topology's. */
    public static final double MILLIS_MAX = 2;

    private static final List<String> HARMLESS =
            List.of("fail", "restore", "flap", "partition", "replay");
    private static final List<String> SLOW = List.of("rate", "jitter", "forward", "backward");

    /** Null where nothing is known. */
    public static @Nullable AddedDelay of(Analysis analysis) {
        AddedDelay most = null;
        for (ProbeResult.Ping ping : analysis.pings()) {
            for (ProbeResult.PingPhase phase : ping.phases()) {
                AddedDelay here = of(analysis, ping, phase);
                if (here != null && (most == null || here.millis > most.millis)) {
                    most = here;
                }
            }
        }
        return most;
    }

    private static @Nullable AddedDelay of(
            Analysis analysis, ProbeResult.Ping ping, ProbeResult.PingPhase phase) {
        Run run = analysis.run();
        Spread rtt = phase.rttMs();
        Walk way = phase.path();
        Walk back = analysis.wayBack(ping.probe(), phase.phase().toS());
        if (rtt == null || way == null || back == null) {
            return null;
        }
        for (EventRow event : run.events()) {
            if (event.plannedS() < phase.phase().toS() && !HARMLESS.contains(event.event())) {
                return null;
            }
        }
        double links = delays(run, way) + delays(run, back);
        return Double.isNaN(links)
                ? null
                : new AddedDelay(ping.probe().name(), rtt.median() - links, links);
    }

    /** The one-way delay along a way; NaN where it is not known. */
    private static double delays(Run run, Walk walk) {
        if (!walk.arrives()) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 1; i < walk.nodes().size(); i++) {
            sum += delay(run, walk.nodes().get(i - 1), walk.nodes().get(i));
        }
        return sum;
    }

    private static double delay(Run run, String from, String to) {
        for (JsonNode link : run.topology().path("links")) {
            JsonNode between = link.path("between");
            List<String> ends = List.of(between.path(0).asString(""), between.path(1).asString(""));
            if (ends.contains(from) && ends.contains(to) && SLOW.stream().anyMatch(link::has)) {
                return Double.NaN;
            }
        }
        double found = Double.NaN;
        for (Network.Link link : run.network().links()) {
            if (link.joins(from, to)) {
                if (!Double.isNaN(found)) {
                    return Double.NaN; // two links between the same nodes: which one?
                }
                found = link.delayMs();
            }
        }
        return found;
    }

    /** Whether it is little enough. */
    public boolean holds() {
        return millis <= MILLIS_MAX;
    }
}
