package vini.experiment.fuzz;

import org.jgrapht.alg.shortestpath.FloydWarshallShortestPaths;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.jspecify.annotations.Nullable;

/**
 * Shortest paths between all nodes, by JGraphT: found without a look at how routers find theirs.
 */
final class ShortestWays {
    private final SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph =
            new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
    private @Nullable FloydWarshallShortestPaths<Integer, DefaultWeightedEdge> paths;

    /**
     * A graph without edges; paths are found when somebody asks for one the first time.
     *
     * @param nodes how many there are
     */
    ShortestWays(int nodes) {
        for (int node = 0; node < nodes; node++) {
            graph.addVertex(node);
        }
    }

    /** There is an edge; to be called before anybody asks for paths. */
    void edge(int from, int to, long cost) {
        graph.setEdgeWeight(graph.addEdge(from, to), (double) cost);
    }

    /** Infinite if there is no way. */
    double distance(int from, int to) {
        if (paths == null) {
            paths = new FloydWarshallShortestPaths<>(graph);
        }
        return paths.getPathWeight(from, to);
    }

    boolean isReachable(int from, int to) {
        return Double.isFinite(distance(from, to));
    }

    /** Whether a shortest path from one node to another begins with that neighbour. */
    boolean leadsBy(int from, int neighbour, int to) {
        @Nullable DefaultWeightedEdge edge = graph.getEdge(from, neighbour);
        return from != to
                && edge != null
                && isReachable(from, to)
                && graph.getEdgeWeight(edge) + distance(neighbour, to) == distance(from, to);
    }
}
