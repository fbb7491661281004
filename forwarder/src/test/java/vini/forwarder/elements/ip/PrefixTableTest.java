package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.net.Ipv4Address;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class PrefixTableTest {
    /** The slow reference: ways by length and prefix. */
    private final Map<Long, Integer> rows = new TreeMap<>();

    private static long key(int bits, int length) {
        return (bits & 0xffffffffL) << 6 | length;
    }

    private int slow(int address) {
        for (int length = 32; length >= 0; length--) {
            Integer way = rows.get(key(address & Ipv4Address.mask(length), length));
            if (way != null) {
                return way;
            }
        }
        return 0;
    }

    private void put(PrefixTable table, int bits, int length, int way) {
        rows.put(key(bits, length), way);
        table.put(bits, length, way);
    }

    private void remove(PrefixTable table, int bits, int length) {
        rows.remove(key(bits, length));
        table.remove(bits, length);
    }

    @Test
    void findsTheLongestPrefix() {
        PrefixTable table = new PrefixTable(false);
        table.put(0, 0, 1);
        table.put(0x0a000000, 8, 2);
        table.put(0x0a4d0001, 32, 3);
        table.put(0x80000000, 1, 4);
        assertThat(table.lookup(0x01020304)).isEqualTo(1);
        assertThat(table.lookup(0x0a4d0002)).isEqualTo(2);
        assertThat(table.lookup(0x0a4d0001)).isEqualTo(3);
        assertThat(table.lookup(0xffffffff)).isEqualTo(4);
        table.remove(0, 0);
        table.remove(0, 0);
        assertThat(table.lookup(0x01020304)).isZero();
        assertThat(table.size()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agreesWithASlowTableWhateverHappens(boolean alwaysLarge) {
        long seed = Long.getLong("seed", 20_061_121);
        Random random = new Random(seed);
        PrefixTable table = new PrefixTable(alwaysLarge);
        int deep = 0;
        int removed = 0;
        for (int step = 0; step < 20_000; step++) {
            // Few distinct prefixes, so that they nest and come again.
            int length = random.nextInt(33);
            int bits = random.nextInt(4) << 30 | random.nextInt(3) << 22 | random.nextInt(3) << 14;
            bits |= random.nextInt(3) << 7 | random.nextInt(4);
            bits &= Ipv4Address.mask(length);
            if (rows.containsKey(key(bits, length)) && random.nextInt(3) > 0) {
                remove(table, bits, length);
                removed++;
            } else {
                put(table, bits, length, 1 + random.nextInt(PrefixTable.WAYS_MAX));
            }
            for (int i = 0; i < 12; i++) {
                int address = near(random, bits, length);
                deep += rows.containsKey(key(address & Ipv4Address.mask(25), 25)) ? 1 : 0;
                assertThat(table.lookup(address))
                        .as("-Dseed=%d, step %d, %08x", seed, step, address)
                        .isEqualTo(slow(address));
            }
        }
        assertThat(deep).as("-Dseed=%d: lookups below /24", seed).isGreaterThan(1000);
        assertThat(removed).as("-Dseed=%d: removals", seed).isGreaterThan(3000);
        isWholeAndInOrder(table);
    }

    /** In the prefix, at its edges, or one bit beside it. */
    private static int near(Random random, int bits, int length) {
        int mask = Ipv4Address.mask(length);
        return switch (random.nextInt(4)) {
            case 0 -> bits;
            case 1 -> bits | ~mask;
            case 2 -> bits | random.nextInt() & ~mask;
            default -> bits ^ 1 << random.nextInt(32);
        };
    }

    private void isWholeAndInOrder(PrefixTable table) {
        List<String> got = new ArrayList<>();
        table.forEach((bits, length, way) -> got.add("%08x/%d %d".formatted(bits, length, way)));
        List<String> want = new ArrayList<>();
        rows.forEach(
                (key, way) -> want.add("%08x/%d %d".formatted((int) (key >>> 6), key & 63, way)));
        assertThat(got).isEqualTo(want);
        assertThat(table.size()).isEqualTo(rows.size());
    }

    @Test
    void growsAndShrinksAndIsRightAllTheWay() {
        long seed = Long.getLong("seed", 88);
        Random random = new Random(seed);
        PrefixTable table = new PrefixTable(false);
        List<Long> keys = new ArrayList<>();
        long largest = 0;
        for (int step = 0; step < 12_000; step++) {
            if (step < 6000) {
                int length = 9 + random.nextInt(24);
                int bits = 0x0a000000 | random.nextInt(1 << 24) & Ipv4Address.mask(length);
                bits |= random.nextBoolean() ? 0 : 0x0b000000;
                put(table, bits, length, 1 + random.nextInt(100));
                keys.add(key(bits, length));
            } else {
                long key = keys.remove(random.nextInt(keys.size()));
                remove(table, (int) (key >>> 6), (int) key & 63);
            }
            largest = Math.max(largest, table.bytes());
            long near = keys.isEmpty() ? 0 : keys.get(random.nextInt(keys.size()));
            int address = (int) (near >>> 6) | random.nextInt(512);
            assertThat(table.lookup(address))
                    .as("-Dseed=%d, step %d, %08x", seed, step, address)
                    .isEqualTo(slow(address));
            if (step % 3000 == 0) {
                isWholeAndInOrder(table);
            }
        }
        assertThat(largest).as("-Dseed=%d: it became large", seed).isGreaterThan(600_000);
        assertThat(table.size()).isZero();
        assertThat(table.bytes()).as("-Dseed=%d: it became small", seed).isZero();
    }

    @Test
    void givesItsBlocksBack() {
        PrefixTable table = new PrefixTable(false);
        table.put(0x0a000000, 9, 1);
        for (int round = 0; round < 10_000; round++) {
            int bits = 0x0a000000 | round << 8;
            table.put(bits, 32, 7);
            assertThat(table.lookup(bits)).isEqualTo(7);
            table.remove(bits, 32);
            assertThat(table.lookup(bits)).isEqualTo(1);
        }
        assertThat(table.bytes()).isLessThan(4000);
    }

    @Test
    void allOctetsMayBeSmallAtOnce() {
        PrefixTable table = new PrefixTable(false);
        for (int octet = 0; octet < 256; octet++) {
            for (int i = 0; i < 30; i++) {
                put(table, octet << 24 | i << 17 | 0x101, 32, 1 + (octet ^ i));
            }
        }
        for (int octet = 0; octet < 256; octet++) {
            for (int i = 0; i < 30; i++) {
                int address = octet << 24 | i << 17 | 0x101;
                assertThat(table.lookup(address)).isEqualTo(slow(address));
                assertThat(table.lookup(address + 1)).isZero();
            }
        }
        assertThat(table.bytes()).as("all are small").isLessThan(16_000_000);
    }

    @Test
    void saysWhenAnOctetIsFull() {
        PrefixTable table = new PrefixTable(false);
        int fits = 0;
        while (!table.isFull(0x0a000000, 32)) {
            table.put(0x0a000001 | fits << 8, 32, 7);
            fits++;
        }
        assertThat(fits).isBetween(32_000, 32_768);
        for (int i = 0; i < fits; i++) {
            assertThat(table.lookup(0x0a000001 | i << 8)).isEqualTo(7);
            assertThat(table.lookup(0x0a000000 | i << 8)).isZero();
        }
        assertThat(table.isFull(0x0b000000, 32)).isFalse();
    }
}
