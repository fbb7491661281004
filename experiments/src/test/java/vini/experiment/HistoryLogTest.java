package vini.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.experiment.run.RouteRow;
import vini.net.IpAddress;
import vini.overlay.json.Problems;
import vini.overlay.topology.TopologyFile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class HistoryLogTest {
    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // set by aPair
    private HistoryLog history;

    @BeforeEach
    void aPair() throws Exception {
        Files.writeString(
                folder.resolve("t.json"),
                "{\"name\": \"t\", \"nodes\": {\"a\": {}, \"b\": {}}, \"links\": [{\"between\":"
                        + " [\"a\", \"b\"]}]}");
        history = history(RecordedRoutes.ALL);
    }

    private HistoryLog history(RecordedRoutes recorded) throws Exception {
        return new HistoryLog(
                TopologyFile.read(folder.resolve("t.json"), new Problems()), 0, recorded);
    }

    private List<String> rows() {
        return history.routes().stream()
                .map(row -> (row.set() ? "set " : "remove ") + row.prefix() + " " + row.next())
                .toList();
    }

    @Test
    void routesOfTheGraphItselfAreLeftOut() {
        history.happened(1, "a/fib", "set 10.77.0.1/32 - 0");
        assertThat(history.routes()).isEmpty();
    }

    /** As when the routers withdraw 0.0.0.0/0, for which the graph has an answer of its own. */
    @Test
    void aRouteOfTheGraphThatComesBackEndsTheOther() {
        history.happened(1, "a/fib", "set 0.0.0.0/0 10.77.128.2 1");
        history.happened(2, "a/fib", "set 0.0.0.0/0 - 2");
        history.happened(3, "a/fib", "set 0.0.0.0/0 - 2");
        assertThat(rows()).containsExactly("set 0.0.0.0/0 [b]", "remove 0.0.0.0/0 []");
    }

    @Test
    void whenTheForwarderDiesAllRoutesThatThereAreEnd() {
        history.happened(1, "a/fib", "set 10.1.0.0/16 10.77.128.2 1");
        history.happened(1, "a/fib", "set 10.2.0.0/16 10.77.128.2 1");
        history.happened(2, "a/fib", "remove 10.1.0.0/16");
        history.cleared(3_000_000_000L);
        assertThat(rows())
                .containsExactly(
                        "set 10.1.0.0/16 [b]",
                        "set 10.2.0.0/16 [b]",
                        "remove 10.1.0.0/16 []",
                        "remove 10.2.0.0/16 []");
        RouteRow last = history.routes().getLast();
        assertThat(last.timeS()).isEqualTo(3);
        assertThat(last.node()).isEqualTo("a");
    }

    @Test
    void inALargeNetworkOnlyRoutesToTheHostsOfProbesAreKept() throws Exception {
        history = history(new RecordedRoutes(List.of("b"), List.of(IpAddress.parse("10.77.0.2"))));
        history.happened(1, "a/fib", "set 10.77.0.2/32 10.77.128.2 1");
        history.happened(1, "a/fib", "set 10.77.0.3/32 10.77.128.2 1");
        history.happened(2, "a/fib", "set 0.0.0.0/0 10.77.128.2 1");
        assertThat(rows()).containsExactly("set 10.77.0.2/32 [b]", "set 0.0.0.0/0 [b]");
    }
}
