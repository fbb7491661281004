package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.RouteRow;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How much work it was for the routers to agree again.
 *
 * @param fibChanges after t = 0, of all FIBs
 * @param lastChangeS when the last of them was; null if there were none
 */
public record Convergence(int fibChanges, @Nullable Double lastChangeS, List<Steps> phases) {
    public Convergence {
        phases = List.copyOf(phases);
    }

    /**
     * The steps of one phase, so of the events that it begins with.
     *
     * @param fibChanges of all FIBs
     * @param routers how many of them changed theirs
     * @param firstS when the first change was; null if there was none
     * @param lastS when the last change was; null if there was none
     */
    public record Steps(
            Phase phase,
            int fibChanges,
            int routers,
            @Nullable Double firstS,
            @Nullable Double lastS) {
        /** From the beginning of the phase, so from its events, to the first change. */
        public @Nullable Double firstAfterS() {
            return firstS == null ? null : firstS - phase.fromS();
        }

        /** From the beginning of the phase, so from its events, to the last change. */
        public @Nullable Double lastAfterS() {
            return lastS == null ? null : lastS - phase.fromS();
        }
    }

    /** Counts the changes of a run. */
    static Convergence of(List<Phase> phases, List<RouteRow> routes) {
        List<RouteRow> after = routes.stream().filter(row -> row.timeS() >= 0).toList();
        List<Steps> steps = new ArrayList<>();
        for (Phase phase : phases) {
            List<RouteRow> changes =
                    after.stream().filter(row -> phase.holds(row.timeS())).toList();
            TreeSet<String> routers = new TreeSet<>();
            changes.forEach(row -> routers.add(row.node()));
            steps.add(
                    new Steps(
                            phase,
                            changes.size(),
                            routers.size(),
                            changes.isEmpty() ? null : changes.getFirst().timeS(),
                            changes.isEmpty() ? null : changes.getLast().timeS()));
        }
        return new Convergence(
                after.size(), after.isEmpty() ? null : after.getLast().timeS(), steps);
    }
}
