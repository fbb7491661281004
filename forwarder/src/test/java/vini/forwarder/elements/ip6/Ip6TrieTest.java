package vini.forwarder.elements.ip6;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import vini.net.Ipv6Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class Ip6TrieTest {
    @Test
    void findsTheLongest() {
        Ip6Trie<String> trie = new Ip6Trie<>();
        trie.put(Prefix.parse("::/0"), "all");
        trie.put(Prefix.parse("2001:db8::/32"), "net");
        trie.put(Prefix.parse("2001:db8::1/128"), "host");
        assertThat(lookup(trie, "2001:db8::1")).isEqualTo("host");
        assertThat(lookup(trie, "2001:db8::2")).isEqualTo("net");
        assertThat(lookup(trie, "2001:db9::2")).isEqualTo("all");
        trie.remove(Prefix.parse("::/0"));
        trie.remove(Prefix.parse("2001:db8::/33"));
        assertThat(lookup(trie, "2001:db9::2")).isNull();
        trie.remove(Prefix.parse("2001:db8::/32"));
        assertThat(lookup(trie, "2001:db8::1")).isEqualTo("host");
    }

    private static @Nullable String lookup(Ip6Trie<String> trie, String text) {
        Ipv6Address address = Ipv6Address.parse(text);
        return trie.lookup(address.high(), address.low());
    }

    /** Against a search through all prefixes; the prefixes share many bits. */
    @Test
    void agreesWithASearchThroughAll() {
        long seed = Long.getLong("seed", 20261122);
        Random random = new Random(seed);
        Ip6Trie<Integer> trie = new Ip6Trie<>();
        Map<Prefix, Integer> table = new TreeMap<>();
        int found = 0;
        int nothing = 0;
        for (int i = 0; i < 20_000; i++) {
            Prefix prefix = new Prefix(near(random), random.nextInt(129));
            if (random.nextInt(3) > 0 && table.size() < 150) {
                trie.put(prefix, i);
                table.put(prefix, i);
            } else {
                List<Prefix> present = new ArrayList<>(table.keySet());
                Prefix gone =
                        present.isEmpty() || random.nextInt(4) == 0
                                ? prefix
                                : present.get(random.nextInt(present.size()));
                trie.remove(gone);
                table.remove(gone);
            }
            Ipv6Address address = near(random);
            Integer expected = slow(table, address);
            assertThat(trie.lookup(address.high(), address.low()))
                    .as("-Dseed=%d, step %d", seed, i)
                    .isEqualTo(expected);
            found += expected == null ? 0 : 1;
            nothing += expected == null ? 1 : 0;
        }
        assertThat(found).isGreaterThan(1000);
        assertThat(nothing).isGreaterThan(100);
    }

    private static @Nullable Integer slow(Map<Prefix, Integer> table, Ipv6Address address) {
        Integer best = null;
        int length = -1;
        for (Map.Entry<Prefix, Integer> entry : table.entrySet()) {
            if (entry.getKey().contains(address) && entry.getKey().length() > length) {
                best = entry.getValue();
                length = entry.getKey().length();
            }
        }
        return best;
    }

    private static Ipv6Address near(Random random) {
        long high = random.nextInt(4) == 0 ? random.nextLong() : 1L << random.nextInt(64);
        return new Ipv6Address(high, random.nextBoolean() ? 1L << random.nextInt(64) : 0);
    }
}
