package vini.forwarder.elements.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.kit.Packets.UDP;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.punt.PuntExchange;

import java.util.ArrayList;
import java.util.List;

class RouterPortTest {
    private static final String GRAPH =
            "in :: Inject -> p :: Paint(1) -> router :: RouterPort(x, y);"
                    + "router[0] -> x :: Link -> a :: Collect;"
                    + "router[1] -> y :: Link(STATE down) -> b :: Collect;";

    /** Writes down what it hears. */
    private static final class Heard implements PuntExchange.Router {
        final List<String> lines = new ArrayList<>();
        boolean busy;

        @Override
        public boolean packet(String node, int link, ByteBuf ipPacket) {
            lines.add(node + " " + link + " " + ByteBufUtil.hexDump(ipPacket));
            return !busy;
        }

        @Override
        public void carrier(String node, int link, boolean up) {
            lines.add(node + " " + link + " " + (up ? "up" : "down"));
        }
    }

    private static PuntExchange exchange(GraphRun run) {
        return run.process().shared().get(PuntExchange.class, PuntExchange::new);
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    @Test
    void aRouterHearsOfCarriersAndPackets() throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            Heard router = new Heard();
            exchange(run).attach(router);
            run.push(UDP);
            run.write("x.state", "silent");
            run.write("x.state", "down");
            run.write("y.state", "up");
            assertThat(router.lines)
                    .containsExactly("n 0 up", "n 1 down", "n 1 " + UDP, "n 0 down", "n 1 up");
            assertThat(run.books()).contains("delivered 1");
        }
    }

    @Test
    void aRouterThatIsThereFirstHearsOfANewNode() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            Heard router = new Heard();
            exchange(run).attach(router);
            run.start("n", GRAPH);
            assertThat(router.lines).containsExactly("n 0 up", "n 1 down");
        }
    }

    @Test
    void withoutARouterPacketsAreDroppedAndABusyOneToo() throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            run.push(UDP);
            Heard router = new Heard();
            router.busy = true;
            exchange(run).attach(router);
            run.push(UDP);
            exchange(run).detach(router);
            run.push(UDP);
            assertThat(run.books())
                    .contains("drop router noRouter 2", "drop router routerBusy 1", "delivered 0");
        }
    }

    @Test
    void aRouterThatWasReplacedDoesNotTakeTheNewOneAway() throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            Heard old = new Heard();
            Heard next = new Heard();
            exchange(run).attach(old);
            exchange(run).attach(next);
            exchange(run).detach(old);
            run.push(UDP);
            assertThat(next.lines).contains("n 1 " + UDP);
        }
    }

    @Test
    void theRoutersPacketsLeaveByTheirLink() throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            assertThat(exchange(run).send("n", 0, bytes(UDP))).isTrue();
            exchange(run).send("n", 1, bytes(UDP));
            exchange(run).send("n", 2, bytes(UDP));
            exchange(run).send("n", -1, bytes(UDP));
            exchange(run).send("n", 0, bytes("45"));
            assertThat(exchange(run).send("m", 0, bytes(UDP))).isFalse();
            assertThat(run.out("a")).containsExactly(UDP);
            assertThat(run.seen("a").getFirst().destination()).hasToString("10.0.0.2");
            assertThat(run.books())
                    .contains("sent 5", "drop y linkDown 1", "drop router fromRouterBad 3");
        }
    }

    @Test
    void refusesWhatCannotBe() {
        String one = "Idle -> r :: RouterPort(%s); r[0] -> x :: Link -> Discard;";
        assertThatThrownBy(() -> GraphRun.of(one.formatted("x, y")))
                .hasMessage("t.click:1: 'r :: RouterPort': 2 links, but 1 outputs");
        assertThatThrownBy(() -> GraphRun.of(one.formatted("z")))
                .hasMessage("t.click:1: 'r :: RouterPort': no Link is called 'z'");
        assertThatThrownBy(() -> GraphRun.of(one.formatted("r")))
                .hasMessage("t.click:1: 'r :: RouterPort': no Link is called 'r'");
    }

    @Test
    void aNodeHasOne() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            assertThatThrownBy(
                            () ->
                                    run.start(
                                            "n",
                                            "Idle -> r :: RouterPort(x); r -> x :: Link -> Idle;"
                                                    + "Idle -> s :: RouterPort(y);"
                                                    + "s -> y :: Link -> Idle;"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("t.click:1: 's :: RouterPort': the node has a RouterPort already");
            assertThat(exchange(run).send("n", 0, bytes(UDP))).as("nothing is left").isFalse();
            run.start("n", GRAPH);
            assertThat(exchange(run).send("n", 0, bytes(UDP))).isTrue();
        }
    }

    @Test
    void aGraphThatFailsTakesNobodyElsesPlace() throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            assertThatThrownBy(() -> run.start("m", "Idle -> RouterPort(x) -> Discard;"))
                    .isInstanceOf(ConfigException.class);
            assertThat(exchange(run).send("n", 0, bytes(UDP))).isTrue();
        }
    }
}
