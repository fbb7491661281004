package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.overlay.json.Place;
import vini.overlay.json.TextKind;

import java.util.List;

/** Two names of nodes in a list. */
record NodePair(String a, String b) {
    private static final TextKind NODE = TextKind.refersTo("node");

    /** Reads {@code ["a", "b"]}, both of them known nodes; null after a mistake was reported. */
    static @Nullable NodePair read(Place place) {
        List<Place> items = place.items();
        if (items.size() != 2) {
            place.wrong("name the two nodes of the link, as in [\"a\", \"b\"]");
            return null;
        }
        String a = NODE.read(items.getFirst());
        String b = NODE.read(items.getLast());
        return a == null || b == null ? null : new NodePair(a, b);
    }

    /** The same for both orders; a blank stands in no name. */
    String key() {
        return a.compareTo(b) <= 0 ? a + " " + b : b + " " + a;
    }

    JsonNode write() {
        return JsonNodeFactory.instance.arrayNode().add(a).add(b);
    }

    static ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
        schema.putObject("items").put("type", "string").put("pattern", TextKind.NAME);
        return schema.put("minItems", 2).put("maxItems", 2).put("uniqueItems", true);
    }
}
