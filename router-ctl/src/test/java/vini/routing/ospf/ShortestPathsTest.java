package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.RouterLsa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

class ShortestPathsTest {
    private static final long FAR = 1L << 40;

    /** A random area: cost[i][j], 0 where router i says nothing of router j. */
    private static final class Area {
        final int[][] cost;

        Area(int[][] cost) {
            this.cost = cost;
        }

        static Area random(Random random, int size, int links, int costMax) {
            int[][] cost = new int[size][size];
            for (int n = 0; n < links; n++) {
                int i = random.nextInt(size);
                int j = random.nextInt(size);
                if (i != j) {
                    cost[i][j] = 1 + random.nextInt(costMax);
                    // Some links are said by one end only: they must not be used.
                    cost[j][i] = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(costMax);
                }
            }
            return new Area(cost);
        }

        boolean usable(int i, int j) {
            return cost[i][j] > 0 && cost[j][i] > 0;
        }

        /** The address of i on its link to j tells j, so that a first hop is easy to name. */
        List<DatabaseEntry> entries() {
            List<DatabaseEntry> entries = new ArrayList<>();
            for (int i = 0; i < cost.length; i++) {
                List<RouterLsa.Link> links = new ArrayList<>();
                for (int j = 0; j < cost.length; j++) {
                    if (cost[i][j] > 0) {
                        links.add(
                                new RouterLsa.Link(RouterLsa.POINT_TO_POINT, id(j), j, cost[i][j]));
                        links.add(new RouterLsa.Link(RouterLsa.STUB, j << 8, -256, 1));
                    }
                }
                entries.add(entry(i, new RouterLsa(0, links)));
            }
            return entries;
        }
    }

    private static int id(int router) {
        return 0x0a000001 + router;
    }

    private static DatabaseEntry entry(int router, RouterLsa body) {
        return new DatabaseEntry(Lsa.router(id(router), 2, LsaHeader.INITIAL_SEQUENCE, body), 0, 0);
    }

    @Test
    void agreesWithFloydAndWarshallOnRandomAreas() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int severalHops = 0;
        int unreachable = 0;
        for (int round = 0; round < 200; round++) {
            int size = 2 + random.nextInt(14);
            Area area = Area.random(random, size, 1 + random.nextInt(size * 3), 4);
            long[][] reference = floydWarshall(area);
            TopologyGraph graph = TopologyGraph.of(area.entries(), 0);
            int root = random.nextInt(size);
            ShortestPaths paths = ShortestPaths.from(graph, graph.router(id(root)), j -> j);
            for (int to = 0; to < size; to++) {
                int vertex = graph.router(id(to));
                String where = "-Dseed=" + seed + " round " + round + " to " + to;
                if (reference[root][to] >= FAR) {
                    unreachable++;
                    assertThat(paths.distance[vertex])
                            .as(where)
                            .isEqualTo(ShortestPaths.UNREACHABLE);
                    continue;
                }
                assertThat(paths.distance[vertex]).as(where).isEqualTo(reference[root][to]);
                int[] hops = firstHops(area, reference, root, to);
                assertThat(paths.nextHops[vertex]).as(where).isEqualTo(hops);
                severalHops += hops.length > 1 ? 1 : 0;
            }
        }
        assertThat(severalHops).as("-Dseed=%d equal-cost cases", seed).isGreaterThan(50);
        assertThat(unreachable).as("-Dseed=%d unreachable", seed).isGreaterThan(50);
    }

    private static long[][] floydWarshall(Area area) {
        int size = area.cost.length;
        long[][] distance = new long[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                distance[i][j] = i == j ? 0 : area.usable(i, j) ? area.cost[i][j] : FAR;
            }
        }
        for (int k = 0; k < size; k++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    distance[i][j] = Math.min(distance[i][j], distance[i][k] + distance[k][j]);
                }
            }
        }
        return distance;
    }

    private static int[] firstHops(Area area, long[][] distance, int root, int to) {
        TreeSet<Integer> hops = new TreeSet<>();
        for (int via = 0; via < area.cost.length; via++) {
            if (root != to
                    && via != root
                    && area.usable(root, via)
                    && area.cost[root][via] + distance[via][to] == distance[root][to]) {
                hops.add(via);
            }
        }
        return hops.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void unionKeepsOrderAndSharesWhatIsComplete() {
        int[] both = {1, 3};
        int[] one = {3};
        assertThat(ShortestPaths.union(both, one)).isSameAs(both);
        assertThat(ShortestPaths.union(one, both)).isSameAs(both);
        assertThat(ShortestPaths.union(new int[] {2}, both)).containsExactly(1, 2, 3);
    }

    /** A ring with chords as in the measurements of FRR and BIRD: 4 links a node, a /32 each. */
    @ParameterizedTest
    @CsvSource({"1000, 5", "5000, 50"})
    void isFastWhenWarm(int size, int boundMs) {
        Random random = new Random(1);
        List<DatabaseEntry> entries = ringWithChords(random, size);
        long best = Long.MAX_VALUE;
        long[] times = new long[size > 1000 ? 60 : 300];
        int reached = 0;
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            TopologyGraph graph = TopologyGraph.of(entries, 0);
            ShortestPaths paths = ShortestPaths.from(graph, graph.router(id(0)), j -> j);
            times[i] = System.nanoTime() - start;
            best = Math.min(best, times[i]);
            reached = paths.order.length;
        }
        long[] late = Arrays.copyOfRange(times, times.length / 2, times.length);
        Arrays.sort(late);
        System.out.println(
                "SPF of "
                        + size
                        + " nodes: median "
                        + late[late.length / 2] / 1000
                        + " us, best "
                        + best / 1000
                        + " us");
        assertThat(reached).isEqualTo(size);
        assertThat(best).isLessThan(boundMs * 1_000_000L);
    }

    static List<DatabaseEntry> ringWithChords(Random random, int size) {
        List<Map<Integer, Integer>> links = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            links.add(new LinkedHashMap<>());
        }
        for (int i = 0; i < size; i++) {
            for (int j : new int[] {(i + 1) % size, random.nextInt(size)}) {
                if (i != j) {
                    int cost = 1 + random.nextInt(100);
                    links.get(i).put(j, cost);
                    links.get(j).put(i, cost);
                }
            }
        }
        List<DatabaseEntry> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<RouterLsa.Link> all = new ArrayList<>();
            links.get(i)
                    .forEach(
                            (j, cost) ->
                                    all.add(
                                            new RouterLsa.Link(
                                                    RouterLsa.POINT_TO_POINT, id(j), j, cost)));
            all.add(new RouterLsa.Link(RouterLsa.STUB, id(i), -1, 0));
            entries.add(entry(i, new RouterLsa(0, all)));
        }
        return entries;
    }
}
