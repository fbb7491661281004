package vini.forwarder.elements.napt;

import vini.forwarder.elements.rewrite.FlowState;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;

import java.util.random.RandomGenerator;

/**
 * The mappings of one NAPT with their sessions: finds those of a packet, makes them, and lets them
 * go. What is idle for too long is over from that moment, whether it has been removed or not.
 */
final class Mappings {
    /** What stands for no mapping; {@link #refusal} says why. */
    static final int NONE = MappingTable.NONE;

    final MappingTable table;
    final ExternalAddresses external;
    final Users users;
    private NaptSettings settings;
    private NaptCounts counts;
    private MappingLog log;
    private final SessionTable sessions;
    private final Room room;
    private final InsideHosts inside;
    private final long tcpMask;
    private final long udpMask;
    private final long icmpMask;
    private RandomGenerator chance;
    private Refusal refusal = Refusal.NO_MAPPING;

    Mappings(
            NaptSettings settings,
            NaptCounts counts,
            MappingLog log,
            long hashSeed,
            RandomGenerator chance) {
        this.settings = settings;
        this.counts = counts;
        this.log = log;
        this.chance = chance;
        table = new MappingTable(hashSeed);
        sessions = new SessionTable(hashSeed, settings.filtering() == Filtering.ADDRESS);
        users = new Users(hashSeed);
        external = new ExternalAddresses(settings.addressBits(), settings.low(), settings.high());
        room = new Room(settings, this, table, external);
        inside = new InsideHosts(settings.inside());
        tcpMask = settings.filtering().mask(Ipv4Header.TCP);
        udpMask = settings.filtering().mask(Ipv4Header.UDP);
        icmpMask = settings.filtering().mask(Ipv4Header.ICMP);
    }

    /** Why the packet that was asked for last has no mapping. */
    Refusal refusal() {
        return refusal;
    }

    private int refuse(Refusal why) {
        refusal = why;
        return NONE;
    }

    /** Whether a host of that address may send from the inside. */
    boolean isInside(int address) {
        return inside.has(address);
    }

    /** How many sessions there are; each mapping has one at least. */
    int sessions() {
        return table.size() + sessions.size();
    }

    SessionTable furtherSessions() {
        return sessions;
    }

    /** Bytes of memory that all of it takes, but for the bits of the ports. */
    long bytes() {
        return table.bytes() + sessions.bytes() + users.bytes() + room.bytes();
    }

    /** The external address of a host of the inside, also of one that has no mapping yet. */
    int externalAddress(int host) {
        return external.address(users.choice(host, external.count()));
    }

    private long mask(int protocol) {
        return protocol == Ipv4Header.UDP
                ? udpMask
                : protocol == Ipv4Header.TCP ? tcpMask : icmpMask;
    }

    /** When the session that lies with the mapping is over if no packet comes. */
    long endOf(int mapping) {
        int protocol = Endpoint.protocol(table.inside(mapping));
        return table.used(mapping) + settings.timeouts().of(protocol, table.phase(mapping));
    }

    long endOf(int mapping, int session) {
        int protocol = Endpoint.protocol(table.inside(mapping));
        return sessions.used(session) + settings.timeouts().of(protocol, sessions.phase(session));
    }

    /**
     * The mapping of a packet from the inside, made if there is none, with its session; or NONE. It
     * is no reply of ICMP: those begin nothing.
     */
    int outbound(HeaderView view, long now) {
        long peer = view.to() & mask(view.protocol);
        int mapping = table.find(view.from());
        if (mapping == NONE || table.peer(mapping) != peer || endOf(mapping) <= now) {
            mapping = outboundRarely(mapping, peer, view, now);
            if (mapping == NONE) {
                return NONE;
            }
        }
        if (view.protocol == Ipv4Header.TCP) {
            step(mapping, true, view.tcpFlags, now);
        } else {
            table.used(mapping, now);
        }
        return mapping;
    }

    /** The mapping that lets a packet from the outside in; or NONE. */
    int inbound(HeaderView view, long now) {
        int mapping = table.find(view.to() | Endpoint.OUTSIDE);
        if (mapping == NONE) {
            return refuse(Refusal.NO_MAPPING);
        }
        long peer = view.from() & mask(view.protocol);
        if (table.peer(mapping) != peer || endOf(mapping) <= now) {
            return inboundRarely(mapping, peer, view, now);
        }
        entered(mapping, view, now);
        return mapping;
    }

    /** A packet has come in by the session that lies with the mapping. */
    private void entered(int mapping, HeaderView view, long now) {
        if (view.protocol == Ipv4Header.TCP) {
            step(mapping, false, view.tcpFlags, now);
        } else if (settings.refreshedInbound()) {
            table.used(mapping, now);
        }
    }

    /** The mapping with that end, if it is not over; nothing is refreshed. */
    int findLive(long key, long now) {
        int mapping = table.find(key);
        return mapping != NONE && revive(mapping, now) ? mapping : NONE;
    }

    private void step(int mapping, boolean outbound, int flags, long now) {
        TcpPhase phase = table.phase(mapping);
        TcpPhase next = phase.next(outbound, flags);
        if (next != phase) {
            table.phase(mapping, next);
        }
        if (phase.isRefreshedBy(outbound, flags)) {
            table.used(mapping, now);
        }
    }

    private int outboundRarely(int found, long peer, HeaderView view, long now) {
        boolean reset = view.protocol == Ipv4Header.TCP && (view.tcpFlags & TcpHeader.RST) != 0;
        TcpPhase phase =
                view.protocol == Ipv4Header.TCP ? TcpPhase.begun(view.tcpFlags) : TcpPhase.NONE;
        if (found == NONE || !revive(found, now)) {
            return reset ? refuse(Refusal.NO_MAPPING) : begin(view, peer, phase, now);
        }
        if (table.peer(found) == peer) {
            return found;
        }
        int session = liveSession(found, peer, now);
        if (session != SessionTable.NONE) {
            bring(found, session);
            return found;
        }
        if (reset) {
            return refuse(Refusal.NO_MAPPING);
        }
        if (!hasRoomForSession(found, now)) {
            return NONE;
        }
        keepAside(found);
        table.session(found, peer, phase);
        table.used(found, now);
        return found;
    }

    private int inboundRarely(int mapping, long peer, HeaderView view, long now) {
        if (!revive(mapping, now)) {
            return refuse(Refusal.NO_MAPPING);
        }
        if (table.peer(mapping) != peer) {
            int session = liveSession(mapping, peer, now);
            if (session == SessionTable.NONE) {
                return admit(mapping, peer, view, now);
            }
            if (sessions.phase(session) == TcpPhase.OPENING_IN) {
                return mapping;
            }
            bring(mapping, session);
        }
        entered(mapping, view, now);
        return mapping;
    }

    /** Lets a connection in that the outside opens, if that is allowed. */
    private int admit(int mapping, long peer, HeaderView view, long now) {
        boolean opens = view.protocol == Ipv4Header.TCP && TcpPhase.opens(view.tcpFlags);
        if (!opens || !letsIn(mapping, peer)) {
            return refuse(Refusal.FILTERED);
        }
        int user = table.user(mapping);
        // Strangers never take the place of anything.
        if (users.sessions(user) >= settings.perUser()) {
            return refuse(Refusal.USER_LIMIT);
        }
        if (sessions.size() >= settings.mappings()) {
            return refuse(Refusal.FULL);
        }
        addFurther(mapping, peer, TcpPhase.OPENING_IN, now);
        users.more(user);
        return mapping;
    }

    private boolean letsIn(int mapping, long peer) {
        return switch (settings.filtering()) {
            case ENDPOINT_INDEPENDENT -> true;
            case ADDRESS ->
                    Endpoint.address(table.peer(mapping)) == Endpoint.address(peer)
                            || sessions.hasAddress(mapping, peer);
            case ADDRESS_AND_PORT -> false;
        };
    }

    /** A further session that is not over. */
    private int liveSession(int mapping, long peer, long now) {
        int session = sessions.find(mapping, peer);
        if (session != SessionTable.NONE && endOf(mapping, session) <= now) {
            removeSession(mapping, session);
            return SessionTable.NONE;
        }
        return session;
    }

    /** Makes a further session the one that lies with the mapping. */
    private void bring(int mapping, int session) {
        long peer = sessions.peer(session);
        TcpPhase phase = sessions.phase(session);
        long used = sessions.used(session);
        table.furtherSession(mapping, sessions.remove(session, table.furtherSession(mapping)));
        addFurther(mapping, table.peer(mapping), table.phase(mapping), table.used(mapping));
        table.session(mapping, peer, phase);
        table.used(mapping, used);
    }

    /** Makes the session that lies with the mapping a further one; another takes its place. */
    private void keepAside(int mapping) {
        addFurther(mapping, table.peer(mapping), table.phase(mapping), table.used(mapping));
        users.more(table.user(mapping));
    }

    private void addFurther(int mapping, long peer, TcpPhase phase, long used) {
        int first = table.furtherSession(mapping);
        table.furtherSession(mapping, sessions.add(mapping, peer, phase, used, first));
    }

    private void removeSession(int mapping, int session) {
        table.furtherSession(mapping, sessions.remove(session, table.furtherSession(mapping)));
        users.less(table.user(mapping));
    }

    private boolean hasRoomForSession(int mapping, long now) {
        int user = table.user(mapping);
        boolean limited = users.sessions(user) >= settings.perUser();
        if (!limited && sessions.size() < settings.mappings()) {
            return true;
        }
        int victim = room.idleSession(mapping, sessions, now);
        if (victim != SessionTable.NONE) {
            removeSession(mapping, victim);
            counts.evicted.increment();
            return true;
        }
        if (limited && room.evictOfUser(user, mapping, now)) {
            return true;
        }
        if (limited) {
            users.refuse(user);
        }
        return refuse(limited ? Refusal.USER_LIMIT : Refusal.FULL) != NONE;
    }

    /**
     * Ends the mapping if all of its sessions are over; else one that is not lies with it.
     *
     * @return whether the mapping goes on
     */
    boolean revive(int mapping, long now) {
        if (endOf(mapping) > now) {
            return true;
        }
        int next;
        for (int s = table.furtherSession(mapping); s != SessionTable.NONE; s = next) {
            next = sessions.next(s);
            TcpPhase phase = sessions.phase(s);
            long used = sessions.used(s);
            boolean over = endOf(mapping, s) <= now;
            // What nobody of the inside has answered does not keep a mapping.
            if (over || phase != TcpPhase.OPENING_IN) {
                long peer = sessions.peer(s);
                removeSession(mapping, s);
                if (!over) {
                    table.session(mapping, peer, phase);
                    table.used(mapping, used);
                    return true;
                }
            }
        }
        end(mapping);
        counts.timedOut.increment();
        return false;
    }

    private int begin(HeaderView view, long peer, TcpPhase phase, long now) {
        if (!inside.has(view.source)) {
            return refuse(Refusal.NOT_INSIDE);
        }
        int user = users.find(view.source);
        if (user != Users.NONE
                && users.sessions(user) >= settings.perUser()
                && !room.evictOfUser(user, NONE, now)) {
            users.refuse(user);
            return refuse(Refusal.USER_LIMIT);
        }
        if (table.size() >= settings.mappings() && !room.evictOldest(now)) {
            return refuse(Refusal.FULL);
        }
        int number = users.choice(view.source, external.count());
        int pool = external.pool(number, view.protocol);
        Ports ports = external.pool(pool);
        int port = ports.find(view.sourcePort, chance);
        if (port < 0 && room.evictOfPorts(pool, now)) {
            port = ports.find(view.sourcePort, chance);
        }
        if (port < 0) {
            return refuse(Refusal.NO_PORT);
        }
        int mapping = add(view.from(), Endpoint.of(external.address(number), port, view.protocol));
        table.session(mapping, peer, phase);
        table.used(mapping, now);
        room.enter(mapping, pool, now);
        counts.made.increment();
        log.add(true, table.inside(mapping), table.outside(mapping));
        return mapping;
    }

    private int add(long from, long outside) {
        int user = users.find(Endpoint.address(from));
        if (user == Users.NONE) {
            user = users.add(Endpoint.address(from));
        } else {
            users.more(user);
        }
        external.pool(external.poolOf(outside)).take(Endpoint.port(outside));
        int mapping = table.add(from, outside, user);
        int ip = FlowState.delta(Endpoint.address(from), Endpoint.address(outside));
        int ports = FlowState.delta(Endpoint.port(from), Endpoint.port(outside));
        boolean icmp = Endpoint.protocol(from) == Ipv4Header.ICMP;
        table.deltas(mapping, ip, icmp ? ports : FlowState.fold(ip + ports));
        table.enterRing(mapping, users.head(user));
        users.head(user, mapping);
        return mapping;
    }

    /** Ends a mapping for want of room. */
    void evict(int mapping) {
        end(mapping);
        counts.evicted.increment();
    }

    /** Ends a mapping with all its sessions. */
    void end(int mapping) {
        int user = table.user(mapping);
        int next = table.furtherSession(mapping);
        while (next != SessionTable.NONE) {
            next = sessions.remove(next, next);
            users.less(user);
        }
        long outside = table.outside(mapping);
        int pool = external.poolOf(outside);
        external.pool(pool).release(Endpoint.port(outside));
        room.leave(mapping, pool);
        log.add(false, table.inside(mapping), outside);
        if (users.head(user) == mapping) {
            users.head(user, table.next(mapping));
        }
        table.leaveRing(mapping);
        users.less(user);
        table.remove(mapping);
    }

    /** Ends all mappings, or those of one user. */
    void clear(int user) {
        for (int mapping = 0; mapping < table.end(); mapping++) {
            if (table.isLive(mapping) && (user < 0 || table.user(mapping) == user)) {
                end(mapping);
            }
        }
    }

    /**
     * Removes what is over among the mappings and sessions of some numbers.
     *
     * @return the number from where to go on, or 0 if that were all
     */
    int sweep(int from, int count, long now) {
        int end = from + count;
        for (int mapping = from; mapping < Math.min(end, table.end()); mapping++) {
            if (table.isLive(mapping)) {
                boolean _ = revive(mapping, now);
            }
        }
        for (int session = from; session < Math.min(end, sessions.end()); session++) {
            if (sessions.isLive(session)) {
                int mapping = sessions.mapping(session);
                if (endOf(mapping, session) <= now) {
                    removeSession(mapping, session);
                }
            }
        }
        return end >= Math.max(table.end(), sessions.end()) ? 0 : end;
    }

    /** From now on it belongs to another NAPT, which would have made these mappings. */
    void settle(NaptSettings next, NaptCounts itsCounts, MappingLog itsLog) {
        settings = next;
        counts = itsCounts;
        log = itsLog;
        room.settle(next);
        while (table.size() > settings.mappings()) {
            evict(room.oldest());
        }
    }

    boolean isLike(NaptSettings other) {
        return settings.isLike(other);
    }

    /** Takes over the mappings of another one that may have been made here, and its chance. */
    void takeOver(Mappings other) {
        chance = other.chance;
        for (int mapping = 0; mapping < other.table.end(); mapping++) {
            if (other.table.isLive(mapping) && table.size() < settings.mappings()) {
                take(other, mapping);
            }
        }
    }

    private void take(Mappings other, int theirs) {
        long from = other.table.inside(theirs);
        long outside = other.table.outside(theirs);
        if (!external.mayHave(outside)
                || !inside.has(Endpoint.address(from))
                || settings.filtering() != other.settings.filtering()
                        && Endpoint.protocol(from) != Ipv4Header.TCP) {
            return;
        }
        int mapping = add(from, outside);
        table.session(mapping, other.table.peer(theirs), other.table.phase(theirs));
        table.used(mapping, other.table.used(theirs));
        room.enter(mapping, external.poolOf(outside), table.used(mapping));
        SessionTable more = other.sessions;
        for (int s = other.table.furtherSession(theirs); s != SessionTable.NONE; s = more.next(s)) {
            addFurther(mapping, more.peer(s), more.phase(s), more.used(s));
            users.more(table.user(mapping));
        }
    }
}
