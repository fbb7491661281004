package vini.bench;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What was measured of one side: a value per round. With none it has no median, and no bound on it
 * holds.
 */
public final class Figure {
    private final String subject;
    private final String side;
    private final String unit;
    private final List<Double> values = new ArrayList<>();
    private @Nullable String lacking;

    /**
     * Made by {@link Sheet#figure}.
     *
     * @param subject what is measured, such as {@code TCP, 1 stream}: those of one subject share a
     *     table
     * @param side whose figure it is
     * @param unit such as {@code Gb/s}
     */
    Figure(String subject, String side, String unit) {
        this.subject = subject;
        this.side = side;
        this.unit = unit;
    }

    public String subject() {
        return subject;
    }

    public String side() {
        return side;
    }

    public String unit() {
        return unit;
    }

    /** Adds what a round gave. */
    public void add(double value) {
        values.add(value);
    }

    /** From now on it has no values, or no more, for that reason: a sentence, or its beginning. */
    void lacks(String why) {
        lacking = why;
    }

    /** Why it has not as many values as there were rounds; null if it has. */
    public @Nullable String lacking() {
        return lacking;
    }

    /** In order of the rounds. */
    public List<Double> values() {
        return List.copyOf(values);
    }

    public double median() {
        return median(values);
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /**
     * This divided by the other: the median over the rounds, each divided by its neighbour in time,
     * so that what slows the whole machine for a while does not count.
     */
    public double times(Figure other) {
        int rounds = Math.min(values.size(), other.values.size());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            ratios.add(values.get(i) / other.values.get(i));
        }
        return median(ratios);
    }

    /** This less the other, likewise. */
    public double above(Figure other) {
        int rounds = Math.min(values.size(), other.values.size());
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            differences.add(values.get(i) - other.values.get(i));
        }
        return median(differences);
    }

    /** Not a number if there are none. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }
}
