package vini.forwarder.elements.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;
import java.util.TreeMap;

class HashIndexTest {
    /** Few hashes, so that probes are long and wrap around; all that was entered is found. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsInItIsFoundAndNothingElse(long seed) {
        Random chance = new Random(seed);
        HashIndex index = new HashIndex(2);
        TreeMap<Integer, Integer> model = new TreeMap<>();
        for (int step = 0; step < 20_000; step++) {
            int reference = chance.nextInt(600);
            Integer hash = model.remove(reference);
            if (hash != null) {
                index.remove(hash, reference);
                index.remove(hash, reference); // is not there any more
            } else {
                int fresh = -1 - chance.nextInt(40);
                model.put(reference, fresh);
                index.enter(fresh, reference);
            }
            assertThat(index.size()).as("seed %d", seed).isEqualTo(model.size());
            int asked = chance.nextInt(600);
            assertThat(find(index, model.getOrDefault(asked, -1), asked))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(model.containsKey(asked));
        }
        assertThat(index.bytes()).isLessThanOrEqualTo(8L * 4 * 600);
    }

    private static boolean find(HashIndex index, int hash, int reference) {
        long[] slots = index.slots();
        int mask = slots.length - 1;
        for (int at = hash & mask; slots[at] != 0; at = at + 1 & mask) {
            if (slots[at] == ((long) hash << 32 | reference + 1)) {
                return true;
            }
        }
        return false;
    }
}
