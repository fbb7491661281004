package vini.forwarder;

import java.util.Map;

/** An element that says on which threads others are to run. */
public interface Placement {
    /**
     * Reads the element's configuration, before {@link Element#configure}: elements are placed
     * before they are connected.
     *
     * @return threads, counted from 0, by the names of elements or compound elements as this one
     *     may write them
     * @throws ConfigException for what cannot be read; it is not said again
     */
    Map<String, Integer> threads(Arguments arguments) throws ConfigException;
}
