package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Any JSON. */
final class AnyKind implements Kind<JsonNode> {
    @Override
    public @Nullable JsonNode read(Place place) {
        return place.value().plain();
    }

    @Override
    public JsonNode write(JsonNode value) {
        return value;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        return JsonNodeFactory.instance.objectNode();
    }
}
