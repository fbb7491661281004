package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.ExactlyOne;
import vini.overlay.json.JsonFile;
import vini.overlay.json.Key;
import vini.overlay.json.Kinds;
import vini.overlay.json.Place;
import vini.overlay.json.Problems;
import vini.overlay.json.Range;
import vini.overlay.json.WrongKey;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that a run must show. Exactly one of the comparisons is given.
 *
 * @param that a path into the summary, see {@link FigurePath}
 * @param between both bounds belong to it
 * @param equalTo a number, a text, a list or null; null also holds where there is no value
 */
@Called("expectation")
@ExactlyOne({"between", "equals", "above", "below", "at_least", "at_most"})
@Doc("Something that the run must show, or else its verdict is failed.")
public record Expectation(
        @Doc("A figure of summary.json, as in probes.rtt.phases[0].rtt_ms.median.") String that,
        @Doc("[lowest, highest], both included.") @Range(min = 2, max = 2)
                @Nullable List<Double> between,
        @Doc("Any JSON value; null means that there is none.") @Key("equals")
                @Nullable JsonNode equalTo,
        @Doc("Greater than this number.") @Nullable Double above,
        @Doc("Less than this number.") @Nullable Double below,
        @Doc("This number or more.") @Nullable Double atLeast,
        @Doc("This number or less.") @Nullable Double atMost) {
    public Expectation {
        if (between != null && between.getFirst() > between.getLast()) {
            throw new WrongKey("between", "the first is the larger; write [lowest, highest]");
        }
    }

    /** Reads an expectation as a run folder keeps it; null if it is none. */
    public static @Nullable Expectation of(JsonNode one) {
        Place place =
                JsonFile.of(Path.of("expect"), "expect", new Problems())
                        .parse(one.toString().getBytes(StandardCharsets.UTF_8));
        return place == null ? null : Kinds.struct(Expectation.class).read(place);
    }

    /**
     * What came of an expectation.
     *
     * @param value what was found; missing or null if nothing
     * @param wanted in words: {@code between 5 and 11}
     * @param sentence the whole of it, for people
     */
    public record Outcome(
            String that, JsonNode value, String wanted, boolean holds, String sentence) {}

    /** Judges a summary. */
    public Outcome check(JsonNode summary) {
        FigurePath path = FigurePath.parse(that);
        JsonNode value = path == null ? MissingNode.getInstance() : path.in(summary);
        boolean holds = holds(value);
        boolean nothing = value.isMissingNode() || value.isNull();
        String found = nothing ? "is not there" : "is " + text(value);
        String sentence =
                that + " " + found + (holds ? ", as expected: " : ", expected: ") + wanted();
        return new Outcome(that, value, wanted(), holds, sentence);
    }

    private boolean holds(JsonNode value) {
        if (equalTo != null) {
            return equalTo.isNull()
                    ? value.isNull() || value.isMissingNode()
                    : same(equalTo, value);
        }
        if (!value.isNumber()) {
            return false;
        }
        double number = value.doubleValue();
        if (between != null) {
            return number >= between.getFirst() && number <= between.getLast();
        }
        return (above == null || number > above)
                && (below == null || number < below)
                && (atLeast == null || number >= atLeast)
                && (atMost == null || number <= atMost);
    }

    /** 76 equals 76.0; lists and objects are compared part by part. */
    private static boolean same(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.isArray() && b.isArray() && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.path(i), b.path(i))) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b);
    }

    /** What is expected, in words: {@code between 5 and 11}. */
    public String wanted() {
        List<String> words = new ArrayList<>();
        if (between != null) {
            words.add("between " + text(between.getFirst()) + " and " + text(between.getLast()));
        }
        if (equalTo != null) {
            words.add(equalTo.isNull() ? "nothing there" : text(equalTo));
        }
        add(words, "above", above);
        add(words, "below", below);
        add(words, "at least", atLeast);
        add(words, "at most", atMost);
        return String.join(" and ", words);
    }

    private static void add(List<String> words, String word, @Nullable Double bound) {
        if (bound != null) {
            words.add(word + " " + text(bound));
        }
    }

    private static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(text(item)));
            return items.isEmpty() ? "an empty list" : String.join(" ", items);
        }
        return value.isString() ? value.stringValue() : value.toString();
    }
}
