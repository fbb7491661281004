package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import vini.overlay.json.JsonValue;
import vini.overlay.json.Kind;
import vini.overlay.json.Place;
import vini.overlay.json.ReadBy;
import vini.overlay.json.Schemas;
import vini.overlay.json.Shown;
import vini.overlay.json.Suggestion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A link that exists, named by its two nodes in either order. Where an order matters, it is the one
 * that is written here.
 */
@ReadBy(LinkName.Form.class)
public record LinkName(String from, String to) {
    /** What links are declared as in a {@link vini.overlay.json.Scope}. */
    static final String SORT = "link";

    /** {@code dnvr-kscy}. */
    @Override
    public String toString() {
        return from + "-" + to;
    }

    static final class Form implements Kind<LinkName> {
        @Override
        public @Nullable LinkName read(Place place) {
            List<Place> items = place.items();
            if (items.size() != 2
                    || !(items.getFirst().value() instanceof JsonValue.Text from)
                    || !(items.getLast().value() instanceof JsonValue.Text to)) {
                place.wrong("name the two nodes of the link, as in [\"a\", \"b\"]");
                return null;
            }
            Collection<String> nodes = place.scope().names("node");
            Collection<String> links = place.scope().names(SORT);
            NodePair pair = new NodePair(from.text(), to.text());
            if (nodes == null || links == null || links.contains(pair.key())) {
                return new LinkName(pair.a(), pair.b());
            }
            boolean fromKnown = nodes.contains(pair.a());
            boolean toKnown = nodes.contains(pair.b());
            String none =
                    "no link between " + Shown.quoted(pair.a()) + " and " + Shown.quoted(pair.b());
            if (fromKnown && toKnown) {
                place.wrongPlain(none + neighbours(pair.a(), links));
            } else if (fromKnown) {
                items.getLast().wrongPlain(none + meant(pair.b(), pair.a(), links, nodes));
            } else if (toKnown) {
                items.getFirst().wrongPlain(none + meant(pair.a(), pair.b(), links, nodes));
            } else {
                items.getFirst().wrongPlain(none + Suggestion.didYouMean(pair.a(), nodes));
            }
            return null;
        }

        private static String meant(
                String wrong, String right, Collection<String> links, Collection<String> nodes) {
            String near = Suggestion.didYouMean(wrong, others(right, links));
            if (near.isEmpty()) {
                near = Suggestion.didYouMean(wrong, nodes);
            }
            return near.isEmpty() ? neighbours(right, links) : near;
        }

        private static String neighbours(String node, Collection<String> links) {
            List<String> others = others(node, links);
            return others.isEmpty()
                    ? "; " + Shown.quoted(node) + " has no links"
                    : "; " + Shown.quoted(node) + " has links to " + String.join(", ", others);
        }

        private static List<String> others(String node, Collection<String> links) {
            List<String> others = new ArrayList<>();
            for (String link : links) {
                int blank = link.indexOf(' ');
                String a = link.substring(0, blank);
                String b = link.substring(blank + 1);
                if (a.equals(node)) {
                    others.add(b);
                } else if (b.equals(node)) {
                    others.add(a);
                }
            }
            return others;
        }

        @Override
        public JsonNode write(LinkName value) {
            return new NodePair(value.from, value.to).write();
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return NodePair.schema();
        }
    }
}
