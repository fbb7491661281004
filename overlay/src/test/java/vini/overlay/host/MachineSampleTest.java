package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class MachineSampleTest {
    @Test
    void readsTheSumOfAllProcessors() throws IOException {
        MachineSample sample =
                MachineSample.of(
                        "cpu  100 1 50 1000 9 3 7 30 12 0\ncpu0 50 1 25 500 4 1 3 15 6 0\n",
                        4,
                        5,
                        6);
        assertThat(sample).isEqualTo(new MachineSample(161, 30, 1200, 4, 5, 6));
    }

    @Test
    void whatIsNoStatIsRefused() {
        for (String text : new String[] {"", "cpu 1 2 3", "intr 1 2 3 4 5 6 7 8 9"}) {
            assertThatThrownBy(() -> MachineSample.of(text, 0, 0, 0))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void thisMachineHasProcessorsThatWork() throws IOException {
        MachineSample before = MachineSample.now();
        MachineSample after = MachineSample.now();
        assertThat(before.allTicks()).isPositive();
        assertThat(before.busyTicks()).isPositive().isLessThan(before.allTicks());
        assertThat(after.monotonicNanos()).isGreaterThanOrEqualTo(before.monotonicNanos());
    }
}
