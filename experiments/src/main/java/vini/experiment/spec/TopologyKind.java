package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.overlay.json.JsonFile;
import vini.overlay.json.JsonValue;
import vini.overlay.json.Kind;
import vini.overlay.json.Place;
import vini.overlay.json.Schemas;
import vini.overlay.json.Scope;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A topology of an experiment: the path of its file, seen from the experiment's, or the topology
 * itself. Its nodes and links are known in the rest of the experiment, as far as they can be read.
 */
final class TopologyKind implements Kind<Topology> {
    @Override
    public @Nullable Topology read(Place place) {
        Place root =
                place.value() instanceof JsonValue.Text text
                        ? file(place, text.text())
                        : place.within(new Scope());
        if (root == null) {
            return null;
        }
        Topology topology = TopologyFile.bind(root);
        place.scope().include(root.scope());
        return topology;
    }

    private static @Nullable Place file(Place place, String written) {
        try {
            Path path = place.file().folder().resolve(written).normalize();
            Path shown = Path.of(place.file().shown()).resolveSibling(written).normalize();
            if (Files.exists(path)) {
                return JsonFile.read(path, shown.toString(), place.file().problems());
            }
            place.wrong(
                    "there is no file "
                            + shown
                            + " (paths start from the experiment's folder)"
                            + JsonFile.similar(path));
        } catch (InvalidPathException e) {
            place.wrong(place.value().shown() + " is no path");
        }
        return null;
    }

    @Override
    public JsonNode write(Topology value) {
        return TopologyFile.json(value);
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        var choice = either.putArray("oneOf");
        choice.addObject().put("type", "string");
        choice.add(TopologyFile.schema(schemas));
        return either;
    }
}
