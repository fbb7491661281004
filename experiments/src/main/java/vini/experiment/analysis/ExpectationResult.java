package vini.experiment.analysis;

import tools.jackson.databind.JsonNode;

import java.util.StringJoiner;

/**
 * An expectation and what came of it.
 *
 * @param that the value that it is about, as a path in the summary
 * @param wanted what the value should be, in words: {@code between 5 and 11}
 * @param value what it was; a null or missing node if there is none
 * @param note what explains it, as why it could not be judged; empty if nothing does
 */
public record ExpectationResult(
        String that, String wanted, JsonNode value, boolean holds, String note) {
    /** All of it: {@code probes.rtt.sent is 3, expected: 4}. */
    public String sentence() {
        boolean nothing = value.isMissingNode() || value.isNull();
        return that
                + (nothing ? " is not there" : " is " + words(value))
                + (holds ? ", as expected: " : ", expected: ")
                + wanted
                + (note.isEmpty() ? "" : " (" + note + ")");
    }

    private static String words(JsonNode value) {
        if (value.isArray()) {
            StringJoiner words = new StringJoiner(" ");
            value.forEach(item -> words.add(words(item)));
            return value.isEmpty() ? "an empty list" : words.toString();
        }
        return value.isString() ? value.stringValue() : value.toString();
    }
}
