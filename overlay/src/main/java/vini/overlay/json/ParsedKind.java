package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.function.Function;

/**
 * A value with a text form of its own, such as an address; its {@code toString} writes what its
 * parser reads, and the parser throws IllegalArgumentException with a sentence for the user.
 */
public class ParsedKind<T> implements Kind<T> {
    private final String example;
    private final Function<String, T> parse;

    public ParsedKind(String example, Function<String, T> parse) {
        this.example = example;
        this.parse = parse;
    }

    @Override
    public @Nullable T read(Place place) {
        if (place.value() instanceof JsonValue.Text text && text.text().length() <= 100) {
            try {
                return parse.apply(text.text());
            } catch (IllegalArgumentException e) {
                place.wrong(Shown.cutLong(String.valueOf(e.getMessage())));
                return null;
            }
        }
        place.wrong(place.value().shown() + " is not a text like \"" + example + "\"");
        return null;
    }

    @Override
    public JsonNode write(T value) {
        return JsonNodeFactory.instance.stringNode(value.toString());
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        return Schemas.text().set("examples", Schemas.list(example));
    }
}
