package vini.forwarder.elements.rewrite;

import java.util.ArrayList;
import java.util.List;

/**
 * The flows of one rewriter, or of several that share a capacity: adds them, and decides which has
 * to go when there is no room. Flows that still have their guarantee stay; of the others, the one
 * that would time out first goes. The order is kept by old times and put right when it is asked
 * for, so that a packet of a known flow costs no more than writing down its time.
 */
final class FlowSet {
    static final int CAPACITY = 65_536;

    /** The capacity may be written with a second number, which is kept and shown. */
    private static final int RESERVATION_MAX = 50;

    /**
     * Steps that one new flow may take to put the order right; more would hold up other packets.
     */
    private static final int STEPS_MAX = 4096;

    /** How long the flows of an owner live. */
    interface Lifetimes {
        /** Nanoseconds after its last packet in which a flow must stay. */
        long guarantee(int protocol);

        /** Nanoseconds after its last packet until a flow is stale. */
        long timeout(int protocol, long state);

        /** Hears that a flow of the owner has gone. */
        void gone(int flow);
    }

    private final FlowTable table;
    private final FlowHeap guaranteed;
    private final FlowHeap others;
    private final List<Lifetimes> owners = new ArrayList<>();
    private int capacity;
    private int reservation;

    FlowSet(int capacity, long hashSeed) {
        table = new FlowTable(hashSeed);
        guaranteed = new FlowHeap(table, Integer.MIN_VALUE);
        others = new FlowHeap(table, 0);
        capacity(capacity);
    }

    FlowTable table() {
        return table;
    }

    /** Bytes of memory that it takes. */
    long bytes() {
        return table.bytes() + guaranteed.bytes() + others.bytes();
    }

    /** Enters an owner; the number goes into its keys. */
    int register(Lifetimes owner) {
        owners.add(owner);
        return owners.size() - 1;
    }

    /** Puts another owner in the place of one, who takes its flows over. */
    void replace(int number, Lifetimes owner) {
        owners.set(number, owner);
    }

    /** Whose flows these are. */
    List<Lifetimes> owners() {
        return List.copyOf(owners);
    }

    int capacity() {
        return capacity;
    }

    int reservation() {
        return reservation;
    }

    private void capacity(int newCapacity) {
        capacity = newCapacity;
        reservation = Math.min(RESERVATION_MAX, newCapacity / 8);
    }

    /** Changes the capacity; the flows that would time out first go until the rest fits. */
    void capacity(int newCapacity, int newReservation, long now) {
        capacity(newCapacity);
        reservation = newReservation >= 0 ? newReservation : reservation;
        while (table.size() > capacity) {
            int victim = victim(now);
            if (victim < 0) {
                victim = others.isEmpty() ? guaranteed.first() : others.first();
            }
            remove(victim);
        }
    }

    private Lifetimes owner(int flow) {
        return owners.get((int) (table.ports(flow << 1) >>> FlowKey.OWNER_SHIFT));
    }

    private int protocol(int flow) {
        return FlowKey.protocol(table.ports(flow << 1));
    }

    private long guaranteedUntil(int flow) {
        return table.used(flow) + owner(flow).guarantee(protocol(flow));
    }

    /** When the flow will be stale if no packet comes, in nanoseconds on the clock. */
    long staleAt(int flow) {
        return table.used(flow) + owner(flow).timeout(protocol(flow), table.state(flow));
    }

    /** Whether the flow may be removed at that time. */
    boolean isStale(int flow, long now) {
        return staleAt(flow) <= now && guaranteedUntil(flow) <= now;
    }

    /**
     * Makes room for one more flow of an owner if there is none.
     *
     * @return whether there is room now
     */
    boolean admit(Lifetimes owner, int protocol, long state, long now) {
        if (table.size() < capacity) {
            return true;
        }
        int victim = victim(now);
        // A flow without a guarantee takes no place from one that would outlive it.
        if (victim < 0
                || owner.guarantee(protocol) <= 0
                        && now + owner.timeout(protocol, state) < staleAt(victim)) {
            return false;
        }
        remove(victim);
        return true;
    }

    /** Adds a flow, for which there is room. */
    int add(
            long addresses,
            long ports,
            long replyAddresses,
            long replyPorts,
            int input,
            long state,
            long now) {
        int flow = table.add(addresses, ports, replyAddresses, replyPorts, input);
        table.used(flow, now);
        table.state(flow, state);
        guaranteed.add(flow, guaranteedUntil(flow));
        return flow;
    }

    void remove(int flow) {
        owner(flow).gone(flow);
        (guaranteed.holds(flow) ? guaranteed : others).remove(flow);
        table.remove(flow);
    }

    /** Must be called when a flow's timeout has become shorter. */
    void shortened(int flow) {
        if (others.holds(flow)) {
            others.move(flow, Math.min(table.order(flow), staleAt(flow)));
        }
    }

    /** The flow without a guarantee that is stale first; -1 if all have one. */
    private int victim(long now) {
        for (int step = 0; step < STEPS_MAX; step++) {
            if (!guaranteed.isEmpty() && table.order(guaranteed.first()) <= now) {
                int flow = guaranteed.first();
                long until = guaranteedUntil(flow);
                if (until > now) {
                    guaranteed.move(flow, until);
                } else {
                    guaranteed.remove(flow);
                    others.add(flow, staleAt(flow));
                }
                continue;
            }
            if (others.isEmpty()) {
                return -1;
            }
            int flow = others.first();
            long stale = staleAt(flow);
            if (guaranteedUntil(flow) > now) {
                others.remove(flow);
                guaranteed.add(flow, guaranteedUntil(flow));
            } else if (stale > table.order(flow)) {
                others.move(flow, stale);
            } else {
                return flow;
            }
        }
        return others.isEmpty() || guaranteedUntil(others.first()) > now ? -1 : others.first();
    }
}
