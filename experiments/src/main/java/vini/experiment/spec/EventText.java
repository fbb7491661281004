package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import vini.overlay.json.JsonFile;
import vini.overlay.json.Kinds;
import vini.overlay.json.Place;
import vini.overlay.json.Problems;
import vini.overlay.topology.TopologyFile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One event by itself, as it would stand in an experiment on a topology. */
public final class EventText {
    private static final JsonMapper JSON = JsonMapper.shared();

    private EventText() {}

    /**
     * Reads an event; without an {@code at} it happens at once.
     *
     * @param topology as JSON
     * @param folder from which paths of files start
     * @throws vini.overlay.json.InputException with all mistakes
     */
    public static TimedEvent read(String event, String topology, Path folder) {
        Problems problems = new Problems();
        Place network =
                new JsonFile("topology", folder, problems)
                        .parse(topology.getBytes(StandardCharsets.UTF_8));
        Place root =
                new JsonFile("event", folder, problems)
                        .parse(timed(event).getBytes(StandardCharsets.UTF_8));
        @Nullable TimedEvent timed = null;
        if (network != null && root != null && TopologyFile.bind(network) != null) {
            timed = Kinds.struct(TimedEvent.class).read(root.within(network.scope()));
        }
        problems.throwIfAny();
        if (timed == null) {
            throw new IllegalStateException("no event, and no mistake reported in " + event);
        }
        return timed;
    }

    /** An event as JSON, with the data of files that it named in it. */
    public static String write(TimedEvent event) {
        return Kinds.struct(TimedEvent.class).write(event).toString();
    }

    private static String timed(String event) {
        try {
            JsonNode node = JSON.readTree(event);
            if (node instanceof ObjectNode object && !object.has("at")) {
                return object.put("at", "0s").toString();
            }
        } catch (JacksonException e) {
            return event; // What is wrong with it is said by who reads it.
        }
        return event;
    }
}
