package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import vini.forwarder.kit.HostileText;

import java.nio.charset.StandardCharsets;

/** Any text is a graph that starts, runs, balances and closes without a leak, or is refused. */
class GraphFuzzTest {
    /** What scripts can talk to. */
    private static final String AROUND =
            """
            src :: RatedSource(RATE 100) -> c :: Counter -> q :: Queue(7) -> s :: Shaper(5)
              -> Unqueue -> w :: Switch -> Discard; w[1] -> Idle;
            rt :: RadixIPLookup(1.0.0.0/8 0); Idle -> rt -> Discard;
            f :: Script(TYPE PASSIVE, return $(add $1 1));
            """;

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @FuzzTest
    @Timeout(10)
    void anyTextRunsOrIsRefused(byte[] text) {
        HostileText.play(text(text));
    }

    @FuzzTest
    @Timeout(10)
    void anyScriptEnds(byte[] instructions) {
        HostileText.play(AROUND + "x :: Script(" + text(instructions) + ");");
    }

    /** If it were not, no script would ever run. */
    @Test
    void theGraphAroundIsSound() {
        assertThat(HostileText.play(AROUND + "x :: Script(print $(f.run 1));")).isTrue();
    }
}
