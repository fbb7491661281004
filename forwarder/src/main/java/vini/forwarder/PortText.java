package vini.forwarder;

import vini.forwarder.lang.GraphText;

import java.util.List;
import java.util.StringJoiner;

/**
 * Describes the ports of an element and what they are connected to, as Click's {@code ports}
 * handler does. Made when it is asked for: a process may have many thousand elements, and nobody
 * asks most of them.
 */
final class PortText {
    private final Element element;
    private final List<GraphText.Connection> connections;
    private final StringBuilder text = new StringBuilder();

    private PortText(Element element, List<GraphText.Connection> connections) {
        this.element = element;
        this.connections = connections;
    }

    /**
     * The text for an element of a graph that has started.
     *
     * @param connections those of the graph
     */
    static String of(Element element, List<GraphText.Connection> connections) {
        return new PortText(element, connections).write();
    }

    private String write() {
        PortShape shape = PortShape.of(ElementClasses.about(element.getClass()));
        text.append(Wiring.counted(element.inputs(), "input")).append('\n');
        for (int port = 0; port < element.inputs(); port++) {
            kind(element.isPull(port), shape.input(port));
            StringJoiner peers = new StringJoiner(", ", "", "\n");
            for (GraphText.Connection c : connections) {
                if (c.to().equals(element.name()) && c.input() == port) {
                    peers.add(c.from() + " [" + c.output() + "]");
                }
            }
            text.append(peers);
        }
        text.append(Wiring.counted(element.outputs(), "output")).append('\n');
        for (int port = 0; port < element.outputs(); port++) {
            kind(!element.isPush(port), shape.output(port));
            StringJoiner peers = new StringJoiner(", ", "", "\n");
            for (GraphText.Connection c : connections) {
                if (c.from().equals(element.name()) && c.output() == port) {
                    peers.add(c.to() + " [" + c.input() + "]");
                }
            }
            text.append(peers);
        }
        return text.toString();
    }

    private void kind(boolean pull, char ofClass) {
        text.append(pull ? "pull" : "push").append(ofClass == 'a' ? "~" : "").append("\t-\t");
    }
}
