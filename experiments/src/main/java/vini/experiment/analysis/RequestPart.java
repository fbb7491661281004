package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.RequestRow;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of some requests.
 *
 * @param failures how often which
 * @param timeMs of those that were answered; null if none was
 */
public record RequestPart(
        int sent, int answered, SortedMap<String, Long> failures, @Nullable Quantiles timeMs) {
    static RequestPart of(List<RequestRow> rows) {
        SortedMap<String, Long> failures = new TreeMap<>();
        for (RequestRow row : rows) {
            if (!row.answered()) {
                failures.merge(row.failure(), 1L, Long::sum);
            }
        }
        double[] times =
                rows.stream()
                        .filter(RequestRow::answered)
                        .mapToDouble(RequestRow::timeMs)
                        .toArray();
        return new RequestPart(rows.size(), times.length, failures, Quantiles.of(times));
    }

    public int failed() {
        return sent - answered;
    }

    /** Writes the counts, and how many were answered a second in a time of that length. */
    void counts(ObjectNode node, double lengthS) {
        node.put("sent", sent);
        node.put("answered", answered);
        node.put("failed", failed());
        SummaryNode.number(node, "per_s", lengthS <= 0 ? null : Double.valueOf(answered / lengthS));
        ObjectNode reasons = node.putObject("failures");
        failures.forEach((reason, count) -> reasons.put(reason.replaceAll("\\W+", "_"), count));
    }
}
