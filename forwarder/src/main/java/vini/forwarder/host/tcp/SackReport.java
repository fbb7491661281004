package vini.forwarder.host.tcp;

import vini.net.wire.TcpOptions;

/**
 * Which blocks our acknowledgments report: the latest first, then those before it (RFC 2018 4), and
 * before all of them, once, data that came twice (RFC 2883 4).
 */
final class SackReport {
    /** A sequence number of each of the blocks that grew last, the latest first. */
    private final long[] recent = new long[TcpOptions.SACK_BLOCKS_MAX];

    private int recentCount;
    private long twiceFrom;
    private long twiceTo;

    /** Data at {@code sequence} has come beyond a gap; {@code islands} has it already. */
    void arrived(long sequence, Ranges islands) {
        int island = islands.indexOf(sequence);
        int kept = 0;
        for (int i = 0; i < recentCount; i++) {
            int other = islands.indexOf(recent[i]);
            if (other >= 0 && other != island) {
                recent[kept++] = recent[i];
            }
        }
        int moved = Math.min(kept, recent.length - 1);
        System.arraycopy(recent, 0, recent, 1, moved);
        recent[0] = sequence;
        recentCount = moved + 1;
    }

    /** [from, to) came, and was here before. */
    void twice(long from, long to) {
        twiceFrom = from;
        twiceTo = to;
    }

    /** Whether an acknowledgment has something to report. */
    boolean isDue(Ranges islands) {
        return !islands.isEmpty() || twiceFrom < twiceTo;
    }

    /** Reports as much as there is room for. */
    void writeTo(TcpOptions options, Ranges islands) {
        int first = 0;
        if (twiceFrom < twiceTo) {
            options.addSackBlock((int) twiceFrom, (int) twiceTo);
            first = 1;
            int around = islands.indexOf(twiceFrom);
            if (around >= 0) {
                add(options, islands, around, first); // RFC 2883 4, (3)
            }
            twiceTo = twiceFrom;
        }
        for (int i = 0; i < recentCount; i++) {
            int island = islands.indexOf(recent[i]);
            if (island >= 0) {
                add(options, islands, island, first);
            }
        }
        for (int i = 0; i < islands.count() && options.sackRoom() > 0; i++) {
            add(options, islands, i, first);
        }
    }

    private static void add(TcpOptions options, Ranges islands, int island, int first) {
        int left = (int) islands.from(island);
        if (options.sackRoom() == 0) {
            return;
        }
        for (int i = first; i < options.sackBlocks(); i++) {
            if (options.sackLeft(i) == left) {
                return; // it is there already
            }
        }
        options.addSackBlock(left, (int) islands.to(island));
    }
}
