package vini.overlay.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.overlay.json.Problems;
import vini.overlay.topology.Link;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

class LoopPlanTest {
    @TempDir Path folder;

    private Topology topology(String nodes, String links, int loops) throws IOException {
        String text =
                "{\"name\": \"t\", \"nodes\": {"
                        + Arrays.stream(nodes.split(" ", -1))
                                .map(node -> "\"" + node + "\": {}")
                                .collect(Collectors.joining(", "))
                        + "}, \"links\": ["
                        + Arrays.stream(links.split(" ", -1))
                                .filter(link -> !link.isEmpty())
                                .map(l -> "{\"between\": [\"" + l.replace("-", "\", \"") + "\"]}")
                                .collect(Collectors.joining(", "))
                        + "], \"loops\": "
                        + loops
                        + "}";
        Path file = Files.writeString(folder.resolve("t.json"), text);
        return TopologyFile.read(file, new Problems());
    }

    private String plan(String nodes, String links, int loops) throws IOException {
        return LoopPlan.of(topology(nodes, links, loops)).byNode().entrySet().stream()
                .map(entry -> entry.getKey() + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a b c d     | a-b b-c c-d     | 1 | a0 b0 c0 d0
                    a b c d     | a-b b-c c-d     | 2 | a1 b1 c0 d0
                    c a d b     | a-b b-c c-d     | 2 | c1 a0 d1 b0
                    a b c d     | a-b b-c c-d     | 4 | a3 b2 c1 d0
                    a b c d     | a-c b-d         | 2 | a0 b1 c0 d1
                    a b         | a-b             | 8 | a1 b0
                    a           |                 | 3 | a0
                    a b c d e f | a-b a-c a-d a-e a-f | 3 | a0 b1 c2 d2 e2 f0
                    """)
    void neighboursShareALoopAndNoneIsEmpty(String nodes, String links, int loops, String expected)
            throws IOException {
        assertThat(plan(nodes, links == null ? "" : links, loops)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abilene", "ring6", "grid5x5"})
    void aNetworkIsCutIntoEqualPiecesByFewLinks(String name) {
        Topology whole =
                TopologyFile.read(Path.of("../topologies/" + name + ".json"), new Problems());
        Topology topology = whole.withLoops(2);
        Map<String, Integer> plan = LoopPlan.of(topology).byNode();
        long cut =
                topology.links().stream()
                        .filter(
                                link ->
                                        !loop(plan, link.a().name())
                                                .equals(loop(plan, link.b().name())))
                        .count();
        assertThat(cut).isLessThanOrEqualTo(topology.links().size() / 4 + 1);
        Map<Integer, Integer> work = new TreeMap<>();
        for (Link link : topology.links()) {
            work.merge(loop(plan, link.a().name()), 1, Integer::sum);
            work.merge(loop(plan, link.b().name()), 1, Integer::sum);
        }
        assertThat(work.get(0))
                .isBetween(topology.links().size() * 3 / 4, topology.links().size() * 5 / 4);
    }

    private static Integer loop(Map<String, Integer> plan, String node) {
        return plan.getOrDefault(node, -1);
    }

    @Test
    void theFileNamesAllNodes() throws IOException {
        assertThat(LoopPlan.of(topology("a b", "a-b", 2)).text()).isEqualTo("a 1\nb 0\n");
    }
}
