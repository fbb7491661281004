package vini.experiment.repeat;

import java.util.ArrayList;
import java.util.List;

/**
 * The values that one figure had in many runs.
 *
 * @param figure its path
 * @param values the least first; at least one
 */
public record Distribution(String figure, List<Double> values) {
    public Distribution {
        values = values.stream().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no value of " + figure);
        }
    }

    /** Those of all figures that any of the samples has, by path. */
    public static List<Distribution> of(List<Sample> samples) {
        List<Distribution> all = new ArrayList<>();
        samples.stream()
                .flatMap(sample -> sample.figures().keySet().stream())
                .distinct()
                .sorted()
                .forEach(
                        figure ->
                                all.add(
                                        new Distribution(
                                                figure,
                                                samples.stream()
                                                        .map(sample -> sample.figures().get(figure))
                                                        .filter(value -> value != null)
                                                        .toList())));
        return all;
    }

    /** The value below or at which the part {@code q} of them lies, 0 to 1; between two, a mean. */
    public double quantile(double q) {
        double at = q * (values.size() - 1);
        int below = (int) at;
        int above = Math.min(below + 1, values.size() - 1);
        return values.get(below) + (at - below) * (values.get(above) - values.get(below));
    }

    public double min() {
        return values.getFirst();
    }

    public double max() {
        return values.getLast();
    }

    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    /** Whether it was not the same each time. */
    public boolean varies() {
        return min() < max();
    }
}
