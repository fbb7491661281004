package vini.overlay.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.overlay.json.Problems;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Who wants what of a link, and what it is then. */
class LinkBookTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Cause ONE = new Cause(1, 10 * SECOND);
    private static final Cause TWO = new Cause(2, 20 * SECOND);

    @TempDir Path folder;
    private Link link;
    private LinkBook book;

    @BeforeEach
    void read() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("t.json"),
                        """
                        {"name": "pair", "nodes": {"a": {}, "b": {}},
                         "links": [{"between": ["a", "b"], "delay": "5ms"}]}
                        """);
        Topology topology = TopologyFile.read(file, new Problems());
        link = topology.links().getFirst();
        book = new LinkBook(topology);
    }

    private List<String> writes(long nowNanos) {
        return book.forwarderWrites(link, nowNanos).stream()
                .filter(write -> write.handler().startsWith("a/"))
                .map(write -> write.handler().replaceAll(".*\\.", "") + " " + write.value())
                .toList();
    }

    @Test
    void theNewestCauseCountsAndEachEndsItsOwn() {
        book.fail(link, FailureMode.DOWN, End.A, ONE);
        book.fail(link, FailureMode.SILENT, End.A, TWO);
        assertThat(book.state(link)).isEqualTo("silent");
        assertThat(book.restore(link, TWO)).isFalse();
        assertThat(book.state(link)).isEqualTo("down");
        assertThat(book.restore(link, TWO)).isFalse();
        assertThat(book.restore(link, ONE)).isTrue();
        assertThat(book.state(link)).isEqualTo("up");
        assertThat(book.restore(link, ONE)).isFalse();
    }

    @Test
    void theOperatorEndsAll() {
        book.fail(link, FailureMode.DOWN, End.A, ONE);
        book.fail(link, FailureMode.ONEWAY, End.B, TWO);
        assertThat(book.restore(link, Cause.OPERATOR)).isTrue();
        assertThat(book.state(link)).isEqualTo("up");
        assertThat(book.restore(link, ONE)).isFalse();
    }

    @Test
    void aCauseThatTurnsOnewayLetsTheOtherDirectionGo() {
        book.fail(link, FailureMode.DOWN, End.A, ONE);
        book.fail(link, FailureMode.ONEWAY, End.A, ONE);
        assertThat(book.state(link, End.A)).isEqualTo("silent");
        assertThat(book.state(link, End.B)).isEqualTo("up");
    }

    @Test
    void propertiesFallBackToTheOperatorsAndThenToTheTopologys() {
        book.set(link, End.A, "delay", "50ms", ONE);
        book.set(link, End.A, "delay", "20ms", Cause.OPERATOR);
        // What the operator says comes last, and counts.
        assertThat(book.property(link, End.A, "delay")).isEqualTo("20ms");
        book.set(link, End.A, "delay", "60ms", TWO);
        assertThat(book.property(link, End.A, "delay")).isEqualTo("60ms");
        book.unset(link, End.A, TWO);
        book.unset(link, End.A, ONE);
        assertThat(book.property(link, End.A, "delay")).isEqualTo("20ms");
        assertThat(book.property(link, End.B, "delay")).isEqualTo("5ms");
    }

    @Test
    void theForwarderIsGivenALeaseUpToTheLastEnd() {
        assertThat(writes(0)).containsExactly("state up", "lease none");
        book.fail(link, FailureMode.SILENT, End.A, ONE);
        book.set(link, End.A, "delay", "50ms", TWO);
        assertThat(writes(4 * SECOND))
                .containsExactly("delay 50ms", "state silent", "lease 17s state up delay 5ms");
        book.restore(link, ONE);
        book.unset(link, End.A, TWO);
        assertThat(writes(9 * SECOND)).containsExactly("delay 5ms", "state up", "lease none");
    }

    @Test
    void aLeaseLeavesWhatHasNoEnd() {
        book.fail(link, FailureMode.DOWN, End.A, Cause.OPERATOR);
        book.fail(link, FailureMode.SILENT, End.A, ONE);
        assertThat(writes(0)).containsExactly("state silent", "lease 11s state down");
        // A late repair is not early because of that.
        assertThat(writes(30 * SECOND)).containsExactly("state silent", "lease 1s state down");
    }
}
