package vini.experiment.fuzz;

import java.util.Arrays;

/**
 * Shortest paths between all nodes, by Floyd's and Warshall's three loops: written without a look
 * at how routers find theirs, and so simple that it is right.
 */
final class ShortestWays {
    /** Where there is no way; twice that is still no overflow. */
    static final long NONE = Long.MAX_VALUE / 4;

    private final long[][] cost;
    private final long[][] distance;

    /**
     * @param nodes how many there are
     */
    ShortestWays(int nodes) {
        cost = new long[nodes][nodes];
        distance = new long[nodes][nodes];
        for (int i = 0; i < nodes; i++) {
            Arrays.fill(cost[i], NONE);
        }
    }

    /** There is an edge; call {@link #solve} after the last one. */
    void edge(int from, int to, long itsCost) {
        cost[from][to] = itsCost;
    }

    ShortestWays solve() {
        int nodes = cost.length;
        for (int i = 0; i < nodes; i++) {
            distance[i] = cost[i].clone();
            distance[i][i] = 0;
        }
        for (int by = 0; by < nodes; by++) {
            for (int from = 0; from < nodes; from++) {
                for (int to = 0; to < nodes; to++) {
                    distance[from][to] =
                            Math.min(distance[from][to], distance[from][by] + distance[by][to]);
                }
            }
        }
        return this;
    }

    /** {@link #NONE} or more if there is no way. */
    long distance(int from, int to) {
        return distance[from][to];
    }

    boolean isReachable(int from, int to) {
        return distance[from][to] < NONE;
    }

    /** Whether a shortest path from one node to another begins with that neighbour. */
    boolean leadsBy(int from, int neighbour, int to) {
        return from != to
                && isReachable(from, to)
                && cost[from][neighbour] < NONE
                && cost[from][neighbour] + distance[neighbour][to] == distance[from][to];
    }
}
