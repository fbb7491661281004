package vini.forwarder.elements.ether;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.elements.ether.EtherFrames.THEM;
import static vini.forwarder.elements.ether.EtherFrames.ip;
import static vini.forwarder.elements.ether.EtherFrames.reply;
import static vini.forwarder.elements.ether.EtherFrames.udp;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.Graph;
import vini.forwarder.Loops;
import vini.forwarder.Shared;
import vini.forwarder.VirtualLoop;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;
import vini.forwarder.lang.Parser;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.util.List;
import java.util.Objects;

/** Click's tests of a configuration that takes the place of another, with and without ARPTable. */
class ArpHotSwapTest {
    private final VirtualClock clock = new VirtualClock();
    private final VirtualLoop loop = new VirtualLoop(clock);

    private Graph start(String table, @Nullable Graph old) throws Exception {
        String text =
                (table.isEmpty() ? "" : "t :: ARPTable(TIMEOUT 0.1s);")
                        + "in :: Inject -> CheckIPHeader -> arp :: ARPQuerier(10.0.0.1,"
                        + "02:00:00:00:00:01, TIMEOUT 0.1s"
                        + table
                        + ") -> out :: Collect; re :: Inject -> [1]arp; arp[1] -> ask :: Collect;";
        return Graph.start(
                "n",
                text,
                Parser.parse("t.click", text),
                new Loops(List.of(loop)),
                new Shared(),
                new Seed(1),
                old);
    }

    private static void push(Graph graph, String name, String hex) {
        Inject inject = Objects.requireNonNull(graph.find(name, Inject.class));
        inject.inject(inject.packet(hex));
    }

    private static List<String> out(Graph graph, String name) {
        return Objects.requireNonNull(graph.find(name, Collect.class)).seen().stream()
                .map(Collect.Seen::hex)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", TABLE t"})
    void answersQuestionsAndPacketsSurvive(String table) throws Exception {
        Graph first = start(table, null);
        push(first, "in", udp("10.0.0.2", 1));
        push(first, "re", reply(THEM, "10.0.0.2"));
        clock.runFor(50 * GraphRun.MS);
        push(first, "in", udp("10.0.0.3", 2));
        assertThat(out(first, "out")).containsExactly(ip(THEM, udp("10.0.0.2", 1)));
        assertThat(out(first, "ask")).hasSize(2);

        Graph second = start(table, first);
        push(second, "in", udp("10.0.0.2", 3));
        push(second, "in", udp("10.0.0.3", 4));
        assertThat(out(second, "ask")).as("it has asked a moment ago").hasSize(2);
        push(second, "re", reply(THEM, "10.0.0.3"));
        assertThat(out(second, "out"))
                .containsExactly(
                        ip(THEM, udp("10.0.0.2", 1)),
                        ip(THEM, udp("10.0.0.2", 3)),
                        ip(THEM, udp("10.0.0.3", 2)),
                        ip(THEM, udp("10.0.0.3", 4)));
        push(second, "in", udp("10.0.0.4", 5));
        clock.runFor(300 * GraphRun.MS);
        assertThat(second.read("arp", "count", "")).as("its timer runs on").isEqualTo("0");
        second.close();
        assertThat(loop.packets().inUse()).isZero();
        loop.packets().close();
    }
}
