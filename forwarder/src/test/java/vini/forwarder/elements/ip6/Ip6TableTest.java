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

class Ip6TableTest {
    private static void put(Ip6Table table, Prefix prefix, int output) {
        table.put(new Ip6Route(prefix, new Ipv6Address(0, 0), output));
    }

    private static @Nullable Integer lookup(Ip6Table table, Ipv6Address address) {
        Ip6Table.Way way = table.lookup(address.high(), address.low());
        return way == null ? null : (Integer) way.output();
    }

    @Test
    void findsTheLongest() {
        Ip6Table table = new Ip6Table();
        put(table, Prefix.parse("::/0"), 1);
        put(table, Prefix.parse("2001:db8::/32"), 2);
        put(table, Prefix.parse("2001:db8::1/128"), 3);
        assertThat(lookup(table, Ipv6Address.parse("2001:db8::1"))).isEqualTo(3);
        assertThat(lookup(table, Ipv6Address.parse("2001:db8::2"))).isEqualTo(2);
        assertThat(lookup(table, Ipv6Address.parse("2001:db9::2"))).isEqualTo(1);
        table.remove(Prefix.parse("::/0"));
        table.remove(Prefix.parse("2001:db8::/33"));
        assertThat(lookup(table, Ipv6Address.parse("2001:db9::2"))).isNull();
        table.remove(Prefix.parse("2001:db8::/32"));
        assertThat(lookup(table, Ipv6Address.parse("2001:db8::1"))).isEqualTo(3);
        assertThat(table.size()).isEqualTo(1);
    }

    /** Against a search through all prefixes; the prefixes share many bits. */
    @Test
    void agreesWithASearchThroughAll() {
        long seed = Long.getLong("seed", 20261122);
        Random random = new Random(seed);
        Ip6Table fast = new Ip6Table();
        Map<Prefix, Integer> table = new TreeMap<>();
        int found = 0;
        int nothing = 0;
        for (int i = 0; i < 20_000; i++) {
            Prefix prefix = new Prefix(near(random), random.nextInt(129));
            if (random.nextInt(3) > 0 && table.size() < 150) {
                put(fast, prefix, i & 1023);
                table.put(prefix, i & 1023);
            } else {
                List<Prefix> present = new ArrayList<>(table.keySet());
                Prefix gone =
                        present.isEmpty() || random.nextInt(4) == 0
                                ? prefix
                                : present.get(random.nextInt(present.size()));
                fast.remove(gone);
                table.remove(gone);
            }
            Ipv6Address address = near(random);
            Integer expected = slow(table, address);
            assertThat(lookup(fast, address)).as("-Dseed=%d, step %d", seed, i).isEqualTo(expected);
            found += expected == null ? 0 : 1;
            nothing += expected == null ? 1 : 0;
        }
        assertThat(fast.routes().keySet()).isEqualTo(table.keySet());
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
