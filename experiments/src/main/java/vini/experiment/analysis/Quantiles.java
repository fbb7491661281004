package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

/**
 * Least, middle, greatest and high quantiles of some numbers. A quantile is the least of the
 * numbers that so large a share of all does not exceed (nearest rank).
 */
public record Quantiles(double min, double median, double p95, double p99, double max) {
    private static final double P50 = 0.5;
    private static final double P95 = 0.95;
    private static final double P99 = 0.99;

    /** Of these numbers; null when there are none. */
    public static @Nullable Quantiles of(double[] values) {
        if (values.length == 0) {
            return null;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Quantiles(
                sorted[0],
                sorted[rank(sorted.length, P50)],
                sorted[rank(sorted.length, P95)],
                sorted[rank(sorted.length, P99)],
                sorted[sorted.length - 1]);
    }

    private static int rank(long count, double share) {
        return (int) Math.max(0, Math.ceil(count * share) - 1);
    }

    /**
     * Of numbers of which each stands for so many; null when there are none.
     *
     * @param min what is known of the least of them: no quantile is below it
     * @param max what is known of the greatest
     */
    public static @Nullable Quantiles of(SortedMap<Double, Long> counts, double min, double max) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        return all == 0
                ? null
                : new Quantiles(
                        min,
                        Math.clamp(at(counts, all, P50), min, max),
                        Math.clamp(at(counts, all, P95), min, max),
                        Math.clamp(at(counts, all, P99), min, max),
                        max);
    }

    private static double at(SortedMap<Double, Long> counts, long all, double share) {
        long left = (long) Math.ceil(all * share);
        for (Map.Entry<Double, Long> entry : counts.entrySet()) {
            left -= entry.getValue();
            if (left <= 0) {
                return entry.getKey();
            }
        }
        return counts.lastKey();
    }

    /** Puts it below a key of a summary; null where there are none. */
    static void put(ObjectNode node, String key, @Nullable Quantiles quantiles) {
        if (quantiles == null) {
            node.putNull(key);
            return;
        }
        ObjectNode stats = node.putObject(key);
        SummaryNode.number(stats, "min", quantiles.min);
        SummaryNode.number(stats, "median", quantiles.median);
        SummaryNode.number(stats, "p95", quantiles.p95);
        SummaryNode.number(stats, "p99", quantiles.p99);
        SummaryNode.number(stats, "max", quantiles.max);
    }
}
