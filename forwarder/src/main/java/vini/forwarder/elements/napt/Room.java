package vini.forwarder.elements.napt;

import vini.forwarder.elements.rewrite.FlowHeap;

/**
 * Makes room for a mapping where there is none: which has been idle for longest goes, unless it has
 * been used within the guarantee. Mappings are ordered by old times, which are put right when
 * somebody asks, so that a packet costs no more than writing down its time.
 */
final class Room {
    /** Steps that one new mapping may take to put the order right; more would hold up others. */
    private static final int STEPS_MAX = 256;

    /** So many of one user's mappings are looked at for the oldest. */
    private static final int SAMPLE = 64;

    private NaptSettings settings;
    private final Mappings mappings;
    private final MappingTable table;

    /** For each set of ports the mappings that have them. */
    private final FlowHeap[] heaps;

    Room(NaptSettings settings, Mappings mappings, MappingTable table, ExternalAddresses external) {
        this.settings = settings;
        this.mappings = mappings;
        this.table = table;
        heaps = new FlowHeap[external.pools()];
        for (int i = 0; i < heaps.length; i++) {
            heaps[i] = new FlowHeap(table);
        }
    }

    /** From now on that guarantee holds. */
    void settle(NaptSettings next) {
        settings = next;
    }

    long bytes() {
        long bytes = 0;
        for (FlowHeap heap : heaps) {
            bytes += heap.bytes();
        }
        return bytes;
    }

    void enter(int mapping, int pool, long used) {
        heaps[pool].add(mapping, used);
    }

    void leave(int mapping, int pool) {
        heaps[pool].remove(mapping);
    }

    private boolean isIdle(long used, long now) {
        return settings.evicts() && now - used >= settings.guarantee();
    }

    private boolean evict(int mapping, long now) {
        if (mapping == Mappings.NONE || !isIdle(table.used(mapping), now)) {
            return false;
        }
        mappings.evict(mapping);
        return true;
    }

    /** The mapping of a set of ports that has been idle for longest, or NONE. */
    private int oldest(FlowHeap heap) {
        if (heap.isEmpty()) {
            return Mappings.NONE;
        }
        int first = heap.first();
        for (int step = 0; step < STEPS_MAX && table.order(first) < table.used(first); step++) {
            heap.move(first, table.used(first));
            first = heap.first();
        }
        return first;
    }

    /** Removes the mapping of all that has been idle for longest; false if all are in use. */
    boolean evictOldest(long now) {
        return evict(oldest(), now);
    }

    /** The mapping of all that has been idle for longest, or NONE. */
    int oldest() {
        int oldest = Mappings.NONE;
        for (FlowHeap heap : heaps) {
            int mapping = oldest(heap);
            if (mapping != Mappings.NONE
                    && (oldest == Mappings.NONE || table.used(mapping) < table.used(oldest))) {
                oldest = mapping;
            }
        }
        return oldest;
    }

    /** Removes the mapping of a set of ports that has been idle for longest. */
    boolean evictOfPorts(int pool, long now) {
        return evict(oldest(heaps[pool]), now);
    }

    /** Removes a mapping of a user, but not one of its, that has been idle for long. */
    boolean evictOfUser(int user, int but, long now) {
        int mapping = mappings.users.head(user);
        int oldest = Mappings.NONE;
        int last = mapping;
        for (int i = 0; i < SAMPLE; i++) {
            if (mapping != but
                    && (oldest == Mappings.NONE || table.used(mapping) < table.used(oldest))) {
                oldest = mapping;
            }
            mapping = table.next(mapping);
            if (mapping == last) {
                break;
            }
        }
        // The next time others are looked at.
        mappings.users.head(user, mapping);
        return evict(oldest, now);
    }

    /** A further session of the mapping that has been idle for long, or NONE. */
    int idleSession(int mapping, SessionTable sessions, long now) {
        int oldest = SessionTable.NONE;
        int session = table.furtherSession(mapping);
        for (int i = 0; i < SAMPLE && session != SessionTable.NONE; i++) {
            if (oldest == SessionTable.NONE || sessions.used(session) < sessions.used(oldest)) {
                oldest = session;
            }
            session = sessions.next(session);
        }
        return oldest != SessionTable.NONE && isIdle(sessions.used(oldest), now)
                ? oldest
                : SessionTable.NONE;
    }
}
