package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the tree of one text. Stops at the first place where the text is no JSON. */
final class TreeBuilder {
    /** Objects and lists within each other. */
    static final int DEEPEST = 64;

    /** Digits of a number; what anything here could be has far fewer. */
    private static final int LONGEST_NUMBER = 1000;

    /** Its own limit on numbers has no place: ours does, see {@link #figure}. */
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNumberLength(JsonFile.MOST_BYTES)
                                    .build())
                    .build();

    private final JsonFile file;
    private final String text;
    private final List<JsonValue> open = new ArrayList<>();

    TreeBuilder(JsonFile file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Says that a mistake was reported and reading ends. */
    private static final class Stop extends Exception {
        Stop() {
            super("", null, false, false);
        }
    }

    @Nullable JsonValue build() {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            try {
                parser.nextToken();
                JsonValue root = value(parser);
                if (parser.nextToken() != null) {
                    throw stop(at(parser), "the file goes on after its value; remove the rest");
                }
                return root;
            } catch (UnexpectedEndOfInputException e) {
                file.wrong(place(e.getLocation()), endsEarly());
            } catch (JacksonException e) {
                file.wrong(place(e.getLocation()), "broken JSON: " + sentence(e));
            } catch (Stop e) {
                return null; // Reported where it was found.
            }
            return null;
        }
    }

    private JsonValue value(JsonParser parser) throws Stop {
        Position at = at(parser);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> struct(parser, at);
            case START_ARRAY -> items(parser, at);
            case VALUE_STRING -> new JsonValue.Text(at, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> figure(parser.getString(), at);
            case VALUE_TRUE -> new JsonValue.Truth(at, true);
            case VALUE_FALSE -> new JsonValue.Truth(at, false);
            case VALUE_NULL -> new JsonValue.Nothing(at);
            default -> throw new IllegalStateException(token + " where a value begins");
        };
    }

    private JsonValue figure(String written, Position at) throws Stop {
        if (written.length() > LONGEST_NUMBER) {
            throw stop(
                    at, "a number of " + written.length() + " digits is none that fits anywhere");
        }
        try {
            return new JsonValue.Figure(at, new BigDecimal(written), written);
        } catch (NumberFormatException e) {
            throw stop(at, Shown.cut(written) + " is no number that anything here could be");
        }
    }

    private JsonValue struct(JsonParser parser, Position at) throws Stop {
        Map<String, JsonValue.Member> members = new LinkedHashMap<>();
        JsonValue.Struct struct = new JsonValue.Struct(at, members);
        enter(struct);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Position keyAt = at(parser);
            parser.nextToken();
            JsonValue.Member member = new JsonValue.Member(keyAt, value(parser));
            JsonValue.Member earlier = members.putIfAbsent(key, member);
            if (earlier != null) {
                file.wrong(
                        keyAt,
                        "the key "
                                + Shown.quoted(key)
                                + " is there already (line "
                                + earlier.keyAt().line()
                                + "); keep one of them");
            }
        }
        open.removeLast();
        return struct;
    }

    private JsonValue items(JsonParser parser, Position at) throws Stop {
        List<JsonValue> items = new ArrayList<>();
        JsonValue.Items list = new JsonValue.Items(at, items);
        enter(list);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        open.removeLast();
        return list;
    }

    private void enter(JsonValue value) throws Stop {
        if (open.size() == DEEPEST) {
            throw stop(value.at(), "more than " + DEEPEST + " objects and lists in each other");
        }
        open.add(value);
    }

    private Stop stop(Position at, String text) {
        file.wrong(at, text);
        return new Stop();
    }

    private String endsEarly() {
        if (open.isEmpty()) {
            return "the file ends within a value";
        }
        JsonValue last = open.getLast();
        return "the file ends too early: the "
                + (last instanceof JsonValue.Struct ? "{" : "[")
                + " of "
                + last.at()
                + " is not closed";
    }

    private String sentence(JacksonException e) {
        int at = e.getLocation() == null ? -1 : (int) e.getLocation().getCharOffset();
        String before = at < 0 || at > text.length() ? "" : text.substring(0, at).stripTrailing();
        boolean closes = at >= 0 && at < text.length() && "]}".indexOf(text.charAt(at)) >= 0;
        return closes && before.endsWith(",")
                ? "a comma stands before this '" + text.charAt(at) + "'; remove it"
                : plainly(e);
    }

    /** Jackson's sentence without its character codes, its source note and its advice to coders. */
    private static String plainly(JacksonException e) {
        String message = e.getOriginalMessage();
        if (message == null) {
            return "this is no JSON";
        }
        if (message.contains("comment")) {
            return "comments are not JSON; remove this one";
        }
        String first = message.lines().findFirst().orElse("this is no JSON");
        if (first.startsWith("Non-standard token")) {
            return first.replaceFirst(".*?('[^']*').*", "$1 is no number; JSON has none such");
        }
        return Shown.cutLong(
                first.replaceAll(" \\(code \\d+[^)]*\\)", "")
                        .replaceAll("Object entries", "the members of an object")
                        .replaceAll("Array entries", "the items of a list")
                        .replaceAll(" \\(for [A-Za-z]+ starting at [^)]*\\)", "")
                        .replaceAll(" \\(start marker at [^)]*\\)\\)?", ""));
    }

    private static Position at(JsonParser parser) {
        return place(parser.currentTokenLocation());
    }

    private static Position place(@Nullable TokenStreamLocation location) {
        return location == null
                ? Position.START
                : new Position(
                        Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
