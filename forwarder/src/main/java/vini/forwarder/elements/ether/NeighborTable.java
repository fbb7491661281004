package vini.forwarder.elements.ether;

import org.jspecify.annotations.Nullable;

import vini.forwarder.DropCounter;
import vini.forwarder.Packet;
import vini.net.EtherAddress;
import vini.net.IpAddress;
import vini.time.Clock;
import vini.time.Timer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which Ethernet address a neighbour has, for ARP and for Neighbor Discovery, and the packets that
 * wait for the answer. Entries end a while after they were last confirmed.
 *
 * <p>When there are too many packets, the oldest entry that has one loses its oldest; when there
 * are too many entries, the oldest goes. An entry is as old as its last confirmation.
 */
public final class NeighborTable {
    /**
     * The bounds of a table.
     *
     * @param packets how many packets wait at most
     * @param entries how many entries there are at most
     * @param packetsOfEntry how many packets wait for one entry at most
     * @param timeoutNanos how long an entry is valid after it was confirmed; 0: for ever
     * @param queryNanos the shortest time between two questions for one address
     */
    public record Limits(
            int packets, int entries, int packetsOfEntry, long timeoutNanos, long queryNanos) {}

    /** Where packets end that waited in vain. */
    public record Drops(DropCounter full, DropCounter timeout, DropCounter cleared) {
        /** All of them together. */
        public long value() {
            return full.value() + timeout.value() + cleared.value();
        }
    }

    /** After so many questions without an answer one a second is enough, RFC 1122 2.3.2.1. */
    private static final int EAGER_QUESTIONS = 10;

    private static final long SLOW_QUERY_NANOS = 1_000_000_000L;

    private final Clock clock;
    private final Limits limits;
    private final Drops drops;
    private final Timer sweep;

    /** By age, the oldest first. */
    private final Map<IpAddress, Neighbor> entries = new LinkedHashMap<>();

    /** Those for which packets wait, by {@link Neighbor#age}. */
    private final NavigableMap<Long, Neighbor> waiting = new TreeMap<>();

    private int packets;
    private long nextAge;

    /** What is known of one address. */
    public static final class Neighbor {
        private final IpAddress address;
        private final Deque<Packet> saved = new ArrayDeque<>(2);
        private EtherAddress ether = EtherAddress.BROADCAST;
        private boolean answered;
        private long age;
        private long confirmedAt;
        private long askedAt;
        private int questions;

        private Neighbor(IpAddress address) {
            this.address = address;
        }

        public EtherAddress ether() {
            return ether;
        }

        /** When it was last confirmed, on the clock. */
        public long confirmedAt() {
            return confirmedAt;
        }
    }

    /**
     * An empty table.
     *
     * @param timers makes timers that end with the element
     */
    public NeighborTable(
            Clock clock, Function<Runnable, Timer> timers, Limits limits, Drops drops) {
        this.clock = clock;
        this.limits = limits;
        this.drops = drops;
        this.sweep = timers.apply(this::expire);
    }

    private boolean isExpired(Neighbor neighbor) {
        return limits.timeoutNanos > 0
                && clock.nowNanos() - neighbor.confirmedAt > limits.timeoutNanos;
    }

    private boolean isKnown(Neighbor neighbor) {
        return neighbor.answered && !isExpired(neighbor);
    }

    /** The entry of that address if it is valid. */
    public @Nullable Neighbor known(IpAddress address) {
        Neighbor neighbor = entries.get(address);
        return neighbor != null && isKnown(neighbor) ? neighbor : null;
    }

    /** Whether there is an entry of that address, valid or not. */
    public boolean has(IpAddress address) {
        return entries.containsKey(address);
    }

    /** The Ethernet address that was last heard of for that address, valid or not. */
    public @Nullable EtherAddress lastHeard(IpAddress address) {
        Neighbor neighbor = entries.get(address);
        return neighbor != null && neighbor.answered ? neighbor.ether : null;
    }

    /** Keeps a packet until its neighbour is known. */
    public Neighbor save(IpAddress address, Packet packet) {
        Neighbor neighbor = entry(address);
        neighbor.saved.add(packet);
        packets++;
        waiting.put(neighbor.age, neighbor);
        if (limits.packetsOfEntry > 0 && neighbor.saved.size() > limits.packetsOfEntry) {
            dropOldest(neighbor);
        }
        slim();
        return neighbor;
    }

    /** Whether one may ask for it now; if so, that counts as having asked. */
    public boolean mayAsk(Neighbor neighbor) {
        long now = clock.nowNanos();
        long pause = limits.queryNanos;
        if (neighbor.questions >= EAGER_QUESTIONS) {
            pause = Math.max(pause, SLOW_QUERY_NANOS);
        }
        if (neighbor.questions > 0 && now - neighbor.askedAt < pause) {
            return false;
        }
        neighbor.askedAt = now;
        neighbor.questions++;
        return true;
    }

    /** Records an answer; the packets that waited for it are taken by {@link #next}. */
    public Neighbor confirm(IpAddress address, EtherAddress ether) {
        Neighbor neighbor = entry(address);
        entries.remove(address);
        waiting.remove(neighbor.age);
        neighbor.ether = ether;
        neighbor.answered = true;
        neighbor.questions = 0;
        neighbor.confirmedAt = clock.nowNanos();
        add(neighbor);
        return neighbor;
    }

    /** Takes the next packet that waited for it, or gives null. */
    public @Nullable Packet next(Neighbor neighbor) {
        Packet packet = neighbor.saved.poll();
        if (packet != null) {
            packets--;
            if (neighbor.saved.isEmpty()) {
                waiting.remove(neighbor.age);
            }
        }
        return packet;
    }

    private Neighbor entry(IpAddress address) {
        Neighbor found = entries.get(address);
        if (found != null) {
            return found;
        }
        if (entries.size() >= limits.entries) {
            remove(entries.values().iterator().next(), drops.full);
        }
        Neighbor neighbor = new Neighbor(address);
        neighbor.confirmedAt = clock.nowNanos();
        add(neighbor);
        return neighbor;
    }

    private void add(Neighbor neighbor) {
        neighbor.age = nextAge++;
        entries.put(neighbor.address, neighbor);
        if (!neighbor.saved.isEmpty()) {
            waiting.put(neighbor.age, neighbor);
        }
        if (limits.timeoutNanos > 0 && !sweep.isSet()) {
            sweep.after(limits.timeoutNanos);
        }
    }

    private void dropOldest(Neighbor neighbor) {
        Packet oldest = next(neighbor);
        if (oldest != null) {
            drops.full.drop(oldest);
        }
    }

    private void slim() {
        while (packets > limits.packets) {
            dropOldest(waiting.firstEntry().getValue());
        }
    }

    /**
     * Removes what is too old; it comes once a timeout, so that an entry that is no longer valid
     * keeps the packets that wait for its renewal for a while.
     */
    private void expire() {
        Iterator<Neighbor> oldestFirst = entries.values().iterator();
        while (oldestFirst.hasNext()) {
            Neighbor neighbor = oldestFirst.next();
            if (!isExpired(neighbor)) {
                break;
            }
            oldestFirst.remove();
            empty(neighbor, drops.timeout);
        }
        if (!entries.isEmpty()) {
            sweep.after(limits.timeoutNanos);
        }
    }

    private void remove(Neighbor neighbor, DropCounter reason) {
        entries.remove(neighbor.address);
        empty(neighbor, reason);
    }

    private void empty(Neighbor neighbor, DropCounter reason) {
        waiting.remove(neighbor.age);
        packets -= neighbor.saved.size();
        neighbor.saved.forEach(reason::drop);
        neighbor.saved.clear();
    }

    /** Forgets an address; the packets that wait for it are dropped. */
    public void delete(IpAddress address) {
        Neighbor neighbor = entries.get(address);
        if (neighbor != null) {
            remove(neighbor, drops.cleared);
        }
    }

    /** Forgets all. */
    public void clear() {
        entries.values().forEach(neighbor -> empty(neighbor, drops.cleared));
        entries.clear();
    }

    /** Takes all entries and packets of a table that ends. */
    public void take(NeighborTable other) {
        for (Neighbor neighbor : other.entries.values()) {
            if (entries.size() < limits.entries) {
                packets += neighbor.saved.size();
                add(neighbor);
            } else {
                neighbor.saved.forEach(drops.full::drop);
            }
        }
        slim();
        if (sweep.isSet() && other.sweep.isSet()) {
            sweep.at(Math.min(sweep.deadline(), other.sweep.deadline()));
        }
        other.entries.clear();
        other.waiting.clear();
        other.packets = 0;
    }

    /** Ends the table and what waits in it. */
    public void close() {
        entries.values().forEach(neighbor -> neighbor.saved.forEach(Packet::kill));
        entries.clear();
        waiting.clear();
        packets = 0;
    }

    /** How many entries there are. */
    public int count() {
        return entries.size();
    }

    /** How many packets wait. */
    public int length() {
        return packets;
    }

    public Drops drops() {
        return drops;
    }

    /**
     * A line an entry, by address: the address, whether it is valid (1 or 0), the Ethernet address,
     * and the seconds since it was confirmed.
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Neighbor neighbor : new TreeMap<>(entries).values()) {
            long micros = (clock.nowNanos() - neighbor.confirmedAt) / 1000;
            text.append(neighbor.address).append(isKnown(neighbor) ? " 1 " : " 0 ");
            text.append(neighbor.ether);
            text.append(" %d.%06d\n".formatted(micros / 1_000_000, micros % 1_000_000));
        }
        return text.toString();
    }
}
