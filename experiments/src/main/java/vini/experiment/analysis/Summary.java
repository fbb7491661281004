package vini.experiment.analysis;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * The end of the story: the analysis, the verdict and the content of {@code summary.json}.
 *
 * @param doubts reasons not to trust the run, each a sentence; none if it is trustworthy
 */
public record Summary(
        Analysis analysis,
        Verdict verdict,
        List<ExpectationResult> expectations,
        List<String> doubts,
        ObjectNode json) {
    public Summary {
        expectations = List.copyOf(expectations);
        doubts = List.copyOf(doubts);
    }

    public static Summary of(Analysis analysis) {
        return SummaryJson.summarise(analysis);
    }

    public boolean trustworthy() {
        return doubts.isEmpty();
    }
}
