package vini.overlay.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import vini.forwarder.io.VirtualEngine;
import vini.overlay.topology.Link;
import vini.overlay.topology.Location;
import vini.overlay.topology.Topology;
import vini.overlay.world.VirtualWorld;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The topologies of real networks that lie beside the checkout; skipped where there are none. */
class CollectedTopologiesTest {
    /** Larger ones come up as well, and take longer than a test should. */
    private static final int NODES_MAX = 100;

    /** Under the names of latitude and longitude they have the places of a picture. */
    private static final List<String> DRAWINGS = List.of("pioro40.gml", "ta2.gml");

    private static final long PATIENCE_NANOS = 300_000_000_000L;

    private static final Map<String, Imported> ALL = new TreeMap<>();

    @BeforeAll
    static void importAll() throws IOException {
        Path folder = Sample.topologies();
        assumeThat(folder).as("a folder shared/data/topologies beside the checkout").isNotNull();
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".gml")).toList()) {
                // Whatever comes out was read again and is sound, or this throws.
                ALL.put(file.getFileName().toString(), Imports.read(file, null, null));
            }
        }
        assertThat(ALL).hasSizeGreaterThan(50);
    }

    @Test
    void theirNodesAndLinksAreAllThere() {
        ALL.forEach(
                (file, imported) -> {
                    assertThat(imported.parts()).as(file).isEqualTo(1);
                    assertThat(imported.notes().getFirst().toString())
                            .isEqualTo("attributes of the graph without a place here: stats");
                    if (!DRAWINGS.contains(file)) {
                        assertThat(imported.notes()).as(file).hasSize(1);
                        assertThat(imported.topology().nodes())
                                .as(file)
                                .allMatch(node -> node.location() != null);
                    }
                });
    }

    @Test
    void twoOfThemAreDrawings() {
        for (String file : DRAWINGS) {
            Imported imported = ALL.get(file);
            assertThat(imported).isNotNull();
            if (imported != null) {
                assertThat(Sample.notes(imported).get(1)).contains("those of a drawing");
                assertThat(imported.notes().get(2).count())
                        .isEqualTo(imported.topology().links().size());
            }
        }
    }

    /** The files give lengths, which somebody computed from the coordinates: ours agree. */
    @Test
    void lengthsAndCoordinatesAgree() {
        int compared = 0;
        for (Map.Entry<String, Imported> each : ALL.entrySet()) {
            for (Link link : each.getValue().topology().links()) {
                Location a = link.a().location();
                Location b = link.b().location();
                if (a != null && b != null) {
                    double ours = Fibre.delayNanos(Fibre.km(a, b));
                    assertThat((double) link.forward().delayNanos())
                            .as(each.getKey() + " " + link.name())
                            .isBetween(ours * 0.99 - 20_000, ours * 1.01 + 20_000);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(1500);
    }

    @Test
    void theyComeUpAndConvergeInVirtualTime() throws Exception {
        List<String> slow = new ArrayList<>();
        int up = 0;
        for (Map.Entry<String, Imported> each : ALL.entrySet()) {
            Topology topology = each.getValue().topology();
            if (topology.nodes().size() <= NODES_MAX) {
                up++;
                if (convergence(topology) < 0) {
                    slow.add(each.getKey());
                }
            }
        }
        assertThat(slow).isEmpty();
        assertThat(up).isGreaterThan(50);
    }

    private static long convergence(Topology topology) throws Exception {
        try (VirtualEngine engine = new VirtualEngine()) {
            return engine.call(
                    () -> {
                        try (VirtualWorld world = new VirtualWorld(topology, new Seed(1), engine)) {
                            return world.converge(PATIENCE_NANOS);
                        }
                    });
        }
    }
}
