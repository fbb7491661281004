package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.UdpFlow;

import java.util.List;

/**
 * What a UDP probe found.
 *
 * @param whole over all of the run
 * @param lateMsMean by how much datagrams left after their time
 * @param lateMsMax the most of that
 * @param outages times in which nothing that was sent arrived
 */
public record UdpResult(
        UdpFlow probe,
        UdpPart whole,
        double lateMsMean,
        double lateMsMax,
        List<Outage> outages,
        List<UdpPhase> phases)
        implements ProbeResult {
    public UdpResult {
        outages = List.copyOf(outages);
        phases = List.copyOf(phases);
    }

    /**
     * A phase as a UDP probe saw it.
     *
     * @param all slices of it
     * @param steadyPart of it; null when there is none
     * @param steady the slices of the steady part; null when there are none
     * @param path at its end; null if the network is not known
     */
    public record UdpPhase(
            Phase phase,
            UdpPart all,
            @Nullable SteadyPart steadyPart,
            @Nullable UdpPart steady,
            @Nullable Walk path) {}

    @Override
    public ObjectNode figures() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        whole.counts(node);
        UdpPart.levels(node, whole);
        SummaryNode.number(node, "late_ms_mean", lateMsMean);
        SummaryNode.number(node, "late_ms_max", lateMsMax);
        ArrayNode list = node.putArray("outages");
        outages.forEach(outage -> SummaryNode.outage(list, outage));
        ArrayNode each = node.putArray("phases");
        for (UdpPhase phase : phases) {
            ObjectNode one = SummaryNode.phase(each, phase.phase());
            phase.all().counts(one);
            SummaryNode.steady(one, phase.steadyPart());
            UdpPart.levels(one, phase.steady());
            SummaryNode.path(one, phase.path());
        }
        return node;
    }
}
