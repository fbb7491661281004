package vini.routing.ospf.wire;

/** The Fletcher checksum of ISO 8473 that LSAs carry, RFC 2328 12.1.7. */
final class Fletcher {
    private Fletcher() {}

    /** Whether both sums over {@code length} bytes, check bytes included, are zero modulo 255. */
    static boolean holds(byte[] bytes, int from, int length) {
        long sums = sums(bytes, from, length);
        return sums == 0;
    }

    /**
     * The 16 check bits for a block in which they stand at {@code checkAt} and are zero now.
     *
     * @param checkAt index of the first check byte
     */
    static int of(byte[] bytes, int from, int length, int checkAt) {
        long sums = sums(bytes, from, length);
        int c0 = (int) (sums >>> 32);
        int c1 = (int) sums;
        // RFC 905 annex B: how the two check bytes must be for both sums to vanish.
        int x = Math.floorMod((from + length - checkAt - 1) * c0 - c1, 255);
        int y = Math.floorMod(-x - c0, 255);
        return (x == 0 ? 255 : x) << 8 | (y == 0 ? 255 : y);
    }

    private static long sums(byte[] bytes, int from, int length) {
        int c0 = 0;
        int c1 = 0;
        int end = from + length;
        for (int at = from; at < end; ) {
            // 4102 additions fit an int before it must be reduced.
            int stop = Math.min(end, at + 4102);
            for (; at < stop; at++) {
                c0 += bytes[at] & 0xff;
                c1 += c0;
            }
            c0 %= 255;
            c1 %= 255;
        }
        return (long) c0 << 32 | c1;
    }
}
