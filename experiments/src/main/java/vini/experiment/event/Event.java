package vini.experiment.event;

import org.jspecify.annotations.Nullable;

import vini.overlay.topology.LinkName;
import vini.overlay.world.World;

import java.io.IOException;

/**
 * Something that an experiment does to the network. A type of event is a record whose components
 * are the keys of its JSON, with an {@link EventType} inside that makes it known.
 */
public interface Event {
    /** The link that it is about; null if it is about something else. */
    @Nullable LinkName link();

    /** The name of the node that it is about; null if it is about something else. */
    default @Nullable String node() {
        return null;
    }

    /** The key in the file: {@code fail}. */
    String key();

    /** For people: {@code fail dnvr-kscy (silent)}. */
    String words();

    /** Does it; it has happened when the call returns. */
    void happen(World world) throws IOException;

    /** How it does it, for the log: the mode of a failure; null if there is only one way. */
    default @Nullable String manner() {
        return null;
    }
}
