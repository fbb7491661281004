package vini.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import vini.forwarder.Graph;
import vini.forwarder.Shared;
import vini.forwarder.VirtualLoop;
import vini.forwarder.lang.Parser;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The texts are right for our parser, and those in memory do what they should. */
class ClickPeerTest {
    private static final long SEED = 7;

    static List<String> texts() {
        return List.of(
                ClickPeer.end(0, Testbed.SRC, Testbed.FWD_SRC, 7000),
                ClickPeer.middle(7000, ClickPeer.address(0), ClickPeer.address(2)),
                ClickPeer.end(2, Testbed.SNK, Testbed.FWD_SNK, 7000),
                ClickPeer.graph(new RandomRoutes(1000, SEED)),
                ClickPeer.napt(100));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void eachTextIsOfTheLanguage(String text) throws Exception {
        assertThat(Parser.parse("t.click", text, new LinkedHashMap<>()).elements())
                .hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("inMemory")
    void noPacketIsDropped(String text) throws Exception {
        VirtualClock clock = new VirtualClock();
        VirtualLoop loop = new VirtualLoop(clock);
        String finite = text.replace("BURST 32", "BURST 32, LIMIT 1000");
        Graph graph = Graph.start("t", "t.click", finite, loop, new Shared(), new Seed(SEED));
        clock.runFor(TimeUnit.SECONDS.toNanos(1));

        assertThat(graph.read("c", "count", "")).isEqualTo("1000");
        Map<String, Long> dropped = new LinkedHashMap<>();
        graph.ledger().dropped().forEach((reason, count) -> dropped.put("" + reason, count));
        assertThat(dropped.values()).allMatch(count -> count == 0);
        graph.close();
    }

    static List<String> inMemory() {
        return texts().subList(3, 5);
    }
}
