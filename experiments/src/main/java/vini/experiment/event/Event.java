package vini.experiment.event;

import vini.overlay.topology.LinkName;

/**
 * Something that an experiment does to the network. A type of event is a record whose components
 * are the keys of its JSON, with an {@link EventType} inside that makes it known.
 */
public interface Event {
    /** The link that it is about. */
    LinkName link();

    /** The key in the file: {@code fail}. */
    String key();

    /** For people: {@code fail dnvr-kscy (silent)}. */
    String words();
}
