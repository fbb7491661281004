package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How one sort of value is written in JSON: reader, writer and schema in one place. */
public interface Kind<T> {
    /** The value, or null after its mistakes were reported. */
    @Nullable T read(Place place);

    JsonNode write(T value);

    /** The JSON Schema (2020-12) of what {@link #read} accepts; a new object. */
    ObjectNode schema(Schemas schemas);
}
