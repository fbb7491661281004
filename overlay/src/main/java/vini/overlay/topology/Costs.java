package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.overlay.json.JsonValue;
import vini.overlay.json.Kind;
import vini.overlay.json.Place;
import vini.overlay.json.ReadBy;
import vini.overlay.json.Schemas;

import java.util.List;

/** The routing metrics of both directions: one number, or {@code [forward, backward]}. */
@ReadBy(Costs.Form.class)
record Costs(int forward, int backward) {
    static final int MOST = Direction.COST_MAX;

    static final class Form implements Kind<Costs> {
        @Override
        public @Nullable Costs read(Place place) {
            if (place.value() instanceof JsonValue.Items) {
                List<Place> items = place.items();
                if (items.size() != 2) {
                    place.wrong("write one cost, or two: [10, 20]");
                    return null;
                }
                Integer forward = cost(items.getFirst());
                Integer backward = cost(items.getLast());
                return forward == null || backward == null ? null : new Costs(forward, backward);
            }
            Integer both = cost(place);
            return both == null ? null : new Costs(both, both);
        }

        private static @Nullable Integer cost(Place place) {
            if (place.value() instanceof JsonValue.Figure figure) {
                double cost = figure.value().doubleValue();
                if (cost >= 1 && cost <= MOST && cost == Math.rint(cost)) {
                    return (int) cost;
                }
            }
            place.wrong(place.value().shown() + " is not a whole number, 1-" + MOST);
            return null;
        }

        @Override
        public JsonNode write(Costs value) {
            return value.forward == value.backward
                    ? JsonNodeFactory.instance.numberNode(value.forward)
                    : JsonNodeFactory.instance.arrayNode().add(value.forward).add(value.backward);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode either = JsonNodeFactory.instance.objectNode();
            var choice = either.putArray("oneOf").add(number());
            ObjectNode pair = choice.addObject().put("type", "array");
            pair.set("items", number());
            pair.put("minItems", 2).put("maxItems", 2);
            return either;
        }

        private static ObjectNode number() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "integer")
                    .put("minimum", 1)
                    .put("maximum", MOST);
        }
    }
}
