package vini.forwarder.elements.egress;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All that users have open, and how much each may have. Where there is no room, what has been idle
 * for longest goes, of a user at its limit something of its own; but nothing that was used within
 * the guarantee.
 */
final class Sessions {
    /** So often the order is put right for one new session; more would hold up others. */
    private static final int STEPS_MAX = 64;

    private final EgressSettings settings;
    private final EgressCounts counts;
    private final IdleOrder all = new IdleOrder();
    private final Map<Integer, User> users = new LinkedHashMap<>();

    /** A host of the inside that has something open. */
    private static final class User {
        private final IdleOrder own = new IdleOrder();
        private long refused;
    }

    Sessions(EgressSettings settings, EgressCounts counts) {
        this.settings = settings;
        this.counts = counts;
    }

    int size() {
        return all.size();
    }

    int users() {
        return users.size();
    }

    /** Makes room for one more of a user; says why not, or null. */
    @Nullable Refusal admit(int address, long nowNanos) {
        User user = users.get(address);
        Refusal refusal = null;
        if (user != null && user.own.size() >= settings.perUser()) {
            refusal = evict(user.own, nowNanos) ? null : Refusal.USER_LIMIT;
        } else if (all.size() >= settings.sessions()) {
            refusal = evict(all, nowNanos) ? null : Refusal.SESSIONS_FULL;
        }
        if (refusal != null && user != null) {
            user.refused++;
        }
        return refusal;
    }

    /** Ends what has been idle for longest, if it has been for long enough. */
    boolean evictOldest(long nowNanos) {
        return evict(all, nowNanos);
    }

    private boolean evict(IdleOrder order, long nowNanos) {
        for (int step = 0; step < STEPS_MAX; step++) {
            Session oldest = order.oldest();
            if (oldest == null) {
                return false;
            }
            if (nowNanos - oldest.usedNanos() >= settings.guaranteeNanos()) {
                counts.evicted.increment();
                end(oldest, Session.End.EVICTED);
                return true;
            }
            if (nowNanos - oldest.orderNanos() < settings.guaranteeNanos()) {
                return false;
            }
            oldest.use(oldest.usedNanos());
        }
        return false;
    }

    void add(Session session) {
        counts.made.increment();
        all.add(session.ofAll);
        users.computeIfAbsent(session.address(), a -> new User()).own.add(session.ofUser);
    }

    /** Forgets a session that has ended by itself. */
    void remove(Session session) {
        User user = users.get(session.address());
        if (user == null) {
            throw new IllegalStateException("a session of nobody");
        }
        all.remove(session.ofAll);
        user.own.remove(session.ofUser);
        if (user.own.size() == 0) {
            users.remove(session.address());
        }
    }

    private void end(Session session, Session.End why) {
        remove(session);
        session.end(why);
    }

    /** Ends what was silent for too long. */
    void reap(long nowNanos) {
        for (Session session : list()) {
            if (nowNanos - session.usedNanos() >= session.timeoutNanos()) {
                counts.timedOut.increment();
                end(session, Session.End.TIMED_OUT);
            }
        }
    }

    void clear() {
        list().forEach(session -> end(session, Session.End.CLEARED));
    }

    /** All sessions, the one that is idle for longest first. */
    private List<Session> list() {
        List<Session> list = new ArrayList<>(all.size());
        all.forEach(list::add);
        return list;
    }

    void forEach(Consumer<Session> action) {
        all.forEach(action);
    }

    /** A line for each user: how many it has open, and how often it was refused. */
    String text() {
        StringBuilder text = new StringBuilder();
        users.forEach(
                (address, user) ->
                        text.append(new Ipv4Address(address))
                                .append(" sessions ")
                                .append(user.own.size())
                                .append(" refused ")
                                .append(user.refused)
                                .append('\n'));
        return text.toString();
    }
}
