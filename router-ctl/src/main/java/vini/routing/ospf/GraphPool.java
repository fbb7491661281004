package vini.routing.ospf;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lets the routers of a process that have the same database share the graph of the area. */
final class GraphPool {
    /** While news spreads, some routers have heard it and others have not. */
    private static final int GRAPHS_MAX = 8;

    /** By digest, the longest unused first. */
    private final Map<Long, TopologyGraph> graphs =
            new LinkedHashMap<>(GRAPHS_MAX, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, TopologyGraph> eldest) {
                    return size() > GRAPHS_MAX;
                }
            };

    /** The graph of a database as it is now. */
    TopologyGraph of(LinkStateDatabase database, long now) {
        TopologyGraph known = graphs.get(database.digest());
        // A digest may lie, and a hostile neighbour may have made it lie.
        if (known != null && known.isOf(database.entries(), now)) {
            return known;
        }
        TopologyGraph graph = TopologyGraph.of(database.entries(), now);
        graphs.put(database.digest(), graph);
        return graph;
    }
}
