package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.TreeMap;

/** An object whose keys may all be absent; {@code true} stands for the empty one. */
public class OrTrue<T> implements Kind<T> {
    private final StructKind<T> kind;

    public OrTrue(Class<T> type) {
        this.kind = Kinds.struct(type);
    }

    @Override
    public @Nullable T read(Place place) {
        if (place.value() instanceof JsonValue.Truth truth) {
            if (!truth.value()) {
                place.wrong("false; leave the key out");
                return null;
            }
            JsonValue empty = new JsonValue.Struct(truth.at(), new TreeMap<>());
            return kind.read(new Place(place.file(), empty, place.label(), place.scope()));
        }
        return kind.read(place);
    }

    @Override
    public JsonNode write(T value) {
        return kind.write(value);
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        var choice = either.putArray("oneOf");
        choice.addObject().put("const", true);
        choice.add(kind.schema(schemas));
        return either;
    }
}
