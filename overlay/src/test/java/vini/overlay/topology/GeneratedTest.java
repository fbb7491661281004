package vini.overlay.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.time.Seed;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

class GeneratedTest {
    private static final long DELAY = 2_000_000;

    @Test
    void aGridJoinsNeighbours() {
        Topology grid = Generated.grid(4, 3, DELAY);
        assertThat(grid.nodes()).hasSize(12);
        assertThat(grid.links()).hasSize(3 * 3 + 4 * 2);
        assertThat(grid.linksOf(grid.nodes().get(5))).hasSize(4);
        assertThat(grid.linksOf(grid.nodes().getFirst()).stream().map(Link::name))
                .containsExactly("r0-0-r0-1", "r0-0-r1-0");
        assertThat(grid.require(new LinkName("r1-0", "r0-0")).a().name()).isEqualTo("r0-0");
        assertThat(AddressPlan.of(grid).notes()).isEmpty();
    }

    @Test
    void aRandomNetworkIsConnectedAndHasNoParallelLinks() {
        for (long seed = 0; seed < 50; seed++) {
            Topology random =
                    Generated.random(
                            2 + (int) seed,
                            3 + 2 * (int) seed,
                            new Seed(seed).generator("g"),
                            () -> Generated.plain(DELAY));
            assertThat(reached(random)).hasSize(random.nodes().size());
            assertThat(random.links().stream().map(Link::name)).doesNotHaveDuplicates();
        }
    }

    @Test
    void moreLinksThanThereIsRoomForAreLeftOut() {
        Topology full =
                Generated.random(3, 9, new Seed(1).generator("g"), () -> Generated.plain(DELAY));
        assertThat(full.links()).hasSize(3);
    }

    private static Set<String> reached(Topology topology) {
        Set<String> known = new LinkedHashSet<>(List.of("n0"));
        boolean more = true;
        while (more) {
            more = false;
            for (Link link : topology.links()) {
                boolean a = known.contains(link.a().name());
                if (a != known.contains(link.b().name())) {
                    more = known.add(a ? link.b().name() : link.a().name());
                }
            }
        }
        return known;
    }
}
