package vini.forwarder.lang;

import java.util.List;

/**
 * What a Click text says: elements and the connections between their ports, without compound
 * elements, groups and variables.
 *
 * @param elements those of the file in its order, then those of its compounds, and so on inwards
 * @param requirements the packages that the text needs
 */
public record GraphText(
        List<Declaration> elements, List<Connection> connections, List<String> requirements) {
    /**
     * An element.
     *
     * @param name {@code outer/inner} for an element of a compound
     * @param configuration as it was written, variables replaced
     * @param where the place for messages
     */
    public record Declaration(String name, String elementClass, String configuration, Place where) {
        /** The same element with another configuration. */
        public Declaration withConfiguration(String other) {
            return new Declaration(name, elementClass, other, where);
        }

        /** A problem with it, as a message to the user. */
        public String with(String problem) {
            return where + ": '" + name + " :: " + elementClass + "': " + problem;
        }
    }

    /** A connection from an output port to an input port. */
    public record Connection(String from, int output, String to, int input, Place where) {}

    /** The graph as Click text, which is understood as this very graph again. */
    public String toClick() {
        return new ClickWriter(this).text();
    }

    /** The graph for Graphviz: a record for each element, with the ports that are connected. */
    public String toDot() {
        return new DotWriter(this).text();
    }

    /** The graph as an SVG picture that needs no other program, from top to bottom. */
    public String toSvg() {
        return new SvgWriter(this).text();
    }
}
