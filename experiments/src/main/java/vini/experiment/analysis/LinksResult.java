package vini.experiment.analysis;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.LinkLoads;

import java.util.List;

/** What a links probe found. */
public record LinksResult(LinkLoads probe, LinkTime whole, List<LinksPhase> phases)
        implements ProbeResult {
    public LinksResult {
        phases = List.copyOf(phases);
    }

    /** A phase as a links probe saw it. */
    public record LinksPhase(Phase phase, LinkTime time) {}

    @Override
    public ObjectNode figures() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        whole.put(node);
        ArrayNode each = node.putArray("phases");
        for (LinksPhase phase : phases) {
            phase.time().put(SummaryNode.phase(each, phase.phase()));
        }
        return node;
    }
}
