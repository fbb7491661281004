package vini.experiment.event;

/**
 * Something that an experiment does to the network. A type of event is a record whose components
 * are the keys of its JSON, with an {@link EventType} inside that makes it known. What it does, and
 * when, it writes into a {@link Script} before the run begins; so all chance in it is drawn then.
 */
public interface Event {
    /** For people: {@code fail dnvr-kscy (silent)}. */
    String words();

    /** Whether it lasts, so that it can be given an end; else it is done in an instant. */
    boolean lasts();

    /** Writes down what is done from its beginning to its end. */
    void plan(Script script);
}
