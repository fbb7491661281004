package vini.forwarder;

import java.util.ArrayList;
import java.util.List;

/**
 * A graph that stands still, as a frozen machine does: what begins to move in it is dropped at once
 * and counted, except on its links, as what a link has taken is on its way already. Nothing of what
 * its elements know is lost, so that it goes on as it was.
 */
final class Standstill {
    private record Edge(Output output, Element target, int port) {}

    private final Graph graph;
    private final List<Edge> edges = new ArrayList<>();

    private Standstill(Graph graph) {
        this.graph = graph;
    }

    /** Stops a graph; while its loops stand still. */
    static Standstill of(Graph graph) {
        Standstill still = new Standstill(graph);
        Element end =
                new DeadEnd(
                        graph.ledger().drops(Graph.NODE, DropReasons.NODE_FROZEN, graph.trace()));
        for (Element element : graph.elements()) {
            element.onItsThread(element::standStill);
            if (!element.isWire()) {
                element.pushOutputs().forEach(output -> still.stop(output, end));
            }
        }
        return still;
    }

    private void stop(Output output, Element end) {
        edges.add(new Edge(output, output.target(), output.port()));
        output.leadTo(end, 0);
    }

    /** The graph goes on; while its loops stand still. */
    void end() {
        edges.forEach(edge -> edge.output.leadTo(edge.target, edge.port));
        graph.elements().forEach(element -> element.onItsThread(element::goOn));
    }
}
