package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.EventRow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The time between two distinct event times; the first begins at 0, the last ends with the run.
 *
 * @param after the events that it begins with, in words; null for a beginning without any
 */
public record Phase(double fromS, double toS, @Nullable String after) {
    /** Two events so close together are one moment: planned times are exact, decimals are not. */
    private static final double SAME_S = 1e-6;

    public boolean holds(double timeS) {
        return timeS >= fromS && timeS < toS;
    }

    /**
     * At least one phase, unless the run has no length. Events before 0 or from the end on begin
     * none.
     */
    public static List<Phase> of(List<EventRow> events, double endS) {
        List<Double> times = new ArrayList<>(List.of(0.0));
        events.stream()
                .map(EventRow::plannedS)
                .filter(t -> t >= 0 && t < endS - SAME_S)
                .sorted()
                .forEach(
                        t -> {
                            if (t - times.getLast() > SAME_S) {
                                times.add(t);
                            }
                        });
        List<Phase> phases = new ArrayList<>();
        for (int i = 0; i < times.size() && endS > 0; i++) {
            double from = times.get(i);
            phases.add(
                    new Phase(
                            from,
                            i + 1 < times.size() ? times.get(i + 1) : endS,
                            words(events, from)));
        }
        return List.copyOf(phases);
    }

    private static @Nullable String words(List<EventRow> events, double timeS) {
        String words =
                events.stream()
                        .filter(event -> Math.abs(event.plannedS() - timeS) <= SAME_S)
                        .map(EventRow::words)
                        .collect(Collectors.joining(", "));
        return words.isEmpty() ? null : words;
    }
}
