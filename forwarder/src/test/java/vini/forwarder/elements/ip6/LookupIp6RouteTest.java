package vini.forwarder.elements.ip6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.HandlerException;
import vini.forwarder.kit.GraphRun;

class LookupIp6RouteTest {
    private static final String GRAPH =
            "in :: Inject -> rt :: LookupIP6Route(fd00::/8 0, 2001:db8::/32 fd00::1 0)"
                    + " -> Discard;";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add fd00::/8 0",
                "remove 2001::/16",
                "set ::/0 1",
                "set ::/0",
                "jump",
                "set ::/0 nobody 0",
            })
    void aWrongCommandUndoesThoseBeforeIt(String wrong) throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            String table = run.read("rt.table");
            String right =
                    """
                    set fd00::/8 fd00::2 0
                    remove 2001:db8::/32
                    add 2001:db8::/32 fd00::3 0
                    set fd00::/8 fd00::4 0
                    add ::/0 fd00::2 0
                    """;
            assertThatThrownBy(() -> run.write("rt.ctrl", right + wrong))
                    .isInstanceOf(HandlerException.class);
            assertThat(run.read("rt.table")).isEqualTo(table);
            run.write("rt.ctrl", right);
            assertThat(run.read("rt.table"))
                    .isEqualTo(
                            """
                            ::/0 fd00::2 0
                            2001:db8::/32 fd00::3 0
                            fd00::/8 fd00::4 0
                            """);
        }
    }

    /** The number of a way that nobody uses any more is soon another's. */
    @Test
    void aWayIsRememberedNoLongerThanItIsUsed() throws Exception {
        try (GraphRun run = GraphRun.of(GRAPH)) {
            for (int i = 1; i < 200; i++) {
                String gateway = "fd00::" + (1 + i % 7);
                run.write("rt.ctrl", "set fd00::/8 " + gateway + " 0");
                assertThat(run.read("rt.lookup", "fd00::9")).isEqualTo("0 " + gateway);
            }
        }
    }
}
