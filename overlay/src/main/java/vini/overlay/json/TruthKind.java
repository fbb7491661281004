package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** True or false. */
final class TruthKind implements Kind<Boolean> {
    @Override
    public @Nullable Boolean read(Place place) {
        if (place.value() instanceof JsonValue.Truth truth) {
            return truth.value();
        }
        place.wrong(place.value().shown() + " is neither true nor false");
        return null;
    }

    @Override
    public JsonNode write(Boolean value) {
        return JsonNodeFactory.instance.booleanNode(value);
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        return JsonNodeFactory.instance.objectNode().put("type", "boolean");
    }
}
