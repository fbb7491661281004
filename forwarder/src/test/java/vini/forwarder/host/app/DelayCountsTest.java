package vini.forwarder.host.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelayCountsTest {
    private final DelayCounts counts = new DelayCounts();

    @Test
    void isExactToAMicrosecondAndThenToAFewPerMille() {
        for (long micros = 0; micros < 20_000_000; micros = micros * 5 / 4 + 1) {
            counts.add(micros * 1000);
            String[] word = counts.take().split(":", -1);
            assertThat(Double.parseDouble(word[0]))
                    .isBetween(micros * 0.998, Math.max((double) micros, micros * 1.002));
            assertThat(word[1]).isEqualTo("1");
        }
    }

    @Test
    void beginsAnewOnceItWasRead() {
        counts.add(5_500);
        counts.add(5_900);
        counts.add(-3);
        counts.add(Long.MAX_VALUE);
        assertThat(counts.take()).matches("0:1 5:2 [0-9]{11,}:1");
        assertThat(counts.take()).isEmpty();
    }
}
