package vini.forwarder.host.tcp;

import vini.net.wire.TcpOptions;

/**
 * What a peer has acknowledged selectively, and what follows from it: RFC 6675 3 and 4. Pure
 * arithmetic.
 *
 * <p>A hostile peer can fill it with tiny blocks: it then holds {@value #RANGES_MAX} (16 KB), and
 * does not learn of more. One question costs a walk over them at most.
 */
final class Scoreboard {
    /** RFC 6675 2: DupThresh. */
    static final int DUPLICATES_FOR_LOSS = 3;

    static final int RANGES_MAX = 1024;
    static final long NOTHING = -1;

    private final Flight flight;
    private final Ranges sacked = new Ranges(RANGES_MAX);

    /** Behind RFC 6675's HighRxt. */
    private long repeated;

    /** Behind its RescueRxt. */
    private long rescued;

    /** SND.MAX when something was last sent again. */
    private long maxThen;

    Scoreboard(Flight flight) {
        this.flight = flight;
    }

    /** Sequence numbers above SND.UNA that are at the peer. */
    long sackedBytes() {
        return sacked.bytes();
    }

    int ranges() {
        return sacked.count();
    }

    /**
     * RFC 6675 4, Update(). What an honest peer cannot say (inverted, not above SND.UNA, beyond
     * what was sent) is passed over; so are duplicates that are reported by RFC 2883.
     *
     * @return whether something in it was new: RFC 6675 2's duplicate acknowledgment
     */
    boolean update(TcpOptions options) {
        sacked.removeBelow(flight.una);
        long before = sacked.bytes();
        for (int i = 0; i < options.sackBlocks(); i++) {
            long from = Sequence.unwrap(flight.una, options.sackLeft(i));
            long to = Sequence.unwrap(flight.una, options.sackRight(i));
            if (from > flight.una && from < to && to <= flight.max) {
                sacked.add(from, to);
            }
        }
        return sacked.bytes() > before;
    }

    /** Whether what the peer had said it has is what it now waits for: it threw it away. */
    boolean isReneged() {
        return !sacked.isEmpty() && sacked.from(0) <= flight.una;
    }

    void clear() {
        sacked.clear();
    }

    /** The end of what is at the peer from {@code sequence} on; itself if it is not. */
    long behindSacked(long sequence) {
        int index = sacked.indexOf(sequence);
        return index < 0 ? sequence : sacked.to(index);
    }

    /** Where, from {@code sequence} on, something begins that is at the peer. */
    long nextSacked(long sequence) {
        int index = sacked.firstEndingAfter(sequence);
        return index == sacked.count() ? Long.MAX_VALUE : sacked.from(index);
    }

    /**
     * RFC 6675 4, IsLost(): all that is missing before this is lost, for so much that lies behind
     * it has come.
     */
    long lostBefore() {
        long behind = 0;
        int count = sacked.count();
        for (int i = count - 1; i >= 0; i--) {
            behind += sacked.to(i) - sacked.from(i);
            if (count - i >= DUPLICATES_FOR_LOSS
                    || behind > (DUPLICATES_FOR_LOSS - 1L) * flight.mss) {
                return sacked.from(i);
            }
        }
        return flight.una;
    }

    /** RFC 6675 4, SetPipe(): bytes on the way, of those that were sent once or again. */
    long pipe() {
        if (sacked.isEmpty() && repeated <= flight.una) {
            return flight.max - flight.una;
        }
        long lostBefore = Math.max(flight.una, lostBefore());
        long first = missing(lostBefore, flight.max);
        return first + missing(flight.una, Math.min(repeated, flight.max));
    }

    /** Bytes of [from, to) that are not at the peer. */
    long missing(long from, long to) {
        return from >= to ? 0 : to - from - (sacked.bytesBelow(to) - sacked.bytesBelow(from));
    }

    /** Recovery begins; [una, to) is sent again whatever there is room for, RFC 6675 5 (4.3). */
    void startRecovery(long to) {
        repeated = to;
        rescued = to;
        maxThen = flight.max;
    }

    /** [.., to) was sent again. */
    void repeated(long to) {
        repeated = Math.max(repeated, to);
        maxThen = flight.max;
    }

    /**
     * Whether something was lost that had been sent again: it is still missing, though three
     * segments have come that were sent after it. RFC 6675 leaves that to the timer.
     */
    boolean isRepetitionLost() {
        long later = sacked.bytes() - sacked.bytesBelow(maxThen);
        return flight.una < repeated && later > (DUPLICATES_FOR_LOSS - 1L) * flight.mss;
    }

    /** What {@link #nextRescue} said was sent; no more before {@code recoveryPoint}. */
    void rescued(long recoveryPoint) {
        rescued = recoveryPoint;
    }

    /** RFC 6675 4, NextSeg() (1): the first of what is lost and was not sent again. */
    long nextLost() {
        long sequence = behindSacked(Math.max(repeated, flight.una));
        return sequence < lostBefore() ? sequence : NOTHING;
    }

    /** RFC 6675 4, NextSeg() (3): the first of what is missing, though it may be only late. */
    long nextMissing() {
        long sequence = behindSacked(Math.max(repeated, flight.una));
        return !sacked.isEmpty() && sequence < sacked.end() ? sequence : NOTHING;
    }

    /** RFC 6675 4, NextSeg() (4): the last of what is missing, once in a recovery. */
    long nextRescue() {
        if (flight.una <= rescued) {
            return NOTHING;
        }
        int last = sacked.count() - 1;
        boolean tailIsThere = last >= 0 && sacked.to(last) == flight.max;
        int before = tailIsThere ? last - 1 : last;
        long end = tailIsThere ? sacked.from(last) : flight.max;
        long start = before < 0 ? flight.una : Math.max(flight.una, sacked.to(before));
        start = Math.max(start, end - flight.mss);
        return start < end ? start : NOTHING;
    }
}
