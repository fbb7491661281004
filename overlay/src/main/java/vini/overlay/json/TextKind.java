package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;

/** A text: any, a name, a new name for something, or the name of something that is declared. */
public final class TextKind implements Kind<String> {
    /** What topologies, nodes, probes and users may be called. */
    public static final String NAME = pattern(32);

    private static final int NAME_MOST = 32;

    private static final int LONGEST = 1000;

    private enum Use {
        ANY,
        NAME,
        DECLARES,
        REFERS
    }

    private final Use use;
    private final List<String> sorts;
    private final int most;

    private TextKind(Use use, List<String> sorts, int most) {
        this.use = use;
        this.sorts = sorts;
        this.most = most;
    }

    static TextKind any() {
        return new TextKind(Use.ANY, List.of(), LONGEST);
    }

    static TextKind name(int most) {
        return new TextKind(Use.NAME, List.of(), most);
    }

    static TextKind declares(String sort) {
        return new TextKind(Use.DECLARES, List.of(sort), NAME_MOST);
    }

    /**
     * The name of a thing of one of those sorts, which the file declared above; see {@link Ref}.
     */
    public static TextKind refersTo(String... sorts) {
        return new TextKind(Use.REFERS, List.of(sorts), NAME_MOST);
    }

    @Override
    public @Nullable String read(Place place) {
        if (!(place.value() instanceof JsonValue.Text text)) {
            place.wrong(place.value().shown() + " is not a text; write it as in \"name\"");
            return null;
        }
        String word = text.text();
        return switch (use) {
            case ANY -> any(place, word);
            case NAME -> isName(place, word, most) ? word : null;
            case DECLARES -> isName(place, word, most) && isNew(place, word) ? word : null;
            case REFERS -> isKnown(place, word) ? word : null;
        };
    }

    private static @Nullable String any(Place place, String word) {
        if (word.length() > LONGEST) {
            place.wrong(place.value().shown() + " is longer than " + LONGEST + " characters");
            return null;
        }
        return word;
    }

    /** Whether a topology, a slice, a node, a probe or a user may be called so. */
    public static boolean isName(String word) {
        return word.matches(NAME);
    }

    private static boolean isName(Place place, String word, int most) {
        if (word.matches(pattern(most))) {
            return true;
        }
        place.wrong(notAName(word, most));
        return false;
    }

    private static String pattern(int most) {
        return "^[a-z][a-z0-9-]{0," + (most - 1) + "}$";
    }

    /** The sentence for the user about what is none. */
    public static String notAName(String word) {
        return notAName(word, NAME_MOST);
    }

    private static String notAName(String word, int most) {
        return Shown.quoted(word)
                + " is not a name: use 1-"
                + most
                + " of a-z, 0-9 and -, with a letter first";
    }

    private boolean isNew(Place place, String word) {
        String sort = sorts.getFirst();
        Position before = place.scope().declare(sort, word, place.value().at());
        if (before != null) {
            place.wrongPlain(
                    "the "
                            + sort
                            + " "
                            + Shown.quoted(word)
                            + " is there already (line "
                            + before.line()
                            + "); give one of them another name");
        }
        return before == null;
    }

    private boolean isKnown(Place place, String word) {
        if (place.scope().names(sorts.getFirst()) == null) {
            return true;
        }
        List<String> known = new ArrayList<>();
        StringJoiner tried = new StringJoiner(" or ");
        for (String sort : sorts) {
            Collection<String> names = place.scope().names(sort);
            if (names != null && names.contains(word)) {
                return true;
            }
            if (names != null && !names.isEmpty()) {
                tried.add(sort);
                known.addAll(names);
            }
        }
        place.wrongPlain(
                "no "
                        + (known.isEmpty() ? sorts.getFirst() : tried)
                        + " "
                        + Shown.quoted(word)
                        + Suggestion.didYouMean(word, known));
        return false;
    }

    @Override
    public JsonNode write(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        return use == Use.ANY ? Schemas.text() : Schemas.text().put("pattern", pattern(most));
    }
}
