package vini.bench;

import vini.net.Ipv4Address;

import java.util.SplittableRandom;

/**
 * Prefixes as a full table of the Internet has them: three fifths are /24, most others /16 to /23,
 * one in a hundred is longer. Where they are is random, which is harder on a table than reality.
 */
final class RandomRoutes {
    /** How many of a thousand have the lengths 16 to 24; the others are longer. */
    private static final int[] PER_MILLE = {13, 8, 14, 25, 44, 50, 110, 100, 626};

    private static final int SHORTEST = 16;
    private static final int THOUSAND = 1000;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final int[] bits;
    private final byte[] lengths;

    RandomRoutes(int number, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] seen = new long[2 * Integer.highestOneBit(Math.max(number, 1)) << 1];
        bits = new int[number];
        lengths = new byte[number];
        for (int i = 0; i < number; ) {
            int length = length(random.nextInt(THOUSAND), random);
            int prefix = unicast(random) & Ipv4Address.mask(length);
            if (add(seen, Integer.toUnsignedLong(prefix) << Byte.SIZE | length)) {
                bits[i] = prefix;
                lengths[i++] = (byte) length;
            }
        }
    }

    /** An open hash of numbers that are not 0: whether the number was not in it. */
    private static boolean add(long[] set, long number) {
        int at = (int) (number * SPREAD >>> Integer.SIZE) & set.length - 1;
        while (set[at] != 0) {
            if (set[at] == number) {
                return false;
            }
            at = at + 1 & set.length - 1;
        }
        set[at] = number;
        return true;
    }

    private static int length(int draw, SplittableRandom random) {
        int left = draw;
        for (int i = 0; i < PER_MILLE.length; i++) {
            left -= PER_MILLE[i];
            if (left < 0) {
                return SHORTEST + i;
            }
        }
        return SHORTEST + PER_MILLE.length + random.nextInt(Byte.SIZE);
    }

    private static int unicast(SplittableRandom random) {
        return random.nextInt(1, 224) << 24 | random.nextInt(1 << 24);
    }

    int size() {
        return bits.length;
    }

    /** A route: the prefix and one of 64 gateways. */
    String route(int index, int gateway) {
        return new Ipv4Address(bits[index])
                + "/"
                + lengths[index]
                + " 10.0.0."
                + (1 + (gateway & 63))
                + " 0";
    }

    /** The prefix alone. */
    String prefix(int index) {
        return new Ipv4Address(bits[index]) + "/" + lengths[index];
    }

    /** Addresses of random prefixes, random within them. */
    int[] destinations(int number, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] addresses = new int[number];
        for (int i = 0; i < number; i++) {
            int route = random.nextInt(bits.length);
            addresses[i] = bits[route] | random.nextInt() & ~Ipv4Address.mask(lengths[route]);
        }
        return addresses;
    }

    /** All of them in the text of a transaction. */
    String transaction(String verb) {
        StringBuilder text = new StringBuilder(32 * bits.length);
        for (int i = 0; i < bits.length; i++) {
            text.append(verb).append(' ').append(route(i, bits[i] >>> 8 ^ bits[i] >>> 16));
            text.append('\n');
        }
        return text.toString();
    }
}
