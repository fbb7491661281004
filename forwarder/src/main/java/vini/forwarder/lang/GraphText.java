package vini.forwarder.lang;

import java.util.List;

/** What a Click text says: elements and the connections between their ports, in order. */
public record GraphText(List<Declaration> elements, List<Connection> connections) {
    /**
     * An element of the text.
     *
     * @param where the place for messages, {@code file:line}
     */
    public record Declaration(
            String name, String elementClass, String configuration, String where) {}

    /** A connection from an output port to an input port. */
    public record Connection(String from, int output, String to, int input, String where) {}
}
