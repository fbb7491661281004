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

/**
 * Where a node stands on the earth.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
@ReadBy(Location.Form.class)
public record Location(double latitude, double longitude) {
    /** {@code [latitude, longitude]}. */
    static final class Form implements Kind<Location> {
        @Override
        public @Nullable Location read(Place place) {
            List<Place> items = place.items();
            if (items.size() != 2
                    || !(items.getFirst().value() instanceof JsonValue.Figure first)
                    || !(items.getLast().value() instanceof JsonValue.Figure second)) {
                place.wrong("is not [latitude, longitude] in degrees, as in [52.5, 13.4]");
                return null;
            }
            double latitude = first.value().doubleValue();
            double longitude = second.value().doubleValue();
            boolean good = within(items.getFirst(), "latitude", latitude, 90);
            good &= within(items.getLast(), "longitude", longitude, 180);
            return good ? new Location(latitude, longitude) : null;
        }

        private static boolean within(Place place, String what, double degrees, int most) {
            boolean good = Math.abs(degrees) <= most;
            if (!good) {
                String range = "-" + most + " to " + most;
                place.wrong(what + " " + place.value().shown() + " is outside " + range);
            }
            return good;
        }

        @Override
        public JsonNode write(Location value) {
            return JsonNodeFactory.instance.arrayNode().add(value.latitude).add(value.longitude);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
            var items = schema.putArray("prefixItems");
            items.addObject().put("type", "number").put("minimum", -90).put("maximum", 90);
            items.addObject().put("type", "number").put("minimum", -180).put("maximum", 180);
            return schema.put("minItems", 2).put("maxItems", 2);
        }
    }
}
