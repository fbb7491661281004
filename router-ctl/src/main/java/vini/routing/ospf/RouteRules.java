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

    private static final int ROUTER_ID_LENGTH = 32;

    private final OspfRouter router;
    private final TopologyGraph graph;
    private final ShortestPaths paths;
    private final RouteTable table;

    /** The AS boundary routers, each as if its id were a prefix: RFC 2328 11, 16.1 (4), 16.2. */
    private final RouteTable boundaries = new RouteTable();

    /** Where packets to a forwarding address go, once {@link #forward} has found it. */
    private long forwardDistance;

    private int[] forwardHops = {};

    private RouteRules(OspfRouter router, TopologyGraph graph, ShortestPaths paths, int expected) {
        this.router = router;
        this.graph = graph;
        this.paths = paths;
        this.table = new RouteTable(expected);
    }

    /**
     * All routes.
     *
     * @param expected how many there will be, as far as known
     */
    static RouteTable calculate(OspfRouter router, AreaPaths area, int expected) {
        ShortestPaths paths = area.paths();
        if (paths == null) {
            return new RouteTable();
        }
        RouteRules rules = new RouteRules(router, area.graph(), paths, expected);
        rules.offerIntra();
        // Those first, because forwarding addresses and boundary routers may lie beyond borders.
        rules.offerAll(RouteRules::offerSummary);
        rules.offerAll(RouteRules::offerExternal);
        return rules.table.trimmed();
    }

    /** The cost as people know it: of a type 2 path only its metric. */
    static long shownCost(int kind, long cost) {
        return kind == RouteTable.EXTERNAL_2 ? cost >>> TYPE_2_SHIFT : cost;
    }

    private void offerIntra() {
        for (int i = 1; i < paths.order.length; i++) { // The first one is the root.
            int vertex = paths.order[i];
            Lsa lsa = graph.vertices.get(vertex);
            long distance = paths.distance[vertex];
            int[] hops = paths.nextHops[vertex];
            if (lsa.body() instanceof RouterLsa body) {
                if ((body.flags() & RouterLsa.BOUNDARY) != 0) {
                    long id = RouteTable.key(lsa.key().linkStateId(), ROUTER_ID_LENGTH);
                    boundaries.offer(id, RouteTable.INTRA, distance, hops);
                }
                offerStubs(body, distance, hops);
            } else if (lsa.body() instanceof NetworkLsa body) {
                offer(lsa.key().linkStateId(), body.mask(), RouteTable.INTRA, distance, hops);
            }
        }
    }

    private void offerStubs(RouterLsa body, long distance, int[] hops) {
        for (int i = 0; i < body.links().size(); i++) {
            RouterLsa.Link link = body.links().get(i);
            if (link.type() == RouterLsa.STUB) {
                offer(link.id(), link.data(), RouteTable.INTRA, distance + link.metric(), hops);
            }
        }
    }

    /** What one LSA of others adds. */
    private interface Offer {
        void of(RouteRules rules, Lsa lsa);
    }

    private void offerAll(Offer offer) {
        long now = router.now();
        for (DatabaseEntry entry : router.lsdb().entries()) {
            LsaKey key = entry.key();
            if (key.type() >= LsaKey.SUMMARY_NETWORK
                    && key.advertisingRouter() != router.routerId()
                    && !entry.isMaxAge(now)) {
                offer.of(this, entry.lsa());
            }
        }
    }

    /** RFC 2328 16.2: networks and AS boundary routers in other areas. */
    private void offerSummary(Lsa lsa) {
        LsaKey key = lsa.key();
        if (!(lsa.body() instanceof SummaryLsa summary) || summary.metric() >= INFINITY) {
            return;
        }
        int border = graph.router(key.advertisingRouter());
        if (border == VertexIndex.NONE || paths.distance[border] == ShortestPaths.UNREACHABLE) {
            return;
        }
        long cost = paths.distance[border] + summary.metric();
        int[] hops = paths.nextHops[border];
        if (key.type() == LsaKey.SUMMARY_NETWORK) {
            offer(key.linkStateId(), summary.mask(), RouteTable.INTER, cost, hops);
        } else if (key.linkStateId() != router.routerId()) {
            long id = RouteTable.key(key.linkStateId(), ROUTER_ID_LENGTH);
            boundaries.offer(id, RouteTable.INTER, cost, hops);
        }
    }

    /** RFC 2328 16.4. */
    private void offerExternal(Lsa lsa) {
        LsaKey key = lsa.key();
        if (!(lsa.body() instanceof ExternalLsa external) || external.metric() >= INFINITY) {
            return;
        }
        int boundary = boundaries.find(RouteTable.key(key.advertisingRouter(), ROUTER_ID_LENGTH));
        if (boundary == RouteTable.NONE) {
            return; // (2): also if it is reachable, but does not say that it is a boundary router.
        }
        forwardDistance = boundaries.costAt(boundary);
        forwardHops = boundaries.hopsAt(boundary);
        if (external.forwardingAddress() != 0 && !forward(external.forwardingAddress())) {
            return; // (3): the forwarding address must be reachable inside the AS.
        }
        long distance = forwardDistance;
        int[] hops = forwardHops;
        if (external.type2()) {
            long cost = (long) external.metric() << TYPE_2_SHIFT | distance;
            offer(key.linkStateId(), external.mask(), RouteTable.EXTERNAL_2, cost, hops);
        } else {
            long cost = distance + external.metric();
            offer(key.linkStateId(), external.mask(), RouteTable.EXTERNAL_1, cost, hops);
        }
    }

    /** Looks a forwarding address up; false if no path inside the AS leads there, or we are it. */
    private boolean forward(int address) {
        int row = longestMatch(address);
        int length = row == RouteTable.NONE ? -1 : (int) (table.keyAt(row) & 0xff);
        for (OspfLink link : router.links()) {
            OspfInterface own = link.config();
            if (own.local().bits() == address) {
                return false;
            }
            // A link of ours is the shortest way to who is on it.
            if (link.isUp()
                    && own.prefixLength() >= length
                    && own.prefix().contains(new Ipv4Address(address))) {
                forwardDistance = link.cost();
                forwardHops = new int[] {own.link()};
                return true;
            }
        }
        if (row == RouteTable.NONE || isOurs(address)) {
            return false;
        }
        forwardDistance = table.costAt(row);
        forwardHops = table.hopsAt(row);
        return true;
    }

    private boolean isOurs(int address) {
        return router.config().stubs().stream()
                .anyMatch(stub -> stub.contains(new Ipv4Address(address)));
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
