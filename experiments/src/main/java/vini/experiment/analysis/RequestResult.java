package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.Requests;

import java.util.List;

/**
 * What a request probe found.
 *
 * @param lengthS of the run
 */
public record RequestResult(
        Requests probe, double lengthS, RequestPart whole, List<RequestPhase> phases)
        implements ProbeResult {
    public RequestResult {
        phases = List.copyOf(phases);
    }

    /**
     * A phase as a request probe saw it.
     *
     * @param all requests that were sent in it
     * @param steadyPart of it; null when there is none
     * @param steady the requests that were sent in the steady part; null when there is none
     * @param path at its end; null if the network is not known
     */
    public record RequestPhase(
            Phase phase,
            RequestPart all,
            @Nullable SteadyPart steadyPart,
            @Nullable RequestPart steady,
            @Nullable Walk path) {}

    @Override
    public ObjectNode figures() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        whole.counts(node, lengthS);
        Quantiles.put(node, "time_ms", whole.timeMs());
        ArrayNode each = node.putArray("phases");
        for (RequestPhase phase : phases) {
            ObjectNode one = SummaryNode.phase(each, phase.phase());
            phase.all().counts(one, phase.phase().toS() - phase.phase().fromS());
            SummaryNode.steady(one, phase.steadyPart());
            RequestPart steady = phase.steady();
            Quantiles.put(one, "time_ms", steady == null ? null : steady.timeMs());
            SummaryNode.path(one, phase.path());
        }
        return node;
    }
}
