package vini.routing.ospf;

import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaKey;
import vini.routing.ospf.wire.NetworkLsa;
import vini.routing.ospf.wire.RouterLsa;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The area as a directed graph, RFC 2328 2.1, in arrays: vertices are numbered, networks before
 * routers, and the edges of vertex v are those from {@code firstEdge[v]} to {@code firstEdge[v+1]}.
 */
final class TopologyGraph {
    /** The LSA of each vertex. */
    final List<Lsa> vertices = new ArrayList<>();

    /** How many of the first vertices are networks. */
    final int networks;

    final int[] firstEdge;

    /** The vertex at the other end, or {@link VertexIndex#NONE} if it is unknown. */
    final int[] edgeTo;

    final int[] edgeCost;

    /** The originator's interface address; zero for edges of networks. */
    final int[] edgeData;

    private final VertexIndex routerIndex;
    private final VertexIndex networkIndex;

    private TopologyGraph(List<Lsa> routerLsas, List<Lsa> networkLsas, int edges) {
        vertices.addAll(networkLsas);
        vertices.addAll(routerLsas);
        networks = networkLsas.size();
        routerIndex = new VertexIndex(routerLsas.size());
        networkIndex = new VertexIndex(networkLsas.size());
        for (int v = 0; v < vertices.size(); v++) {
            (v < networks ? networkIndex : routerIndex).put(vertices.get(v).key().linkStateId(), v);
        }
        firstEdge = new int[vertices.size() + 1];
        edgeTo = new int[edges];
        edgeCost = new int[edges];
        edgeData = new int[edges];
    }

    /** The graph of the LSAs that are not being flushed. */
    static TopologyGraph of(Collection<DatabaseEntry> entries, long now) {
        List<Lsa> routerLsas = new ArrayList<>(entries.size());
        List<Lsa> networkLsas = new ArrayList<>();
        int edges = 0;
        for (DatabaseEntry entry : entries) {
            if (!isVertex(entry, now)) {
                continue;
            }
            Lsa lsa = entry.lsa();
            if (lsa.body() instanceof RouterLsa body) {
                routerLsas.add(lsa);
                edges += body.links().size();
            } else if (lsa.body() instanceof NetworkLsa body) {
                networkLsas.add(lsa);
                edges += body.attachedRouters().size();
            }
        }
        TopologyGraph graph = new TopologyGraph(routerLsas, networkLsas, edges);
        graph.connect();
        return graph;
    }

    private static boolean isVertex(DatabaseEntry entry, long now) {
        LsaKey key = entry.key();
        return !entry.isMaxAge(now)
                && (entry.lsa().body() instanceof RouterLsa
                                && key.linkStateId() == key.advertisingRouter()
                        || entry.lsa().body() instanceof NetworkLsa);
    }

    /** Whether it is the graph of those, too: of the very same LSAs, which routers share. */
    boolean isOf(Collection<DatabaseEntry> entries, long now) {
        int found = 0;
        for (DatabaseEntry entry : entries) {
            if (isVertex(entry, now)) {
                boolean isRouter = entry.lsa().body() instanceof RouterLsa;
                int vertex = (isRouter ? routerIndex : networkIndex).get(entry.key().linkStateId());
                if (vertex == VertexIndex.NONE || vertices.get(vertex) != entry.lsa()) {
                    return false;
                }
                found++;
            }
        }
        return found == vertices.size();
    }

    private void connect() {
        int edge = 0;
        for (int v = 0; v < vertices.size(); v++) {
            firstEdge[v] = edge;
            if (vertices.get(v).body() instanceof RouterLsa body) {
                List<RouterLsa.Link> links = body.links();
                for (int i = 0; i < links.size(); i++) {
                    RouterLsa.Link link = links.get(i);
                    if (link.type() == RouterLsa.POINT_TO_POINT) {
                        put(edge++, routerIndex.get(link.id()), link.metric(), link.data());
                    } else if (link.type() == RouterLsa.TRANSIT) {
                        put(edge++, networkIndex.get(link.id()), link.metric(), link.data());
                    }
                }
            } else if (vertices.get(v).body() instanceof NetworkLsa body) {
                for (int router : body.attachedRouters()) {
                    put(edge++, routerIndex.get(router), 0, 0);
                }
            }
        }
        firstEdge[vertices.size()] = edge;
    }

    private void put(int edge, int to, int cost, int data) {
        edgeTo[edge] = to;
        edgeCost[edge] = cost;
        edgeData[edge] = data;
    }

    int size() {
        return vertices.size();
    }

    /** The vertex of that router, or {@link VertexIndex#NONE}. */
    int router(int routerId) {
        return routerIndex.get(routerId);
    }

    /** Whether {@code from} has an edge to {@code to}: RFC 2328 16.1 (2b) wants both ways. */
    boolean hasEdge(int from, int to) {
        for (int edge = firstEdge[from]; edge < firstEdge[from + 1]; edge++) {
            if (edgeTo[edge] == to) {
                return true;
            }
        }
        return false;
    }
}
