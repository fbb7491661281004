package vini.experiment.analysis;

import tools.jackson.databind.JsonNode;

/**
 * An expectation and what came of it.
 *
 * @param that the value that it is about, as a path in the summary
 * @param wanted what the value should be, in words: {@code between 5 and 11}
 * @param value what it was; a null or missing node if there is none
 * @param note what explains it, as why it could not be judged; empty if nothing does
 */
public record ExpectationResult(
        String that, String wanted, JsonNode value, boolean holds, String note) {}
