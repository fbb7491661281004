package vini.overlay.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.io.VirtualEngine;
import vini.overlay.json.Problems;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Nodes and processes break at random; each watched link is up if and only if both ends live. */
class FarEndWatchTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int STEPS = 120;

    private static final String MESH =
            """
            {"name": "mesh",
             "nodes": {"a": {}, "b": {}, "c": {}, "d": {}, "e": {}},
             "links": [{"between": ["a", "b"], "watch": "100ms"},
                       {"between": ["b", "c"], "watch": "100ms", "loss": "20%"},
                       {"between": ["c", "d"], "watch": "50ms", "delay": "700ms"},
                       {"between": ["d", "e"], "watch": "200ms"},
                       {"between": ["e", "a"], "watch": "100ms", "rate": "1Mbps"},
                       {"between": ["a", "c"]}],
             "routing": {"hello": "1s", "dead": "4s"}}
            """;

    @TempDir Path folder;

    /** What is done to a world, and what should be so then. */
    private static final class Trouble {
        final VirtualWorld world;
        final Random random;
        final Set<String> crashed = new TreeSet<>();
        final Set<String> frozen = new TreeSet<>();
        final TreeMap<String, Integer> seen = new TreeMap<>();
        long cause = 1;

        Trouble(VirtualWorld world, long seed) {
            this.world = world;
            this.random = new Random(seed);
        }

        void step() throws IOException {
            Node node = world.topology().nodes().get(random.nextInt(5));
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    world.crash(node, why());
                    crashed.add(node.name());
                    frozen.remove(node.name());
                }
                case 2, 3 -> {
                    world.start(node, Cause.OPERATOR);
                    crashed.remove(node.name());
                }
                case 4 -> {
                    world.freeze(node, why());
                    if (!crashed.contains(node.name())) {
                        frozen.add(node.name());
                    }
                }
                case 5, 6 -> {
                    world.thaw(node, Cause.OPERATOR);
                    frozen.remove(node.name());
                }
                default -> process();
            }
            // Sometimes several at once.
            if (random.nextInt(3) > 0) {
                world.clock().runFor(3 * SECOND);
                check();
            } else {
                world.clock().runFor(random.nextLong(SECOND / 2));
            }
        }

        private void process() throws IOException {
            SliceProcess process =
                    random.nextBoolean() ? SliceProcess.FORWARDER : SliceProcess.ROUTER;
            if (random.nextBoolean()) {
                world.kill(process);
            } else {
                try {
                    world.freeze(process, why());
                } catch (IOException e) {
                    return; // it has just been killed
                }
                world.clock().runFor(random.nextLong(3 * SECOND));
                world.thaw(process, Cause.OPERATOR);
            }
        }

        private Cause why() {
            return new Cause(++cause, Long.MAX_VALUE);
        }

        private boolean lives(Node node) {
            return !crashed.contains(node.name()) && !frozen.contains(node.name());
        }

        void check() throws IOException {
            for (Link link : world.topology().links()) {
                Node observer = crashed.contains(link.a().name()) ? link.b() : link.a();
                if (crashed.contains(observer.name())) {
                    continue;
                }
                boolean both = lives(link.a()) && lives(link.b());
                boolean none = !lives(link.a()) && !lives(link.b());
                String element = observer.name() + "/to_" + link.other(observer).name() + ".state";
                String state = world.readForwarder(element).strip();
                seen.merge(state, 1, Integer::sum);
                if (!none) {
                    assertThat(state)
                            .as("%s, crashed %s, frozen %s", link.name(), crashed, frozen)
                            .isEqualTo(both || link.watchNanos() == 0 ? "up" : "down");
                }
            }
        }
    }

    @Test
    void aWatchedLinkIsUpIfAndOnlyIfBothItsEndsLive() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Topology topology =
                TopologyFile.read(
                        Files.writeString(folder.resolve("t.json"), MESH), new Problems());
        try (VirtualEngine engine = new VirtualEngine()) {
            TreeMap<String, Integer> seen =
                    engine.call(
                            () -> {
                                try (VirtualWorld world =
                                        new VirtualWorld(topology, new Seed(seed), engine)) {
                                    Trouble trouble = new Trouble(world, seed);
                                    world.clock().runFor(10 * SECOND);
                                    trouble.check();
                                    for (int i = 0; i < STEPS; i++) {
                                        trouble.step();
                                    }
                                    return trouble.seen;
                                }
                            });
            assertThat(seen).as("-Dseed=%d", seed).containsKeys("up", "down");
        } catch (AssertionError e) {
            throw new AssertionError("-Dseed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
