package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/** A list of values of one kind, or, if {@code single} is allowed, one such value by itself. */
final class ListKind<T> implements Kind<List<T>> {
    /** How many entries there may be. */
    record Count(long min, long max) {
        static @Nullable Count of(@Nullable Range range) {
            return range == null ? null : new Count(range.min(), range.max());
        }
    }

    private final Kind<T> kind;
    private final @Nullable Count range;
    private final boolean single;

    ListKind(Kind<T> kind, @Nullable Count range, boolean single) {
        this.kind = kind;
        this.range = range;
        this.single = single;
    }

    @Override
    public @Nullable List<T> read(Place place) {
        if (!(place.value() instanceof JsonValue.Items list)) {
            if (single) {
                T value = kind.read(place);
                return value == null ? null : List.of(value);
            }
            place.wrong(place.value().shown() + " is not a list [ ... ]");
            return null;
        }
        int size = list.items().size();
        if (range != null && (size < range.min() || size > range.max())) {
            place.wrong(size + " entries; write " + range.min() + "-" + range.max());
            return null;
        }
        List<T> values = new ArrayList<>(size);
        for (Place item : place.items()) {
            T value = kind.read(item);
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == size ? List.copyOf(values) : null;
    }

    @Override
    public JsonNode write(List<T> values) {
        if (single && values.size() == 1) {
            return kind.write(values.getFirst());
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> list.add(kind.write(value)));
        return list;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("type", "array");
        list.set("items", kind.schema(schemas));
        if (range != null) {
            list.put("minItems", range.min()).put("maxItems", range.max());
        }
        if (!single) {
            return list;
        }
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        either.putArray("oneOf").add(kind.schema(schemas)).add(list);
        return either;
    }
}
