package vini.experiment.analysis;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.TracedPaths;

import java.util.List;

/**
 * What a trace found.
 *
 * @param stretches of rounds that found the same, in order of time
 */
public record TraceResult(TracedPaths probe, List<TracedStretch> stretches, List<TracePhase> phases)
        implements ProbeResult {
    public TraceResult {
        stretches = List.copyOf(stretches);
        phases = List.copyOf(phases);
    }

    /**
     * A phase as a trace saw it.
     *
     * @param rounds that were sent in it
     * @param reached how many of them came to the destination
     * @param changes how often the path was another one than in the round before
     * @param disagreed how many found another path than the FIBs had
     * @param path that the last of them found; empty without rounds
     */
    public record TracePhase(
            Phase phase, int rounds, int reached, int changes, int disagreed, List<String> path) {
        public TracePhase {
            path = List.copyOf(path);
        }
    }

    /** Stretches whose path the FIBs did not have. */
    public List<TracedStretch> disagreements() {
        return stretches.stream().filter(stretch -> stretch.fib() != null).toList();
    }

    @Override
    public ObjectNode figures() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("rounds", phases.stream().mapToInt(TracePhase::rounds).sum());
        node.put("reached", phases.stream().mapToInt(TracePhase::reached).sum());
        node.put("changes", phases.stream().mapToInt(TracePhase::changes).sum());
        node.put("disagreed", phases.stream().mapToInt(TracePhase::disagreed).sum());
        ArrayNode paths = node.putArray("paths");
        stretches.forEach(stretch -> stretch.put(paths));
        ArrayNode others = node.putArray("disagreements");
        disagreements().forEach(stretch -> stretch.put(others));
        ArrayNode each = node.putArray("phases");
        for (TracePhase phase : phases) {
            ObjectNode one = SummaryNode.phase(each, phase.phase());
            one.put("rounds", phase.rounds());
            one.put("reached", phase.reached());
            one.put("changes", phase.changes());
            one.put("disagreed", phase.disagreed());
            ArrayNode path = one.putArray("path");
            phase.path().forEach(path::add);
        }
        return node;
    }
}
