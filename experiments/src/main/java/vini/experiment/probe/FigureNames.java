package vini.experiment.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * The figures of a type of probe, as {@link ProbeSpec#figures} wants them; what several types have
 * has its names here.
 */
final class FigureNames {
    private static final String PHASE = "phases[].";

    private final List<String> names = new ArrayList<>();

    /** Figures of the whole run. */
    FigureNames whole(String... figures) {
        names.addAll(List.of(figures));
        return this;
    }

    /** Figures of an entry of a list, {@code []} and a dot before each. */
    FigureNames list(String list, String... figures) {
        names.add(list);
        for (String figure : figures) {
            names.add(list + "[]." + figure);
        }
        return this;
    }

    /** When answers stopped. */
    FigureNames outages() {
        return list("outages", "from_s", "to_s", "duration_s", "lost");
    }

    /** Phases, and figures of each. */
    FigureNames phases(String... figures) {
        list("phases", "from_s", "to_s", "after");
        for (String figure : figures) {
            names.add(PHASE + figure);
        }
        return this;
    }

    /** Phases with a steady part, and the way that the FIBs give in each. */
    FigureNames phasesOfWays(String... figures) {
        phases(figures);
        return phases("steady_from_s", "path", "path[]", "path_trouble");
    }

    /** Figures of the whole run and of each phase. */
    FigureNames both(String... figures) {
        for (String figure : figures) {
            names.add(figure);
            names.add(PHASE + figure);
        }
        return this;
    }

    List<String> names() {
        return names.stream().distinct().toList();
    }
}
