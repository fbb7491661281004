package vini.experiment.repeat;

import tools.jackson.databind.JsonNode;

import vini.experiment.analysis.Verdict;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one of many runs came to.
 *
 * @param figures the numbers of its summary by their paths, as expectations write them: {@code
 *     probes.rtt.outages[0].duration_s}
 */
public record Sample(
        long seed, Verdict verdict, boolean trustworthy, SortedMap<String, Double> figures) {
    /** Where the figures of a summary are. */
    private static final String[] ROOTS = {"probes", "packets", "convergence", "startup_s"};

    /** That of a summary. */
    public static Sample of(long seed, Verdict verdict, boolean trustworthy, JsonNode summary) {
        SortedMap<String, Double> figures = new TreeMap<>();
        for (String root : ROOTS) {
            gather(root, summary.path(root), figures);
        }
        return new Sample(seed, verdict, trustworthy, figures);
    }

    private static void gather(String path, JsonNode node, SortedMap<String, Double> into) {
        if (node.isNumber()) {
            into.put(path, node.asDouble());
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                gather(path + "[" + i + "]", node.get(i), into);
            }
        } else {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                gather(path + "." + entry.getKey(), entry.getValue(), into);
            }
        }
    }
}
