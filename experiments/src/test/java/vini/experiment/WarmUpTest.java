package vini.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.experiment.run.PacketBooks;
import vini.forwarder.io.VirtualEngine;
import vini.overlay.json.Problems;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.overlay.world.Cause;
import vini.overlay.world.VirtualWorld;
import vini.time.Seed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class WarmUpTest {
    private static final String LINE =
            """
            {"name": "line", "nodes": {"a": {}, "b": {}, "c": {}},
             "links": [{"between": ["a", "b"], "delay": "5ms"MORE},
                       {"between": ["b", "c"], "delay": "5ms"}]}
            """;

    @TempDir Path folder;

    /** What has been sent by its end, more than routing has sent until then. */
    private PacketBooks warmed(String link) throws Exception {
        Path file = Files.writeString(folder.resolve("t.json"), LINE.replace("MORE", link));
        Topology topology = TopologyFile.read(file, new Problems());
        try (VirtualEngine engine = new VirtualEngine()) {
            return engine.call(
                    () -> {
                        try (VirtualWorld world = new VirtualWorld(topology, new Seed(1), engine)) {
                            world.clock().runFor(20_000_000_000L);
                            List<String> ended = new ArrayList<>();
                            WarmUp.begin(world, trouble -> ended.add("trouble: " + trouble));
                            world.clock().runFor(2_000_000_000L);
                            assertThat(ended).containsExactly("trouble: null");
                            for (Node node : topology.nodes()) {
                                assertNoApps(world, node);
                            }
                            return Books.of(world.books());
                        }
                    });
        }
    }

    @Test
    void sendsThousandsOfPacketsAndLeavesNothing() throws Exception {
        PacketBooks books = warmed("");
        assertThat(books.sent()).isBetween(4000L, 7000L);
        assertThat(books.missing()).isZero();
        assertThat(books.inFlight()).isZero();
        assertThat(books.droppedInAll()).isZero();
    }

    @Test
    void doesNotFillASlowLink() throws Exception {
        PacketBooks books = warmed(", \"rate\": \"64kbps\", \"queue\": 5");
        assertThat(books.sent()).isLessThan(300);
        assertThat(books.droppedInAll()).isZero();
        assertThat(books.inFlight()).isZero();
    }

    @Test
    void leavesNothingWhenAHostIsAway() throws Exception {
        Path file = Files.writeString(folder.resolve("t.json"), LINE.replace("MORE", ""));
        Topology topology = TopologyFile.read(file, new Problems());
        try (VirtualEngine engine = new VirtualEngine()) {
            List<String> ended =
                    engine.call(
                            () -> {
                                List<String> heard = new ArrayList<>();
                                try (VirtualWorld world =
                                        new VirtualWorld(topology, new Seed(1), engine)) {
                                    world.clock().runFor(20_000_000_000L);
                                    world.crash(topology.nodes().getLast(), Cause.OPERATOR);
                                    WarmUp.begin(world, trouble -> heard.add("" + trouble));
                                    world.clock().runFor(2_000_000_000L);
                                    assertNoApps(world, topology.nodes().getFirst());
                                }
                                return heard;
                            });
            assertThat(ended).hasSize(1);
            assertThat(ended.getFirst()).isNotEqualTo("null");
        }
    }

    private static void assertNoApps(VirtualWorld world, Node node) {
        assertThatThrownBy(() -> world.host(node.name()).log("warm-up-ping", 0))
                .hasMessageContaining("warm-up-ping");
    }
}
