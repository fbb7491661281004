package vini.routing.ospf;

import vini.routing.ospf.NeighborMachine.Event;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.wire.LinkStateRequest;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a neighbour has and we do not, RFC 2328 10.9: asked for packet by packet. */
final class RequestList {
    private final OspfRouter router;
    private final Neighbor neighbor;
    private final Timer retransmit;
    private final LinkedHashMap<LsaKey, LsaHeader> wanted = new LinkedHashMap<>();

    /** Those of the last request packet that have not come yet. */
    private final Set<LsaKey> outstanding = new LinkedHashSet<>();

    RequestList(OspfRouter router, Neighbor neighbor) {
        this.router = router;
        this.neighbor = neighbor;
        this.retransmit = router.clock().timer(this::resend);
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** Whether it has as many as a whole database: a hostile neighbour could go on for ever. */
    boolean isFull() {
        return wanted.size() >= LinkStateDatabase.ENTRIES_MAX;
    }

    boolean contains(LsaKey key) {
        return wanted.containsKey(key);
    }

    void add(LsaHeader header) {
        wanted.put(header.key(), header);
    }

    void clear() {
        wanted.clear();
        outstanding.clear();
        retransmit.cancel();
    }

    /**
     * An instance has come into the database, from wherever: RFC 2328 13.3 (1b). Returns how it
     * compares with the instance that the neighbour has, as {@link LsaHeader#newerThan}; positive
     * if it was not on the list.
     */
    int arrived(LsaHeader header) {
        LsaHeader listed = wanted.get(header.key());
        if (listed == null) {
            return 1;
        }
        int newer = header.newerThan(listed);
        if (newer >= 0) {
            wanted.remove(header.key());
            outstanding.remove(header.key());
            sendIfIdle();
            if (wanted.isEmpty() && neighbor.state() == State.LOADING) {
                neighbor.fire(Event.LOADING_DONE);
            }
        }
        return newer;
    }

    /** Asks for the next ones, unless answers are still due. */
    void sendIfIdle() {
        if (!outstanding.isEmpty()) {
            return;
        }
        int max = neighbor.link().payloadMax() / LinkStateRequest.ENTRY_BYTES;
        for (LsaKey key : wanted.keySet()) {
            if (outstanding.size() == max) {
                break;
            }
            outstanding.add(key);
        }
        if (outstanding.isEmpty()) {
            retransmit.cancel();
        } else {
            resend();
        }
    }

    private void resend() {
        List<LsaKey> keys = new ArrayList<>(outstanding);
        neighbor.link().send(new LinkStateRequest(keys));
        retransmit.after(router.config().retransmitNanos());
    }
}
