package vini.routing.ospf;

import org.jspecify.annotations.Nullable;

/**
 * The area and our shortest paths in it: what the first stages of a calculation find, and what
 * stays good while only summary-LSAs and AS-external-LSAs change. RFC 2328 16.1, 16.6.
 *
 * @param paths null if we have said nothing of ourselves, so that there are none
 */
record AreaPaths(TopologyGraph graph, @Nullable ShortestPaths paths) {
    static AreaPaths of(OspfRouter router) {
        TopologyGraph graph = router.process().graphs().of(router.lsdb(), router.now());
        int root = graph.router(router.routerId());
        return new AreaPaths(
                graph,
                root == VertexIndex.NONE
                        ? null
                        : ShortestPaths.from(graph, root, router::linkNumberByLocal));
    }
}
