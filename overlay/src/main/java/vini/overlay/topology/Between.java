package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import vini.overlay.json.Kind;
import vini.overlay.json.Place;
import vini.overlay.json.Position;
import vini.overlay.json.ReadBy;
import vini.overlay.json.Schemas;
import vini.overlay.json.Shown;

/** The two nodes of a new link. */
@ReadBy(Between.Form.class)
record Between(String a, String b) {
    static final class Form implements Kind<Between> {
        @Override
        public @Nullable Between read(Place place) {
            NodePair pair = NodePair.read(place);
            if (pair == null) {
                return null;
            }
            String shown = Shown.quoted(pair.a()) + " and " + Shown.quoted(pair.b());
            if (pair.a().equals(pair.b())) {
                place.wrong("a link from " + Shown.quoted(pair.a()) + " to itself; name two nodes");
                return null;
            }
            Position before = place.scope().declare(LinkName.SORT, pair.key(), place.value().at());
            if (before != null) {
                place.wrong(
                        "a link between "
                                + shown
                                + " is there already (line "
                                + before.line()
                                + "); keep one of them");
                return null;
            }
            return new Between(pair.a(), pair.b());
        }

        @Override
        public JsonNode write(Between value) {
            return new NodePair(value.a, value.b).write();
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return NodePair.schema();
        }
    }
}
