package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object whose keys are names, in the order of the file. */
final class MapKind<T> implements Kind<Map<String, T>> {
    private final Kind<T> kind;
    private final @Nullable Range range;
    private final @Nullable String declares;

    /**
     * @param declares what the keys are new names for, or null
     */
    MapKind(Kind<T> kind, @Nullable Range range, @Nullable String declares) {
        this.kind = kind;
        this.range = range;
        this.declares = declares;
    }

    @Override
    public @Nullable Map<String, T> read(Place place) {
        if (!(place.value() instanceof JsonValue.Struct struct)) {
            place.wrong(place.value().shown() + " is not an object {\"name\": { ... }, ...}");
            return null;
        }
        int size = struct.members().size();
        if (range != null && (size < range.min() || size > range.max())) {
            place.wrong(size + " entries; write " + range.min() + "-" + range.max());
            return null;
        }
        Map<String, T> values = new LinkedHashMap<>();
        struct.members()
                .forEach(
                        (name, member) -> {
                            Place at = new Place(place.file(), member.value(), name, place.scope());
                            boolean good = TextKind.isName(name);
                            if (!good) {
                                place.file().wrong(member.keyAt(), TextKind.notAName(name));
                            }
                            if (declares != null) {
                                place.scope().declare(declares, name, member.keyAt());
                            }
                            T value = kind.read(at);
                            if (good && value != null) {
                                values.put(name, value);
                            }
                        });
        return values.size() == size ? Collections.unmodifiableMap(values) : null;
    }

    @Override
    public JsonNode write(Map<String, T> values) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        values.forEach((name, value) -> object.set(name, kind.write(value)));
        return object;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("type", "object");
        object.putObject("propertyNames").put("pattern", TextKind.NAME);
        object.set("additionalProperties", kind.schema(schemas));
        if (range != null) {
            object.put("minProperties", range.min()).put("maxProperties", range.max());
        }
        return object;
    }
}
