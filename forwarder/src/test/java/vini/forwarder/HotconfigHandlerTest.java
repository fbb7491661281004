package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vini.forwarder.control.HandlerSpace;
import vini.forwarder.punt.PuntExchange;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.util.ArrayList;
import java.util.List;

/** A node whose graph is replaced while its process runs, as by the overlay. */
class HotconfigHandlerTest {
    private static final String NODE =
            """
            fib :: RadixIPLookup(10.0.0.1/32 0);
            Idle -> fib; fib[0] -> Discard;
            fib[1] -> to_b :: Link(DELAY 5ms) -> Discard;
            router :: RouterPort(to_b); Idle -> router; router[0] -> to_b;
            """;

    private static final String WITH_A_DOOR = NODE + "fib[2] -> Discard;";

    private final GraphProcess process =
            new GraphProcess(new VirtualLoop(new VirtualClock()), new Seed(1));
    private final HandlerSpace handlers = process.handlers();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void aNodeRuns() throws Exception {
        process.start("a", "a.click", NODE);
        handlers.write("a/fib.set", "10.9.0.0/16 10.1.0.2 1");
        handlers.write("a/to_b.state", "silent");
        handlers.write("a/to_b.loss", "1%");
        process.shared()
                .get(PuntExchange.class, PuntExchange::new)
                .attach(
                        new PuntExchange.Router() {
                            @Override
                            public boolean packet(String node, int link, ByteBuf ipPacket) {
                                return true;
                            }

                            @Override
                            public void carrier(String node, int link, boolean up) {
                                told.add(node + link + up);
                            }
                        });
        told.clear();
    }

    @AfterEach
    void end() {
        process.close();
    }

    @Test
    void whatWasLearnedAndSetStaysAndTheRouterHearsNothing() throws Exception {
        handlers.write("a.hotconfig", WITH_A_DOOR);
        handlers.write("a/fib.set", "10.87.0.1/32 2");
        assertThat(handlers.read("a.config", "")).isEqualTo(WITH_A_DOOR);
        assertThat(handlers.read("a/fib.lookup", "10.9.1.1")).isEqualTo("1 10.1.0.2");
        assertThat(handlers.read("a/to_b.state", "")).isEqualTo("silent");
        assertThat(handlers.read("a/to_b.loss", "")).isEqualTo("1%");
        handlers.write("a/fib.remove", "10.87.0.1/32");
        handlers.write("a.hotconfig", NODE);
        assertThat(handlers.read("a/fib.lookup", "10.9.1.1")).isEqualTo("1 10.1.0.2");
        assertThat(handlers.read("a/to_b.state", "")).isEqualTo("silent");
        assertThat(told).isEmpty();
    }

    @Test
    void aWrongTextIsRefusedWithItsMistakesAndTheNodeGoesOn() throws Exception {
        assertThatThrownBy(() -> handlers.write("a.hotconfig", NODE + "x :: Nonsense;"))
                .isInstanceOf(HandlerException.class)
                .hasMessageContaining("hotconfig:")
                .hasMessageContaining("Nonsense");
        assertThat(handlers.read("a.config", "")).isEqualTo(NODE);
        assertThat(handlers.read("a/fib.lookup", "10.9.1.1")).isEqualTo("1 10.1.0.2");
        handlers.write("a.hotconfig", WITH_A_DOOR);
        assertThat(handlers.read("list", "")).isEqualTo("a\n");
    }
}
