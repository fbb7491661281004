package vini.routing.ospf;

import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaBody;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.time.Timer;

/** One LSA of our own and its instances, one after another: RFC 2328 12.1.6, 12.4, 14.1. */
final class OwnLsa {
    /** LSRefreshTime, RFC 2328 appendix B. */
    static final long REFRESH_NANOS = 1_800_000_000_000L;

    private static final double REFRESH_EARLY_MAX = 0.1;

    private final OspfRouter router;
    private final LsaKey key;
    private final Timer refresh;

    /** Of the last instance that we made: also when that has been flushed, the next is newer. */
    private int sequence;

    /** The sequence number is at its end, and the last instance is being flushed. */
    private boolean wrapping;

    /**
     * @param first the sequence number of the first instance, if the database has none
     * @param grownOld called when another instance is due, because the last one has grown old
     */
    OwnLsa(OspfRouter router, LsaKey key, int first, Runnable grownOld) {
        this.router = router;
        this.key = key;
        this.sequence = first - 1;
        this.refresh = router.clock().timer(grownOld);
    }

    LsaKey key() {
        return key;
    }

    /** Whether that is what the database has as our word. */
    boolean says(LsaBody body) {
        DatabaseEntry current = router.lsdb().get(key);
        return current != null
                && !current.isMaxAge(router.now())
                && current.lsa().body().equals(body);
    }

    /**
     * Makes the next instance, and floods it.
     *
     * @return false if the sequence numbers are at their end, so that the last instance must be
     *     flushed first: {@link #removed} tells when that is done
     */
    boolean originate(LsaBody body) {
        long now = router.now();
        DatabaseEntry current = router.lsdb().get(key);
        if (current != null) {
            sequence = Math.max(sequence, current.lsa().header().sequence());
        }
        if (sequence == LsaHeader.MAX_SEQUENCE) {
            sequence = LsaHeader.INITIAL_SEQUENCE - 1;
            if (current != null) {
                wrapping = true; // RFC 2328 12.1.6
                flush();
                return false;
            }
        }
        sequence++;
        Lsa lsa = Lsa.of(key, OspfLink.OPTIONS, sequence, body);
        router.history().add(new OspfEvent.Originated(now, key, sequence, body));
        router.flooding().install(new DatabaseEntry(lsa, 0, now), null);
        double early = REFRESH_EARLY_MAX * router.random().nextDouble();
        refresh.after((long) (REFRESH_NANOS * (1 - early)));
        return true;
    }

    /** Has everybody forget it: RFC 2328 14.1. Nothing happens if that is under way, or done. */
    void flush() {
        refresh.cancel();
        DatabaseEntry current = router.lsdb().get(key);
        if (current != null && !current.isMaxAge(router.now())) {
            router.history().add(new OspfEvent.Flushed(router.now(), key));
            router.flooding().flush(current);
        }
    }

    /** The flush is complete; true if the next instance waits for that. */
    boolean removed() {
        boolean waits = wrapping;
        wrapping = false;
        return waits;
    }

    boolean isWrapping() {
        return wrapping;
    }

    void stop() {
        refresh.cancel();
    }
}
