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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Something that a run must show. Exactly one of the comparisons is given.
 *
 * @param that a path into the summary, see {@link FigurePath}
 * @param between both bounds belong to it
 * @param within how far it may be from {@code of}, which belongs to this comparison only
 * @param equalTo a number, a text, a list or null; null also holds where there is no value
 */
@Called("expectation")
@ExactlyOne({"between", "within", "equals", "above", "below", "at_least", "at_most"})
@Doc(
        "Something that the run must show, or else its verdict is failed. A bound is a number in"
                + " the figure's unit, a quantity like \"100ms\", or the path of another figure.")
public record Expectation(
        @Doc("A figure of summary.json, as in probes.rtt.phases[0].rtt_ms.median.") String that,
        @Doc("[lowest, highest], both included.") @Range(min = 2, max = 2)
                @Nullable List<Bound> between,
        @Doc("No further than this from \"of\": a number, a quantity, or a percentage.")
                @Nullable Bound within,
        @Doc("What \"within\" is counted from.") @Nullable Bound of,
        @Doc("Any JSON value; null means that there is none.") @Key("equals")
                @Nullable JsonNode equalTo,
        @Doc("Greater than this.") @Nullable Bound above,
        @Doc("Less than this.") @Nullable Bound below,
        @Doc("This or more.") @Nullable Bound atLeast,
        @Doc("This or less.") @Nullable Bound atMost) {
    public Expectation {
        FigurePath path = FigurePath.parse(that);
        FigureUnit unit = path == null ? FigureUnit.NONE : FigureUnit.of(path);
        if (between != null) {
            for (Bound bound : between) {
                check("between", bound, unit);
            }
            if (known(between.getFirst(), unit) > known(between.getLast(), unit)) {
                throw new WrongKey("between", "the first is the larger; write [lowest, highest]");
            }
        }
        if (within != null) {
            try {
                within.checkDistance(unit);
            } catch (IllegalArgumentException e) {
                throw new WrongKey("within", String.valueOf(e.getMessage()));
            }
            if (of == null) {
                throw new WrongKey("within", "of what? Add \"of\": a number, or another figure");
            }
        } else if (of != null) {
            throw new WrongKey("of", "belongs to \"within\", which is not there");
        }
        check("of", of, unit);
        check("above", above, unit);
        check("below", below, unit);
        check("at_least", atLeast, unit);
        check("at_most", atMost, unit);
    }

    private static void check(String key, @Nullable Bound bound, FigureUnit unit) {
        try {
            if (bound != null) {
                bound.check(unit);
            }
        } catch (IllegalArgumentException e) {
            throw new WrongKey(key, String.valueOf(e.getMessage()));
        }
    }

    /** NaN, which is neither more nor less than anything, if only the run will tell. */
    private static double known(Bound bound, FigureUnit unit) {
        return bound.in(unit, MissingNode.getInstance());
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
     * @param note why it could not be judged; empty if it could
     * @param sentence the whole of it, for people
     */
    public record Outcome(
            String that,
            JsonNode value,
            String wanted,
            boolean holds,
            String note,
            String sentence) {}

    /** Judges a summary. */
    public Outcome check(JsonNode summary) {
        FigurePath path = FigurePath.parse(that);
        JsonNode value = path == null ? MissingNode.getInstance() : path.in(summary);
        Comparison comparison =
                new Comparison(path == null ? FigureUnit.NONE : FigureUnit.of(path), summary);
        boolean holds = holds(value, comparison);
        boolean nothing = value.isMissingNode() || value.isNull();
        String note = "";
        if (!holds) {
            note =
                    nothing && path != null
                            ? path.whyNothing(summary)
                            : String.join("; ", comparison.missing);
        }
        String found = nothing ? "is not there" : "is " + text(value);
        String wanted = wanted(comparison);
        String sentence =
                that
                        + " "
                        + found
                        + (holds ? ", as expected: " : ", expected: ")
                        + wanted
                        + (note.isEmpty() ? "" : " (" + note + ")");
        return new Outcome(that, value, wanted, holds, note, sentence);
    }

    /** What bounds come to in one summary, and the figures that it lacks. */
    private static final class Comparison {
        private final FigureUnit unit;
        private final JsonNode summary;
        private final Set<String> missing = new LinkedHashSet<>();

        Comparison(FigureUnit unit, JsonNode summary) {
            this.unit = unit;
            this.summary = summary;
        }

        double value(Bound bound) {
            double value = bound.in(unit, summary);
            if (Double.isNaN(value)) {
                missing.add(bound.text() + " is not there");
            }
            return value;
        }

        /** As it was written; of another figure, what it is, too. */
        String words(Bound bound) {
            FigurePath path = bound.path();
            return path == null ? bound.text() : bound.text() + " (" + text(path.in(summary)) + ")";
        }
    }

    private boolean holds(JsonNode value, Comparison comparison) {
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
            return number >= comparison.value(between.getFirst())
                    && number <= comparison.value(between.getLast());
        }
        if (within != null && of != null) {
            double middle = comparison.value(of);
            return Math.abs(number - middle) <= distance(middle, comparison);
        }
        return (above == null || number > comparison.value(above))
                && (below == null || number < comparison.value(below))
                && (atLeast == null || number >= comparison.value(atLeast))
                && (atMost == null || number <= comparison.value(atMost));
    }

    private double distance(double middle, Comparison comparison) {
        double distance =
                within == null ? 0 : within.distance(comparison.unit, comparison.summary, middle);
        // Figures are rounded to three digits: 77.826 is still 2 % from 76.3.
        return distance + Math.ulp(Math.abs(middle) + distance) * 4;
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
    private String wanted(Comparison comparison) {
        List<String> words = new ArrayList<>();
        if (between != null) {
            words.add(
                    "between "
                            + comparison.words(between.getFirst())
                            + " and "
                            + comparison.words(between.getLast()));
        }
        if (within != null && of != null) {
            words.add("within " + within.text() + " of " + comparison.words(of));
        }
        if (equalTo != null) {
            words.add(equalTo.isNull() ? "nothing there" : text(equalTo));
        }
        add(words, "above", above, comparison);
        add(words, "below", below, comparison);
        add(words, "at least", atLeast, comparison);
        add(words, "at most", atMost, comparison);
        return String.join(" and ", words);
    }

    private static void add(
            List<String> words, String word, @Nullable Bound bound, Comparison comparison) {
        if (bound != null) {
            words.add(word + " " + comparison.words(bound));
        }
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(text(item)));
            return items.isEmpty() ? "an empty list" : String.join(" ", items);
        }
        if (value.isMissingNode()) {
            return "not there";
        }
        return value.isString() ? value.stringValue() : value.toString();
    }
}
