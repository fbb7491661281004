package vini.experiment.report;

import vini.experiment.analysis.Analysis;

import java.util.ArrayList;
import java.util.List;

/** Tells in a few sentences what happened in a run. */
final class Story {
    private Story() {}

    static String of(Analysis analysis) {
        List<String> sentences = new ArrayList<>();
        new Chapters(analysis).tell(sentences);
        if (sentences.isEmpty()) {
            sentences.add("Nothing was measured.");
        }
        return String.join(" ", sentences);
    }
}
