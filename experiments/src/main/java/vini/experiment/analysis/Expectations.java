package vini.experiment.analysis;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import vini.experiment.spec.Expectation;

import java.util.ArrayList;
import java.util.List;

/** Judges the {@code expect} section of an experiment by its summary. */
final class Expectations {
    private Expectations() {}

    static List<ExpectationResult> judge(JsonNode expect, JsonNode summary) {
        List<ExpectationResult> results = new ArrayList<>();
        for (JsonNode one : expect) {
            results.add(judgeOne(one, summary));
        }
        return List.copyOf(results);
    }

    private static ExpectationResult judgeOne(JsonNode one, JsonNode summary) {
        Expectation expectation = Expectation.of(one);
        if (expectation == null) {
            return new ExpectationResult(
                    one.path("that").asString(""),
                    "?",
                    MissingNode.getInstance(),
                    false,
                    "this is no expectation");
        }
        Expectation.Outcome outcome = expectation.check(summary);
        return new ExpectationResult(
                outcome.that(), outcome.wanted(), outcome.value(), outcome.holds(), outcome.note());
    }
}
