package vini.bench;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a scenario writes down while it runs. */
public final class Sheet {
    private final Effort effort;
    private final @Nullable Click click;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Bound> bounds = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Map<String, Double>> cpu = new LinkedHashMap<>();
    private final Map<String, Double> moved = new LinkedHashMap<>();

    /**
     * An empty one, without Click.
     *
     * @param progress hears what is being done
     */
    public Sheet(Effort effort, Consumer<String> progress) {
        this(effort, null, progress);
    }

    /**
     * An empty one.
     *
     * @param click the Click that is to be measured, too; null if there is none
     * @param progress hears what is being done
     */
    public Sheet(Effort effort, @Nullable Click click, Consumer<String> progress) {
        this.effort = effort;
        this.click = click;
        this.progress = progress;
    }

    /** How much was asked for. */
    public Effort effort() {
        return effort;
    }

    /** The Click that is to be measured, too, where the scenario is one for it. */
    @Nullable Click click() {
        return click;
    }

    /** Says what is being done, for a person who waits. */
    public void doing(String what) {
        progress.accept(what);
    }

    /** A row of the table; figures of one subject stand together, and share their unit. */
    public Figure figure(String subject, String side, String unit) {
        Figure figure = new Figure(subject, side, unit);
        figures.add(figure);
        return figure;
    }

    /**
     * Measures all sides in turns: A B A B, as many rounds as the effort says.
     *
     * @throws InterruptedException between two measurements
     */
    public void rounds(List<Side> sides) throws IOException, InterruptedException {
        for (int round = 1; round <= effort.rounds(); round++) {
            for (Side side : sides) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                doing("round " + round + " of " + effort.rounds() + ": " + side.name());
                side.measurement().run();
            }
        }
    }

    /** Adds what should hold; to be called after the rounds. */
    public void bound(Bound bound) {
        bounds.add(bound);
    }

    /** A sentence that stands below the table: what a reader must know of the figures. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /**
     * Adds processor time that a process took while it was measured.
     *
     * @param side whose measurement it was, with its subject
     */
    public void cpu(String side, String process, double seconds) {
        cpu.computeIfAbsent(side, s -> new LinkedHashMap<>()).merge(process, seconds, Double::sum);
    }

    /**
     * Adds what was moved while {@link #cpu} was measured, so that processor time can be given per
     * gigabit.
     */
    public void moved(String side, double gigabits) {
        moved.merge(side, gigabits, Double::sum);
    }

    /** Gigabits by side, where that was told. */
    public Map<String, Double> moved() {
        return moved;
    }

    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    public List<Bound> bounds() {
        return List.copyOf(bounds);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Seconds by side and process, in order of appearance. */
    public Map<String, Map<String, Double>> cpu() {
        return cpu;
    }
}
