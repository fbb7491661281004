package vini.forwarder.elements.napt;

import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Loop;
import vini.forwarder.Output;
import vini.forwarder.Packet;
import vini.forwarder.elements.icmp.ErrorWriter;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;
import vini.time.Timer;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What NAPT does with a packet: finds or makes its mapping, rewrites it, and passes it on. */
final class Translator {
    /** Communication administratively prohibited, RFC 1812 5.2.7.1; RFC 5508 REQ-8. */
    private static final int PROHIBITED = 13;

    private static final int PORT_UNREACHABLE = 3;

    /** Outputs by number. */
    static final int OUTSIDE = 0;

    static final int INSIDE = 1;

    /** Where translated packets go. */
    record Doors(Output outside, Output inside, Runnable flush) {}

    private final NaptSettings settings;
    private final NaptCounts counts;
    private final Doors doors;
    private final Loop loop;
    private final HeaderView view = new HeaderView();
    private final ErrorTranslation errors;
    private final ErrorWriter writer;
    private final Fragments fragments;
    private final Map<Refusal, DropCounter> refused = new EnumMap<>(Refusal.class);
    private final DropCounter unsound;
    private final DropCounter unsupported;
    private final DropCounter badError;
    private Mappings mappings;
    private HeldSyns syns = new HeldSyns();
    private @Nullable Timer synTimer;

    /** The identification of the next packet that may be in fragments: RFC 6864 5.3.1. */
    private int id;

    Translator(
            NaptSettings settings,
            Mappings mappings,
            NaptCounts counts,
            Doors doors,
            Loop loop,
            Counter sent,
            Function<String, DropCounter> drops,
            long hashSeed) {
        this.settings = settings;
        this.mappings = mappings;
        this.counts = counts;
        this.doors = doors;
        this.loop = loop;
        errors = new ErrorTranslation(mappings);
        writer = new ErrorWriter(loop, counts.errorsSent, counts.errorsLimited, sent);
        fragments = new Fragments(counts, doors, loop, drops, hashSeed);
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, drops.apply(refusal.reason()));
        }
        unsound = drops.apply("unsound");
        unsupported = drops.apply("unsupported");
        badError = drops.apply("badIcmpError");
        id = (int) hashSeed & 0xffff;
    }

    void timers(Function<Runnable, Timer> timers) {
        synTimer = timers.apply(this::answerSyns);
        fragments.timers(timers);
    }

    /** From now on other mappings hold. */
    void settle(Mappings others) {
        mappings = others;
        errors.settle(others);
    }

    Fragments fragments() {
        return fragments;
    }

    int heldSyns() {
        return syns.size();
    }

    private void drop(Refusal why, Packet packet) {
        Objects.requireNonNull(refused.get(why)).drop(packet);
    }

    void fromInside(Packet packet, long now) {
        switch (view.read(packet)) {
            case TRANSPORT, QUERY -> {
                if (mappings.external.isOurs(view.destination)) {
                    hairpin(packet, false, now);
                } else {
                    outward(packet, now);
                }
            }
            case REPLY -> {
                if (mappings.external.isOurs(view.destination)) {
                    hairpin(packet, true, now);
                } else {
                    drop(Refusal.NO_MAPPING, packet);
                }
            }
            case ERROR -> errorFromInside(packet, now);
            case LATER_FRAGMENT -> {
                if (mappings.isInside(view.source)) {
                    fragments.later(packet, view, INSIDE, now);
                } else {
                    drop(Refusal.NOT_INSIDE, packet);
                }
            }
            case UNSOUND -> unsound.drop(packet);
            case UNSUPPORTED -> unsupported.drop(packet);
        }
    }

    void fromOutside(Packet packet, long now) {
        HeaderView.Kind kind = view.read(packet);
        // Errors may be those of the machine or the graph that has the address, too.
        if ((kind == HeaderView.Kind.TRANSPORT || kind == HeaderView.Kind.REPLY)
                && mappings.external.isOurs(view.source)) {
            drop(Refusal.SPOOFED, packet);
            return;
        }
        if (kind == HeaderView.Kind.UNSOUND) {
            unsound.drop(packet);
            return;
        }
        if (!mappings.external.isOurs(view.destination)) {
            drop(Refusal.NO_MAPPING, packet);
            return;
        }
        switch (kind) {
            case TRANSPORT, REPLY -> {
                int mapping = mappings.inbound(view, now);
                if (mapping == Mappings.NONE) {
                    refuseInward(packet, now);
                } else {
                    inward(packet, mapping, now);
                }
            }
            case QUERY -> drop(Refusal.NO_MAPPING, packet);
            case ERROR -> errorFromOutside(packet, now);
            case LATER_FRAGMENT -> fragments.later(packet, view, OUTSIDE, now);
            case UNSUPPORTED -> unsupported.drop(packet);
            case UNSOUND -> unsound.drop(packet);
        }
    }

    private void outward(Packet packet, long now) {
        long addresses = pair(view.source, view.destination);
        int oldId = packet.u16(view.header + Ipv4Header.ID_AT);
        int mapping = mappings.outbound(view, now);
        if (mapping == Mappings.NONE) {
            refuseOutward(packet, addresses, oldId, now);
            return;
        }
        Packet mine = packet.writable();
        int newId = translateSource(mine, mapping);
        mine.destination(view.destination);
        counts.out.increment();
        long newAddresses = pair(view.source, view.destination);
        boolean fragment = view.isFragment();
        int protocol = view.protocol;
        doors.outside().add(mine);
        if (fragment) {
            fragments.first(INSIDE, addresses, protocol, oldId, newAddresses, newId, OUTSIDE, now);
        }
    }

    private static long pair(int source, int destination) {
        return (long) source << 32 | destination & 0xffffffffL;
    }

    /** Gives the packet its outer source; returns its identification. */
    private int translateSource(Packet packet, int mapping) {
        MappingTable table = mappings.table;
        if (view.protocol == Ipv4Header.TCP && (view.tcpFlags & TcpHeader.SYN) != 0) {
            syns.opened(table.outside(mapping), view.to());
        }
        Rewriting.source(
                packet,
                view,
                table.outside(mapping),
                table.ipDelta(mapping),
                table.transportDelta(mapping));
        return newId(packet);
    }

    private int newId(Packet packet) {
        if (!settings.rewritesIds() || view.isAtomic()) {
            return packet.u16(view.header + Ipv4Header.ID_AT);
        }
        id = id + 1 & 0xffff;
        Rewriting.id(packet, view.header, id);
        return id;
    }

    private void refuseOutward(Packet packet, long addresses, int oldId, long now) {
        Refusal why = mappings.refusal();
        if (view.isFragment()) {
            fragments.refused(INSIDE, addresses, view.protocol, oldId, now);
        }
        Packet error =
                why.isExhaustion()
                        ? writer.write(
                                ErrorWriter.Kind.unreachable(PROHIBITED),
                                settings.errorSource().bits(),
                                view.source,
                                packet.buffer(),
                                packet.start() + view.header,
                                view.end - view.header)
                        : null;
        drop(why, packet);
        if (error != null) {
            doors.inside().add(error);
        }
    }

    /** Gives a packet from outside its inner destination. */
    private void inward(Packet packet, int mapping, long now) {
        long addresses = pair(view.source, view.destination);
        int oldId = packet.u16(view.header + Ipv4Header.ID_AT);
        Packet mine = packet.writable();
        rewriteDestination(mine, mapping);
        counts.in.increment();
        giveInward(mine, OUTSIDE, addresses, oldId, oldId, now);
    }

    private void rewriteDestination(Packet mine, int mapping) {
        MappingTable table = mappings.table;
        Rewriting.destination(
                mine,
                view,
                table.inside(mapping),
                Rewriting.back(table.ipDelta(mapping)),
                Rewriting.back(table.transportDelta(mapping)));
    }

    /**
     * Passes a rewritten packet to the inside, and has the fragments of its datagram follow.
     *
     * @param from the side that it came from
     * @param addresses what it had, source and destination
     */
    private void giveInward(Packet mine, int from, long addresses, int oldId, int newId, long now) {
        mine.destination(view.destination);
        long newAddresses = pair(view.source, view.destination);
        boolean fragment = view.isFragment();
        int protocol = view.protocol;
        doors.inside().add(mine);
        if (fragment) {
            fragments.first(from, addresses, protocol, oldId, newAddresses, newId, INSIDE, now);
        }
    }

    /** From the inside to the inside, by external addresses. */
    private void hairpin(Packet packet, boolean reply, long now) {
        long addresses = pair(view.source, view.destination);
        int oldId = packet.u16(view.header + Ipv4Header.ID_AT);
        boolean query = !reply && view.protocol == Ipv4Header.ICMP;
        Packet mine;
        int newId = oldId;
        if (reply) {
            if (!mappings.isInside(view.source)) {
                drop(Refusal.NOT_INSIDE, packet);
                return;
            }
            mine = packet.writable();
            int external = mappings.externalAddress(view.source);
            Rewriting.addresses(mine, view.header, external, view.destination);
            view.source = external;
        } else {
            int mapping = mappings.outbound(view, now);
            if (mapping == Mappings.NONE) {
                refuseOutward(packet, addresses, oldId, now);
                return;
            }
            mine = packet.writable();
            newId = translateSource(mine, mapping);
        }
        int target = mappings.inbound(view, now);
        if (target == Mappings.NONE) {
            if (view.isFragment()) {
                fragments.refused(INSIDE, addresses, view.protocol, oldId, now);
            }
            refuseInward(mine, now);
            return;
        }
        if (query) {
            // The identifier is the asker's, by which the answer will find it.
            int inside = Endpoint.address(mappings.table.inside(target));
            Rewriting.addresses(mine, view.header, view.source, inside);
            view.destination = inside;
        } else {
            rewriteDestination(mine, target);
        }
        counts.hairpinned.increment();
        giveInward(mine, INSIDE, addresses, oldId, newId, now);
    }

    /** Drops a packet that may not come in; a SYN is answered later. */
    private void refuseInward(Packet packet, long now) {
        if (view.isFragment()) {
            int oldId = packet.u16(view.header + Ipv4Header.ID_AT);
            long addresses = pair(view.source, view.destination);
            fragments.refused(OUTSIDE, addresses, view.protocol, oldId, now);
        }
        if (settings.answersSyns()
                && view.protocol == Ipv4Header.TCP
                && TcpPhase.opens(view.tcpFlags)
                && mappings.external.mayHave(view.to())) {
            holdSyn(packet, now);
        }
        drop(mappings.refusal(), packet);
    }

    private void holdSyn(Packet packet, long now) {
        if (!syns.hold(packet, view, now)) {
            counts.synsForgotten.increment();
            return;
        }
        counts.synsHeld.increment();
        setSynTimer();
    }

    private void setSynTimer() {
        Timer timer = Objects.requireNonNull(synTimer);
        if (syns.size() > 0 && !timer.isSet()) {
            timer.at(syns.nextDeadline());
        }
    }

    private void answerSyns() {
        long now = loop.clock().nowNanos();
        while (syns.nextDeadline() <= now) {
            Packet error = null;
            if (syns.isUnanswered()) {
                error =
                        writer.write(
                                ErrorWriter.Kind.unreachable(PORT_UNREACHABLE),
                                Endpoint.address(syns.local()),
                                Endpoint.address(syns.peer()),
                                Unpooled.wrappedBuffer(syns.quote()),
                                0,
                                syns.quoteLength());
            }
            syns.next();
            if (error != null) {
                if (mappings.external.isOurs(error.destination())) {
                    fromOutside(error, now); // to one of the inside, that sent it there
                } else {
                    doors.outside().add(error);
                }
            }
        }
        setSynTimer();
        doors.flush().run();
    }

    private void errorFromOutside(Packet packet, long now) {
        if (!errors.isSound(packet, view)) {
            badError.drop(packet);
            return;
        }
        Packet mine = packet.writable();
        if (!errors.inwards(mine, view, now)) {
            drop(Refusal.NO_MAPPING, mine);
            return;
        }
        counts.errors.increment();
        mine.destination(view.destination);
        doors.inside().add(mine);
    }

    private void errorFromInside(Packet packet, long now) {
        if (!mappings.isInside(view.source)) {
            drop(Refusal.NOT_INSIDE, packet);
            return;
        }
        if (!errors.isSound(packet, view)) {
            badError.drop(packet);
            return;
        }
        Packet mine = packet.writable();
        if (!errors.outwards(mine, view, now)) {
            drop(Refusal.NO_MAPPING, mine);
            return;
        }
        if (mappings.external.isOurs(view.destination)) {
            errorFromOutside(mine, now);
            return;
        }
        counts.errors.increment();
        mine.destination(view.destination);
        doors.outside().add(mine);
    }

    /** Goes on where another one was: SYNs and fragments that wait, and where they go. */
    void takeOver(Translator other) {
        syns = other.syns;
        other.syns = new HeldSyns();
        id = other.id;
        writer.takeOver(other.writer);
        fragments.takeOver(other.fragments);
        setSynTimer();
    }

    void close() {
        fragments.close();
    }
}
