package vini.routing.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.routing.sim.SimulatedNetwork.MILLISECOND;
import static vini.routing.sim.SimulatedNetwork.SECOND;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vini.forwarder.HandlerException;
import vini.routing.sim.SimulatedNetwork;
import vini.routing.sim.SimulatedNetwork.Link;
import vini.routing.sim.SimulatedWire.Mode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nodes in a row, an egress at either end: w - a - b - c - e. */
class EgressVirtualTest {
    /** What the graph of every node says of the world outside, see the overlay's NodeGraph. */
    private static final String OWN_DEFAULT = "- 2";

    private static final List<Link> ROW =
            List.of(
                    SimulatedNetwork.link("w", "a", 10, 1),
                    SimulatedNetwork.link("a", "b", 10, 1),
                    SimulatedNetwork.link("b", "c", 10, 1),
                    SimulatedNetwork.link("c", "e", 10, 1));

    private final VirtualSlice slice = new VirtualSlice(5, 10, ROW);

    @BeforeEach
    void start() {
        slice.routers.start();
        new OldRoutes(
                        slice.clock,
                        slice.routers,
                        () -> slice.fibs.values().forEach(NodeFib::dropOldRoutes))
                .watch();
        slice.clock.runUntil(20 * SECOND);
    }

    private void write(String handler, String value) throws HandlerException {
        slice.routers.handlers().write(handler, value);
    }

    private void run(long nanos) {
        slice.clock.runFor(nanos);
    }

    /** The node's table as its forwarder has it after all that it was told. */
    private Map<String, String> table(String node) {
        Map<String, String> table = new TreeMap<>(Map.of("0.0.0.0/0", OWN_DEFAULT));
        for (String transaction : VirtualSlice.of(slice.transactions, node)) {
            for (String line : transaction.split("\n", -1)) {
                String[] word = line.split(" ", 3);
                if (word[0].equals("set")) {
                    table.put(word[1], word[2]);
                } else if (word[1].equals("0.0.0.0/0")) {
                    table.put(word[1], OWN_DEFAULT);
                } else {
                    assertThat(table.remove(word[1])).as(node + " " + line).isNotNull();
                }
            }
        }
        return table;
    }

    /** The nodes by which a packet to nowhere in the slice goes. */
    private String way(String from) {
        StringBuilder way = new StringBuilder(from);
        String here = from;
        while (!VirtualSlice.of(table(here), "0.0.0.0/0").equals(OWN_DEFAULT)) {
            String gateway = VirtualSlice.of(table(here), "0.0.0.0/0").split(" ", -1)[0];
            int number = Integer.parseInt(gateway.substring(gateway.lastIndexOf('.') + 1));
            Link link = ROW.get(number / 4);
            here = number % 4 == 1 ? link.left() : link.right();
            way.append(' ').append(here);
            assertThat(way.length()).as("a loop: %s", way).isLessThan(20);
        }
        return way.toString();
    }

    @Test
    void packetsGoToTheNearerEgressAndAnEgressKeepsItsOwn() throws HandlerException {
        write("w.announce", "0.0.0.0/0 20 type 1");
        write("e.announce", "0.0.0.0/0 25 type 1");
        run(SECOND);
        assertThat(way("a")).isEqualTo("a w");
        assertThat(way("b")).isEqualTo("b a w");
        assertThat(way("c")).isEqualTo("c e");
        assertThat(way("w")).isEqualTo("w");
        assertThat(way("e")).isEqualTo("e");
        assertThat(slice.routers.isConverged()).isTrue();
        assertThat(slice.routers.handlers().read("a.routes", ""))
                .contains("\"destination\":\"0.0.0.0/0\",\"cost\":30,", "\"by\":\"ospf E1\"");
        assertThat(slice.routers.handlers().read("w.announced", ""))
                .isEqualTo("[{\"destination\":\"0.0.0.0/0\",\"metric\":20,\"type\":1}]");
        assertThat(slice.routers.handlers().read("a.announced", "")).isEqualTo("[]");
    }

    @Test
    void whenOneEgressDiesAllGoToTheOtherAndBackWhenItIsThereAgain() throws HandlerException {
        write("w.announce", "0.0.0.0/0");
        write("e.announce", "0.0.0.0/0");
        run(SECOND);
        assertThat(way("c")).isEqualTo("c e");
        VirtualSlice.of(slice.wires, "c-e").mode(Mode.SILENT);
        run(10 * SECOND + 100 * MILLISECOND);
        assertThat(way("c")).isEqualTo("c b a w");
        assertThat(way("a")).isEqualTo("a w");
        VirtualSlice.of(slice.wires, "c-e").mode(Mode.UP);
        run(12 * SECOND);
        assertThat(way("c")).isEqualTo("c e");
    }

    @Test
    void anEgressThatWithdrawsUsesTheOtherItself() throws HandlerException {
        write("w.announce", "0.0.0.0/0 1");
        write("e.announce", "0.0.0.0/0 2");
        run(SECOND);
        assertThat(way("e")).isEqualTo("e");
        assertThat(way("c")).isEqualTo("c b a w");
        write("w.withdraw", "0.0.0.0/0");
        run(100 * MILLISECOND);
        assertThat(way("w")).isEqualTo("w a b c e");
        assertThat(way("a")).isEqualTo("a b c e");
        write("w.announce", "0.0.0.0/0 1");
        run(6 * SECOND); // MinLSInterval
        assertThat(way("w")).isEqualTo("w");
        assertThat(way("e")).isEqualTo("e");
        assertThat(way("c")).isEqualTo("c b a w");
    }

    @Test
    void afterTheLastWithdrawalTheGraphsOwnDefaultIsBack() throws HandlerException {
        write("w.announce", "0.0.0.0/0");
        run(SECOND);
        assertThat(way("e")).isEqualTo("e c b a w");
        write("w.withdraw", "0.0.0.0/0");
        run(SECOND);
        for (String node : List.of("w", "a", "b", "c", "e")) {
            assertThat(way(node)).isEqualTo(node);
            assertThat(VirtualSlice.of(slice.transactions, node).getLast())
                    .isNotEqualTo("remove 0.0.0.0/0");
        }
    }

    @Test
    void usersOfAnIngressAreReachedAlsoWhenTheyMove() throws HandlerException {
        write("w.announce", "10.87.0.0/24 1 type 1\n10.87.0.7/32 1 type 1\n");
        run(SECOND);
        assertThat(table("c")).containsEntry("10.87.0.0/24", "10.78.0.9 1");
        assertThat(table("c")).containsEntry("10.87.0.7/32", "10.78.0.9 1");
        write("w.withdraw", "10.87.0.7/32");
        write("e.announce", "10.87.0.7/32 1 type 1");
        run(SECOND);
        assertThat(table("c")).containsEntry("10.87.0.7/32", "10.78.0.14 1");
        assertThat(table("w")).containsEntry("10.87.0.7/32", "10.78.0.2 1");
        assertThat(table("c")).containsEntry("10.87.0.0/24", "10.78.0.9 1");
        assertThat(table("w")).doesNotContainKey("10.87.0.0/24");
    }

    @Test
    void theHandlersDoAllOrNothing() throws HandlerException {
        assertThatThrownBy(() -> write("w.announce", "10.87.0.0/24\n10.88.0.0/24 x"))
                .hasMessage("'10.88.0.0/24 x' is not PREFIX [METRIC] [type 1|2]");
        assertThat(slice.routers.handlers().read("w.announced", "")).isEqualTo("[]");
        write("w.announce", "10.87.0.0/24");
        assertThatThrownBy(() -> write("w.withdraw", "10.87.0.0/24\n10.88.0.0/24"))
                .hasMessage("10.88.0.0/24 is not announced");
        assertThat(slice.routers.handlers().read("w.announced", "")).contains("10.87.0.0/24");
    }

    @Test
    void theConfigurationMayAnnounceFromTheStart() {
        String text =
                """
                node w 10.77.0.1
                announce 0.0.0.0/0
                announce 10.87.0.0/24 5 type 1
                node a 10.77.0.2
                """;
        SliceConfig config = SliceConfig.parse(text);
        assertThat(config.nodes().getFirst().announced())
                .hasToString("[0.0.0.0/0 20 type 2, 10.87.0.0/24 5 type 1]");
        assertThat(config.nodes().getLast().announced()).isEmpty();
        assertThatThrownBy(() -> SliceConfig.parse("announce 0.0.0.0/0"))
                .hasMessage("no node yet: announce 0.0.0.0/0");
    }
}
