package vini.experiment.fuzz;

import org.jspecify.annotations.Nullable;

import vini.overlay.topology.Node;
import vini.overlay.world.Host;
import vini.overlay.world.VirtualWorld;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Pings between some hosts while the network is at rest; packets tell what tables cannot. */
final class Echoes {
    /** How long a round takes. */
    static final long NANOS = 3_000_000_000L;

    /** Before that all of it is over. */
    private static final long SPARE_NANOS = 100_000_000L;

    private static final int PAIRS = 4;

    private record Pair(int from, int to, String app) {}

    private final List<Node> nodes;
    private final VirtualWorld world;
    private final RandomGenerator random;
    private final boolean lossless;
    private int apps;

    /**
     * Between hosts of that world.
     *
     * @param lossless whether silence means that there is no way
     */
    Echoes(VirtualWorld world, RandomGenerator random, boolean lossless) {
        this.nodes = world.topology().nodes();
        this.world = world;
        this.random = random;
        this.lossless = lossless;
    }

    private String name(int node) {
        return nodes.get(node).name();
    }

    private Host host(int node) {
        return world.host(name(node));
    }

    /**
     * A round between hosts of nodes that are at work.
     *
     * @return what is wrong, or null
     */
    @Nullable String round(ShortestWays ways, List<Boolean> atWork) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            Pair pair =
                    new Pair(
                            random.nextInt(nodes.size()), random.nextInt(nodes.size()), "q" + apps);
            if (!atWork.get(pair.from)) {
                continue;
            }
            apps++;
            pairs.add(pair);
            host(pair.from)
                    .start(
                            pair.app,
                            "ping",
                            "DST " + world.address(name(pair.to)) + ", EVERY 20ms, FOR 100ms");
        }
        world.clock().runFor(NANOS - SPARE_NANOS);
        String first = null;
        for (Pair pair : pairs) {
            boolean answered = host(pair.from).log(pair.app, 0).contains("reply ");
            host(pair.from).stop(pair.app);
            boolean reachable = ways.isReachable(pair.from, pair.to);
            if (first == null && (answered ? !reachable : reachable && lossless)) {
                first =
                        name(pair.to)
                                + (answered ? " answers " : " does not answer ")
                                + name(pair.from)
                                + (reachable ? ", which it can reach" : ", and there is no way");
            }
        }
        return first;
    }
}
