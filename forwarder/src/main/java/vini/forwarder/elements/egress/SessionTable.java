package vini.forwarder.elements.egress;

import org.jspecify.annotations.Nullable;

import vini.forwarder.elements.rewrite.HashIndex;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Sessions by the endpoint of the inside, whose packets are many. */
final class SessionTable<S extends Session> {
    private final long hashSeed;
    private final HashIndex index = new HashIndex(64);
    private final List<@Nullable S> sessions = new ArrayList<>();
    private final ArrayDeque<Integer> free = new ArrayDeque<>();

    SessionTable(long hashSeed) {
        this.hashSeed = hashSeed;
    }

    /** Seeded, so that nobody can choose endpoints that collide. */
    private int hash(long key) {
        long mixed = (key ^ hashSeed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32);
    }

    private int number(long inside) {
        long[] slots = index.slots();
        int mask = slots.length - 1;
        int hash = hash(inside);
        for (int at = hash & mask; slots[at] != 0; at = at + 1 & mask) {
            int number = (int) slots[at] - 1;
            S session = sessions.get(number);
            if (session != null && session.inside == inside) {
                return number;
            }
        }
        return -1;
    }

    @Nullable S find(long inside) {
        int number = number(inside);
        return number < 0 ? null : sessions.get(number);
    }

    /** Adds a session whose endpoint has none. */
    void add(S session) {
        Integer number = free.poll();
        if (number == null) {
            number = sessions.size();
            sessions.add(session);
        } else {
            sessions.set(number, session);
        }
        index.enter(hash(session.inside), number);
    }

    void remove(S session) {
        int number = number(session.inside);
        if (number >= 0 && Objects.equals(sessions.get(number), session)) {
            index.remove(hash(session.inside), number);
            sessions.set(number, null);
            free.add(number);
        }
    }
}
