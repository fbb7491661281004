package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Analysis;
import vini.experiment.run.Run;

import java.util.ArrayList;
import java.util.List;

/** Chooses the figures that a run deserves, in the order of the report. */
final class Figures {
    private Figures() {}

    static List<Figure> of(Analysis analysis) {
        Run run = analysis.run();
        List<Figure> figures = new ArrayList<>();
        if (analysis.phases().size() > 1) { // else the map of the only phase shows as much
            addIfAny(figures, MapFigure.network(run));
        }
        Chapters chapters = new Chapters(analysis);
        chapters.figures(figures);
        chapters.closer(figures);
        addIfAny(figures, MapFigure.of(analysis, chapters.first()));
        addIfAny(figures, ConvergenceFigure.of(run));
        addIfAny(figures, DropsFigure.of(run));
        return List.copyOf(figures);
    }

    private static void addIfAny(List<Figure> figures, @Nullable Figure figure) {
        if (figure != null) {
            figures.add(figure);
        }
    }
}
