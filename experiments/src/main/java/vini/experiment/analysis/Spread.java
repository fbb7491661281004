package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Least, middle and greatest of some numbers; of an even number the middle is the mean of two. */
public record Spread(double min, double median, double max) {
    /** Null when there are no numbers. */
    public static @Nullable Spread of(double[] values) {
        if (values.length == 0) {
            return null;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
