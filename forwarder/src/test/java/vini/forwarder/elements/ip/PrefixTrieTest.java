package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import vini.net.Ipv4Address;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class PrefixTrieTest {
    private record Row(int prefix, int length, int value) {
        boolean contains(int address) {
            return (address & Ipv4Address.mask(length)) == prefix;
        }
    }

    /** The slow reference: a list. */
    private final List<Row> rows = new ArrayList<>();

    private final PrefixTrie trie = new PrefixTrie();

    private Row best(int address, int lengthMax) {
        Row best = new Row(0, 0, 0);
        for (Row row : rows) {
            boolean longer = row.length > best.length || best.value == 0;
            if (row.length <= lengthMax && row.contains(address) && longer) {
                best = row;
            }
        }
        return best;
    }

    @Test
    void findsTheLongestPrefix() {
        trie.put(0, 0, 1);
        trie.put(0x0a000000, 8, 2);
        trie.put(0x0a4d0001, 32, 3);
        trie.put(0x80000000, 1, 4);
        assertThat(trie.lookup(0x01020304)).isEqualTo(1);
        assertThat(trie.lookup(0x0a4d0002)).isEqualTo(2);
        assertThat(trie.lookup(0x0a4d0001)).isEqualTo(3);
        assertThat(trie.lookup(0xffffffff)).isEqualTo(4);
        trie.remove(0, 0, 0, 0);
        assertThat(trie.lookup(0x01020304)).isZero();
    }

    @Test
    void agreesWithASlowTableWhateverHappens() {
        long seed = Long.getLong("seed", 20_061_121);
        Random random = new Random(seed);
        int deep = 0;
        int uncovered = 0;
        for (int step = 0; step < 6000; step++) {
            Row row = random(random);
            Row old = find(row);
            if (old == null) {
                rows.add(row);
                trie.put(row.prefix, row.length, row.value);
            } else {
                rows.remove(old);
                if (random.nextInt(3) == 0) {
                    rows.add(row);
                    trie.put(row.prefix, row.length, row.value);
                } else {
                    Row cover = best(row.prefix, row.length - 1);
                    trie.remove(row.prefix, row.length, cover.value, cover.length);
                    uncovered += cover.value != 0 ? 1 : 0;
                }
            }
            for (int i = 0; i < 12; i++) {
                int address = near(random, row);
                int want = best(address, 32).value;
                deep += best(address, 32).length > 24 ? 1 : 0;
                assertThat(trie.lookup(address))
                        .as("-Dseed=%d, step %d, %08x", seed, step, address)
                        .isEqualTo(want);
            }
        }
        assertThat(deep).as("-Dseed=%d: lookups below /24", seed).isGreaterThan(1000);
        assertThat(uncovered).as("-Dseed=%d: removals under a cover", seed).isGreaterThan(300);
        assertThat(rows).as("-Dseed=%d: size of the table", seed).hasSizeGreaterThan(100);
    }

    @Test
    void givesItsBlocksBack() {
        for (int round = 0; round < 10_000; round++) {
            trie.put(round << 8, 32, 7);
            assertThat(trie.lookup(round << 8)).isEqualTo(7);
            trie.remove(round << 8, 32, 0, 0);
            assertThat(trie.lookup(round << 8)).isZero();
        }
        assertThat(trie.blocks()).isLessThanOrEqualTo(4);
    }

    private @Nullable Row find(Row row) {
        for (Row old : rows) {
            if (old.prefix == row.prefix && old.length == row.length) {
                return old;
            }
        }
        return null;
    }

    /** Few distinct prefixes, so that they nest and come again. */
    private static Row random(Random random) {
        int length = random.nextInt(33);
        int bits = random.nextInt(4) << 30 | random.nextInt(3) << 22 | random.nextInt(3) << 14;
        bits |= random.nextInt(3) << 7 | random.nextInt(4);
        return new Row(bits & Ipv4Address.mask(length), length, 1 + random.nextInt(1 << 20));
    }

    /** In the row's prefix, at its edges, or one bit beside it. */
    private static int near(Random random, Row row) {
        int mask = Ipv4Address.mask(row.length);
        return switch (random.nextInt(4)) {
            case 0 -> row.prefix;
            case 1 -> row.prefix | ~mask;
            case 2 -> row.prefix | random.nextInt() & ~mask;
            default -> row.prefix ^ 1 << random.nextInt(32);
        };
    }
}
