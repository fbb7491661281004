package vini.forwarder.elements.ip6;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.forwarder.Batch;
import vini.net.Ipv6Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class Ip6TrieTest {
    private final Random random = new Random(Long.getLong("seed", 20261122));
    private final Ip6Trie trie = new Ip6Trie();
    private final Map<Prefix, Integer> slow = new LinkedHashMap<>();

    private static Ipv6Address address(Prefix prefix) {
        return (Ipv6Address) prefix.address();
    }

    private void put(Prefix prefix, int number) {
        trie.put(address(prefix).high(), address(prefix).low(), prefix.length(), number);
        slow.put(prefix, number);
    }

    private void remove(Prefix prefix) {
        trie.remove(address(prefix).high(), address(prefix).low(), prefix.length());
        slow.remove(prefix);
    }

    /** By the prefixes of the address, the longest first. */
    private int slowly(Ipv6Address address) {
        for (int length = 128; length >= 0; length--) {
            Integer number = slow.get(new Prefix(address, length));
            if (number != null) {
                return number;
            }
        }
        return 0;
    }

    /** Addresses that have long beginnings in common, up to all 128 bits. */
    private Ipv6Address near() {
        int shared = random.nextInt(129);
        Ipv6Address one = new Ipv6Address(0x20010db8_00000000L, 1).masked(shared);
        Ipv6Address other = new Ipv6Address(random.nextLong(4), random.nextLong(4));
        return new Ipv6Address(one.high() ^ other.high() << 61, one.low() ^ other.low());
    }

    private void check() {
        assertThat(trie.size()).isEqualTo(slow.size());
        Map<Prefix, Integer> rows = new LinkedHashMap<>();
        trie.forEach(
                (high, low, length, number) ->
                        rows.put(new Prefix(new Ipv6Address(high, low), length), number));
        assertThat(rows).isEqualTo(slow);
        slow.forEach(
                (prefix, number) ->
                        assertThat(
                                        trie.get(
                                                address(prefix).high(),
                                                address(prefix).low(),
                                                prefix.length()))
                                .as("%s", prefix)
                                .isEqualTo(number));
    }

    private void checkLookups() {
        long[] high = new long[Batch.CAPACITY];
        long[] low = new long[Batch.CAPACITY];
        int[] found = new int[Batch.CAPACITY];
        int[] expected = new int[Batch.CAPACITY];
        for (int i = 0; i < Batch.CAPACITY; i++) {
            Ipv6Address address = near();
            high[i] = address.high();
            low[i] = address.low();
            expected[i] = slowly(address);
            assertThat(trie.lookup(high[i], low[i])).isEqualTo(expected[i]);
        }
        trie.lookup(high, low, found, Batch.CAPACITY);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void agreesWithAMapOfPrefixesAsItGrowsAndShrinks() {
        int most = 0;
        for (int round = 0; round < 400; round++) {
            boolean grows = round % 40 < 20;
            for (int i = 0; i < 50; i++) {
                Prefix prefix = new Prefix(near(), random.nextInt(129));
                if (grows || random.nextInt(4) == 0) {
                    put(prefix, 1 + random.nextInt(1 << 20));
                } else {
                    List<Prefix> present = new ArrayList<>(slow.keySet());
                    remove(
                            present.isEmpty()
                                    ? prefix
                                    : present.get(random.nextInt(present.size())));
                }
            }
            most = Math.max(most, slow.size());
            check();
            checkLookups();
        }
        assertThat(most).isGreaterThan(500);
    }

    @Test
    void aPrefixThatIsNotThereIsNotRemoved() {
        put(Prefix.parse("2001:db8::/32"), 1);
        put(Prefix.parse("2001:db8::1/128"), 2);
        for (String other : List.of("2001:db8::/33", "2001:db8::/127", "2001:db9::/32", "::/0")) {
            remove(Prefix.parse(other));
        }
        check();
    }

    @Test
    void whatIsTakenOutLeavesItsRoomToOthers() {
        List<Prefix> prefixes = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Ipv6Address address = new Ipv6Address(random.nextLong(), random.nextLong());
            prefixes.add(new Prefix(address, 20 + random.nextInt(109)));
        }
        prefixes.forEach(prefix -> put(prefix, 1));
        long bytes = trie.bytes();
        for (int round = 0; round < 10; round++) {
            prefixes.forEach(this::remove);
            assertThat(trie.size()).isZero();
            prefixes.forEach(prefix -> put(prefix, 2));
        }
        assertThat(trie.bytes()).isEqualTo(bytes);
        assertThat(bytes / 5000).as("bytes a prefix").isLessThan(150);
        check();
    }
}
