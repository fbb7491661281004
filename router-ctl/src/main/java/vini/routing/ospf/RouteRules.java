package vini.routing.ospf;

import vini.net.Ipv4Address;
import vini.routing.ospf.wire.ExternalLsa;
import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaKey;
import vini.routing.ospf.wire.NetworkLsa;
import vini.routing.ospf.wire.RouterLsa;
import vini.routing.ospf.wire.SummaryLsa;

/** Which prefixes the database offers at which cost: RFC 2328 16.1 second stage, 16.2, 16.4. */
final class RouteRules {
    /** LSInfinity, RFC 2328 appendix B: unreachable. */
    private static final int INFINITY = 0xffffff;

    /** A type 2 metric stands above all costs inside the AS, RFC 2328 16.4 (6). */
    private static final int TYPE_2_SHIFT = 36;

    private final OspfRouter router;
    private final TopologyGraph graph;
    private final ShortestPaths paths;
    private final RouteTable table = new RouteTable();

    private RouteRules(OspfRouter router, TopologyGraph graph, ShortestPaths paths) {
        this.router = router;
        this.graph = graph;
        this.paths = paths;
    }

    static RouteTable calculate(OspfRouter router) {
        TopologyGraph graph = TopologyGraph.of(router.lsdb().entries(), router.now());
        int root = graph.router(router.routerId());
        if (root == VertexIndex.NONE) {
            return new RouteTable();
        }
        RouteRules rules =
                new RouteRules(
                        router, graph, ShortestPaths.from(graph, root, router::linkNumberByLocal));
        rules.offerIntra(root);
        rules.offerBeyond();
        return rules.table;
    }

    /** The cost as people know it: of a type 2 path only its metric. */
    static long shownCost(int kind, long cost) {
        return kind == RouteTable.EXTERNAL_2 ? cost >>> TYPE_2_SHIFT : cost;
    }

    private void offerIntra(int root) {
        for (int vertex : paths.order) {
            if (vertex == root) {
                continue;
            }
            Lsa lsa = graph.vertices.get(vertex);
            long distance = paths.distance[vertex];
            int[] hops = paths.nextHops[vertex];
            if (lsa.body() instanceof RouterLsa body) {
                for (int i = 0; i < body.links().size(); i++) {
                    RouterLsa.Link link = body.links().get(i);
                    if (link.type() == RouterLsa.STUB) {
                        offer(
                                link.id(),
                                link.data(),
                                RouteTable.INTRA,
                                distance + link.metric(),
                                hops);
                    }
                }
            } else if (lsa.body() instanceof NetworkLsa body) {
                offer(lsa.key().linkStateId(), body.mask(), RouteTable.INTRA, distance, hops);
            }
        }
    }

    private void offerBeyond() {
        for (DatabaseEntry entry : router.lsdb().entries()) {
            LsaKey key = entry.key();
            if (key.type() < LsaKey.SUMMARY_NETWORK
                    || key.advertisingRouter() == router.routerId()
                    || entry.isMaxAge(router.now())) {
                continue;
            }
            int border = graph.router(key.advertisingRouter());
            if (border == VertexIndex.NONE || paths.distance[border] == ShortestPaths.UNREACHABLE) {
                continue;
            }
            if (entry.lsa().body() instanceof ExternalLsa external) {
                offerExternal(key.linkStateId(), external, border);
            } else if (entry.lsa().body() instanceof SummaryLsa summary
                    && key.type() == LsaKey.SUMMARY_NETWORK
                    && summary.metric() < INFINITY) {
                offer(
                        key.linkStateId(),
                        summary.mask(),
                        RouteTable.INTER,
                        paths.distance[border] + summary.metric(),
                        paths.nextHops[border]);
            }
        }
    }

    private void offerExternal(int address, ExternalLsa external, int border) {
        if (external.metric() >= INFINITY) {
            return;
        }
        long distance = paths.distance[border];
        int[] hops = paths.nextHops[border];
        if (external.forwardingAddress() != 0) {
            int row = longestMatch(external.forwardingAddress());
            if (row == RouteTable.NONE) {
                return; // RFC 2328 16.4 (3): the forwarding address must be reachable.
            }
            distance = table.costAt(row);
            hops = table.hopsAt(row);
        }
        if (external.type2()) {
            long cost = (long) external.metric() << TYPE_2_SHIFT | distance;
            offer(address, external.mask(), RouteTable.EXTERNAL_2, cost, hops);
        } else {
            long cost = distance + external.metric();
            offer(address, external.mask(), RouteTable.EXTERNAL_1, cost, hops);
        }
    }

    private int longestMatch(int address) {
        for (int length = 32; length >= 0; length--) {
            int row = table.find(RouteTable.key(address, length));
            if (row != RouteTable.NONE && table.kindCodeAt(row) <= RouteTable.INTER) {
                return row;
            }
        }
        return RouteTable.NONE;
    }

    private void offer(int address, int mask, int kind, long cost, int[] hops) {
        int length = Integer.bitCount(mask);
        if (mask == Ipv4Address.mask(length)) { // Else a mask with holes: no prefix at all.
            table.offer(RouteTable.key(address, length), kind, cost, hops);
        }
    }
}
