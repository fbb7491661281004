package vini.forwarder.elements.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import vini.forwarder.ConfigException;
import vini.forwarder.Graph;
import vini.forwarder.GraphProcess;
import vini.forwarder.HandlerException;
import vini.forwarder.VirtualLoop;
import vini.time.Seed;
import vini.time.VirtualClock;

class BuiltinHostTest {
    private static final long MS = 1_000_000L;

    private final VirtualClock clock = new VirtualClock();
    private final VirtualLoop loop = new VirtualLoop(clock);
    private final GraphProcess process = new GraphProcess(loop, new Seed(1));

    @AfterEach
    void freeThePool() {
        process.close();
        loop.packets().close();
    }

    private Graph graph(String name, String text) throws ConfigException {
        return process.start(name, name + ".click", text);
    }

    private Graph pair() throws ConfigException {
        return graph(
                "pair",
                """
                a :: BuiltinHost(10.77.0.1);
                b :: BuiltinHost(10.77.0.2, SEED 4);
                a -> there :: Link(DELAY 38ms) -> b;
                b -> back :: Link(DELAY 38ms) -> a;
                """);
    }

    @Test
    void pingsAcrossAGraph() throws Exception {
        Graph pair = pair();
        pair.write("a", "start", "rtt ping DST 10.77.0.2, EVERY 100ms, FOR 150ms");
        clock.runUntil(1000 * MS);
        assertThat(pair.read("a", "apps", "")).isEqualTo("rtt\n");
        assertThat(pair.read("a", "log", "rtt 4"))
                .isEqualTo(
                        "log 4 6 0\n"
                                + "state 100000000 draining sent 2 replies 1 duplicates 0 errors 0"
                                + " stale 0 skipped 0\n"
                                + "reply 1 176000000 64\n");
        assertThat(pair.read("b", "counters", ""))
                .isEqualTo("packets_in 2\npackets_out 2\necho_answered 2\n");
        pair.write("a", "remove", "rtt");
        assertThat(pair.read("a", "apps", "")).isEmpty();
        process.close();
        assertThat(loop.packets().inUse()).isZero();
    }

    @Test
    void carriesOneWindowPerRoundTrip() throws Exception {
        Graph pair = pair();
        pair.write("b", "start", "in receive WINDOW 28KB, CHECK true");
        pair.write("a", "start", "out send DST 10.77.0.2");
        clock.runUntil(3_000 * MS);
        String log = pair.read("b", "log", "in 0");
        String last = log.strip().substring(log.strip().lastIndexOf(' ') + 1);
        // The first round trips belong to the handshake and to slow start.
        assertThat(Long.parseLong(last)).isBetween(28_672L * 37, 28_672L * 39);
        assertThat(log).doesNotContain("corrupt");
        process.close();
        assertThat(loop.packets().inUse()).isZero();
    }

    @Test
    void talksToItselfThroughItsGraph() throws Exception {
        Graph self = graph("self", "a :: BuiltinHost(10.77.0.1); a -> a;");
        self.write("a", "start", "rtt ping DST 10.77.0.1, FOR 1s");
        clock.runUntil(10 * MS);
        assertThat(self.read("a", "log", "rtt 3")).isEqualTo("log 3 4 0\nreply 0 0 64\n");
        process.close();
        assertThat(loop.packets().inUse()).isZero();
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        assertThatThrownBy(() -> graph("none", "a :: BuiltinHost(); a -> a;"))
                .hasMessageContaining("missing argument ADDRESS");
        Graph pair = pair();
        assertThatThrownBy(() -> pair.write("a", "start", "ping"))
                .isInstanceOf(HandlerException.class)
                .hasMessage("'ping' is not NAME KIND ARGUMENTS like 'rtt ping DST 10.77.0.11'");
        assertThatThrownBy(() -> pair.write("a", "start", "x ping EVERY 1s"))
                .isInstanceOf(HandlerException.class)
                .hasMessage("ping: DST is missing");
        pair.write("a", "start", "x receive");
        assertThatThrownBy(() -> pair.write("a", "start", "x receive"))
                .isInstanceOf(HandlerException.class)
                .hasMessage("there is an app \"x\" already");
        assertThatThrownBy(() -> pair.read("a", "log", "y"))
                .isInstanceOf(HandlerException.class)
                .hasMessage("there is no app \"y\" at this host");
        process.close();
    }
}
