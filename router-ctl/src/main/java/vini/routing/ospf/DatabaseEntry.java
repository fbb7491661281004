package vini.routing.ospf;

import vini.routing.ospf.wire.LinkStateUpdate.AgedLsa;
import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;

/** One instance of an LSA in one router's database: the shared LSA, and how old it is here. */
final class DatabaseEntry {
    static final long SECOND = 1_000_000_000L;

    /** InfTransDelay, RFC 2328 appendix C.3: what the way over a link adds to the age. */
    private static final int TRANSMIT_DELAY_SECONDS = 1;

    private final Lsa lsa;

    /** When its age was zero, on the router's clock. */
    private final long bornNanos;

    /** When this copy was last sent back to someone who had an older one; RFC 2328 13 (8). */
    private long sentBackNanos = Long.MIN_VALUE;

    DatabaseEntry(Lsa lsa, int age, long now) {
        this.lsa = lsa;
        this.bornNanos = now - age * SECOND;
    }

    Lsa lsa() {
        return lsa;
    }

    LsaKey key() {
        return lsa.key();
    }

    /** The age in seconds, at most {@link LsaHeader#MAX_AGE}. */
    int age(long now) {
        return (int) Math.min(LsaHeader.MAX_AGE, (now - bornNanos) / SECOND);
    }

    boolean isMaxAge(long now) {
        return now >= maxAgeAt();
    }

    /** When it reaches MaxAge. */
    long maxAgeAt() {
        return bornNanos + LsaHeader.MAX_AGE * SECOND;
    }

    LsaHeader header(long now) {
        return lsa.header(age(now));
    }

    /** What goes into an update. */
    AgedLsa outgoing(long now) {
        return new AgedLsa(lsa, Math.min(LsaHeader.MAX_AGE, age(now) + TRANSMIT_DELAY_SECONDS));
    }

    /** Whether it may be sent back now; if so, it counts as sent. */
    boolean maySendBack(long now, long intervalNanos) {
        if (sentBackNanos != Long.MIN_VALUE && now - sentBackNanos < intervalNanos) {
            return false;
        }
        sentBackNanos = now;
        return true;
    }
}
