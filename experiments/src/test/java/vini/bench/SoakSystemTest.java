package vini.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vini.overlay.host.Possibility;
import vini.overlay.topology.End;

import java.io.IOException;

/** What leaks is found: a soak with leaks that were planted. */
class SoakSystemTest {
    /** A link that no transfer uses. */
    private static final int ASIDE = 6;

    private static final int ROUTES = 100_000;

    @BeforeEach
    void theMachineCan() {
        for (Need need : new Soak().needs()) {
            Possibility possible = need.trial().get();
            assumeTrue(possible.possible(), possible.sentence());
        }
    }

    @Test
    void packetsThatStayAndAHeapThatGrowsAreFound() throws Exception {
        Soak soak = new Soak(SoakSystemTest::leak);

        Result result = Bench.run(soak, new Effort(1, 2, true), null, doing -> {});

        assertThat(result.unable()).isNull();
        assertThat(result.shortfalls())
                .extracting(Bound::subject)
                .contains(
                        "when all has drained: packets in use",
                        "when all has drained: live heap more than before")
                .doesNotContain("what the books miss");
    }

    /** Hellos that never arrive, and routes that nobody takes away again. */
    private static void leak(Slice slice) throws IOException {
        for (End end : End.values()) {
            slice.keeper().links().set(slice.link(ASIDE), end, "delay", "60s");
        }
        StringBuilder routes = new StringBuilder();
        for (int i = 0; i < ROUTES; i++) {
            routes.append(
                    "set 100.%d.%d.%d/32 2\n".formatted(64 + (i >> 16), i >> 8 & 255, i & 255));
        }
        slice.keeper().writeForwarder("src/fib.ctrl", routes.toString());
    }
}
