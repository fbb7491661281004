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

    /** The same graph as Click text, without compound elements: what {@code --flatten} prints. */
    public String toClick() {
        StringBuilder text = new StringBuilder();
        for (Declaration element : elements) {
            text.append(element.name).append(" :: ").append(element.elementClass);
            if (!element.configuration.isEmpty()) {
                text.append('(').append(element.configuration).append(')');
            }
            text.append(";\n");
        }
        for (Connection c : connections) {
            text.append(c.from).append(c.output == 0 ? "" : " [" + c.output + "]").append(" -> ");
            text.append(c.input == 0 ? "" : "[" + c.input + "] ").append(c.to).append(";\n");
        }
        return text.toString();
    }
}
