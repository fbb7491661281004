package vini.forwarder.elements.queue;

/** An element that stores packets: what RED and CoDel look at. */
public interface Storage {
    /** How many packets it holds now. */
    int stored();

    /** The element's name in its graph. */
    String name();
}
