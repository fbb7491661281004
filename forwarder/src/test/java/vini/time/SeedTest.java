package vini.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;

class SeedTest {
    @Test
    void theSameSeedAndNameGiveTheSameNumbers() {
        assertThat(new Seed(7).generator("a/link").ints(20).toArray())
                .isEqualTo(new Seed(7).generator("a/link").ints(20).toArray());
    }

    @Test
    void namesAndSeedsAreIndependent() {
        Set<Long> seen = new TreeSet<>();
        for (int seed = 0; seed < 100; seed++) {
            for (int name = 0; name < 100; name++) {
                seen.add(new Seed(seed).derive("n" + name));
            }
            seen.add(new Seed(seed).derive(""));
        }
        assertThat(seen).hasSize(100 * 101);
    }

    @Test
    void whatOldRunsSawStaysAsItWas() {
        // If these change, runs with a recorded seed can no longer be repeated.
        assertThat(new Seed(42).derive("wash/to_nycm")).isEqualTo(0xfc90236b52f4cde1L);
    }
}
