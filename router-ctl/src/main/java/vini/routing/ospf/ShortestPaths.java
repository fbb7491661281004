package vini.routing.ospf;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The shortest paths from one router to all vertices, with all first links of equal cost: RFC 2328
 * 16.1, first stage. A next hop is the number of one of the root's links; sets of them are sorted
 * arrays that vertices share, so they are never written to.
 */
final class ShortestPaths {
    /** The distance of what cannot be reached. */
    static final long UNREACHABLE = Long.MAX_VALUE;

    private static final int[] NO_HOPS = {};
    private static final int VERTEX_BITS = 21;

    /** By vertex; {@link #UNREACHABLE} or the cost. */
    final long[] distance;

    /** By vertex; empty for the root. */
    final int[][] nextHops;

    /** The reachable vertices, nearest first, the root before all. */
    final int[] order;

    private final TopologyGraph graph;
    private final IntUnaryOperator linkByLocal;
    private final long[] heap;
    private int heapSize;
    private int reached;

    /**
     * @param root a vertex of the graph
     * @param linkByLocal gives the number of the root's link with that address, or a negative one
     */
    static ShortestPaths from(TopologyGraph graph, int root, IntUnaryOperator linkByLocal) {
        return new ShortestPaths(graph, root, linkByLocal);
    }

    private ShortestPaths(TopologyGraph graph, int root, IntUnaryOperator linkByLocal) {
        this.graph = graph;
        this.linkByLocal = linkByLocal;
        distance = new long[graph.size()];
        nextHops = new int[graph.size()][];
        Arrays.fill(distance, UNREACHABLE);
        Arrays.fill(nextHops, NO_HOPS);
        // Each edge puts its end into the heap at most once, so this never grows.
        heap = new long[graph.edgeTo.length + 1];
        int[] settled = new int[graph.size()];
        boolean[] done = new boolean[graph.size()];
        distance[root] = 0;
        push(0, root);
        while (heapSize > 0) {
            int v = (int) (pop() & (1 << VERTEX_BITS) - 1);
            if (!done[v]) {
                done[v] = true;
                settled[reached++] = v;
                relax(v, root);
            }
        }
        order = Arrays.copyOf(settled, reached);
    }

    private void relax(int v, int root) {
        for (int edge = graph.firstEdge[v]; edge < graph.firstEdge[v + 1]; edge++) {
            int w = graph.edgeTo[edge];
            if (w < 0) {
                continue;
            }
            long cost = distance[v] + graph.edgeCost[edge];
            if (cost > distance[w] || w == root || !graph.hasEdge(w, v)) {
                continue;
            }
            int[] hops = v == root ? firstHop(graph.edgeData[edge]) : nextHops[v];
            if (hops.length == 0) {
                continue; // An LSA of ours from before a restart: no such link now.
            }
            if (cost < distance[w]) {
                distance[w] = cost;
                nextHops[w] = hops;
                push(cost, w);
            } else {
                nextHops[w] = union(nextHops[w], hops);
            }
        }
    }

    private int[] firstHop(int local) {
        int link = linkByLocal.applyAsInt(local);
        return link < 0 ? NO_HOPS : new int[] {link};
    }

    /** Both sets in one, sorted; one of the arguments itself if it has all. */
    static int[] union(int[] a, int[] b) {
        if (Arrays.equals(a, b)) {
            return a;
        }
        int[] both = new int[a.length + b.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            if (j == b.length || i < a.length && a[i] < b[j]) {
                both[size++] = a[i++];
            } else {
                if (i < a.length && a[i] == b[j]) {
                    i++;
                }
                both[size++] = b[j++];
            }
        }
        return size == a.length ? a : size == b.length ? b : Arrays.copyOf(both, size);
    }

    /** Orders by distance, then by vertex, so that networks settle before routers at a tie. */
    private void push(long cost, int vertex) {
        long key = cost << VERTEX_BITS | vertex;
        int at = heapSize++;
        while (at > 0) {
            int parent = at - 1 >>> 1;
            if (heap[parent] <= key) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = key;
    }

    private long pop() {
        long first = heap[0];
        long last = heap[--heapSize];
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= heapSize) {
                break;
            }
            if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = last;
        return first;
    }
}
