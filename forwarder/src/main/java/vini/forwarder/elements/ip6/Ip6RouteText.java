package vini.forwarder.elements.ip6;

import vini.forwarder.elements.ip.RouteLine;

/**
 * Reads commands as a router writes them, {@code set 2001:db8::/32 fd00::1 1}. What is written in
 * another way it does not understand, and leaves it to {@link Ip6Route#parse}.
 */
final class Ip6RouteText {
    private static final int GROUPS = 8;
    private static final int BITS = 128;

    private final RouteLine line = new RouteLine();
    private final int[] groups = new int[GROUPS];
    private long high;
    private long low;
    private int length;

    /** The verb, and the way where it leads to one. */
    RouteLine line() {
        return line;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    int length() {
        return length;
    }

    /** Reads the command from {@code from} to {@code to}; false if it is no plain one. */
    boolean read(String text, int from, int to) {
        return line.begin(text, from, to) && readAddress() && readLength() && line.finish();
    }

    /** Groups of four digits, and at most one gap, which stands for one group at least. */
    private boolean readAddress() {
        int number = 0;
        int gap = -1;
        if (line.skip(':')) {
            if (!line.skip(':')) {
                return false;
            }
            gap = 0;
        }
        while (number < GROUPS) {
            int group = line.number(4, 16);
            if (group < 0) {
                break;
            }
            groups[number++] = group;
            if (!line.skip(':')) {
                return finish(number, gap);
            }
            if (line.skip(':')) {
                if (gap >= 0) {
                    return false;
                }
                gap = number;
            }
        }
        // Then a colon came last, which may only be that of the gap.
        return gap == number && finish(number, gap);
    }

    private boolean finish(int number, int gap) {
        int missing = GROUPS - number;
        if (gap < 0 ? missing != 0 : missing == 0) {
            return false;
        }
        high = 0;
        low = 0;
        for (int i = 0; i < GROUPS; i++) {
            boolean before = gap < 0 || i < gap;
            int from = before ? i : i - missing;
            long group = before || from >= gap ? groups[from] : 0;
            high = high << 16 | low >>> 48;
            low = low << 16 | group;
        }
        return true;
    }

    /** What is set without a length may have a mask behind a space. */
    private boolean readLength() {
        length = BITS;
        if (line.skip('/')) {
            length = line.number(3, 10);
        } else if (!line.isRemove()) {
            return false;
        }
        if (length < 0 || length > BITS) {
            return false;
        }
        high &= Ip6Trie.mask(length);
        low &= Ip6Trie.mask(length - Long.SIZE);
        return true;
    }
}
