package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One of the values of an enum, in lower case. Values marked {@link Later} are refused. */
public final class EnumKind<E extends Enum<E>> implements Kind<E> {
    private final E[] values;

    public EnumKind(Class<E> type) {
        this.values = type.getEnumConstants();
    }

    @Override
    public @Nullable E read(Place place) {
        String word = place.value() instanceof JsonValue.Text text ? text.text() : null;
        for (E value : values) {
            if (word != null && word(value).equals(word)) {
                if (later(value)) {
                    place.wrong(Shown.quoted(word) + " comes later; for now use " + choice());
                    return null;
                }
                return value;
            }
        }
        place.wrong(
                place.value().shown()
                        + " is none of "
                        + choice()
                        + (word == null ? "" : Suggestion.didYouMean(word, words())));
        return null;
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        for (E value : values) {
            if (!later(value)) {
                words.add(word(value));
            }
        }
        return words;
    }

    private String choice() {
        return '"' + String.join("\", \"", words()) + '"';
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static boolean later(Enum<?> value) {
        try {
            return value.getDeclaringClass()
                    .getField(value.name())
                    .isAnnotationPresent(Later.class);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(value + " has no field", e);
        }
    }

    @Override
    public JsonNode write(E value) {
        return JsonNodeFactory.instance.stringNode(word(value));
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        words().forEach(schema.putArray("enum")::add);
        return schema;
    }
}
