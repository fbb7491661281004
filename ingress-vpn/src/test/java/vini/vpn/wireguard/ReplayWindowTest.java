package vini.vpn.wireguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.TreeSet;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    private boolean take(long counter) {
        if (!window.isNew(counter)) {
            return false;
        }
        window.accept(counter);
        return true;
    }

    @Test
    void takesEachCounterOnce() {
        for (long i = 0; i < 20_000; i++) {
            assertThat(take(i)).isTrue();
            assertThat(take(i)).isFalse();
        }
    }

    @Test
    void takesWhatIsLateByLessThanTheWindow() {
        assertThat(take(10_000)).isTrue();
        assertThat(take(10_000 - ReplayWindow.SIZE)).isFalse();
        assertThat(take(10_001 - ReplayWindow.SIZE)).isTrue();
        assertThat(take(10_001 - ReplayWindow.SIZE)).isFalse();
        assertThat(take(9_999)).isTrue();
    }

    @Test
    void worksAtTheEndOfTheNumbers() {
        long high = -2L - (1L << 13);
        assertThat(take(high)).isTrue();
        assertThat(take(high)).isFalse();
        assertThat(take(high - 5)).isTrue();
        assertThat(take(3)).isFalse();
    }

    @Test
    void isASetOfTheLastCounters() {
        long seed = Long.getLong("seed", 20261122);
        Random random = new Random(seed);
        TreeSet<Long> seen = new TreeSet<>();
        long highest = -1;
        int late = 0;
        for (int i = 0; i < 200_000; i++) {
            long jump = random.nextInt(1000) == 0 ? random.nextInt(40_000) : random.nextInt(20);
            long counter =
                    Math.max(0, highest + jump - (long) random.nextInt(10) * random.nextInt(1200));
            boolean wanted = counter > highest - ReplayWindow.SIZE && !seen.contains(counter);
            assertThat(take(counter))
                    .as("-Dseed=%d, %d at %d", seed, counter, highest)
                    .isEqualTo(wanted);
            late += wanted && counter < highest ? 1 : 0;
            highest = Math.max(highest, counter);
            seen.add(counter);
            seen.headSet(highest - 2 * ReplayWindow.SIZE).clear();
        }
        assertThat(late).isPositive();
    }
}
