package vini.forwarder.elements.overlay;

import vini.forwarder.Packet;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The packets of one link direction, in order: first those on the wire, which have departed and
 * arrive later, then those in the queue, whose departure is still to come. A ring that grows, and
 * allocates nothing for a packet. Times are in nanoseconds of the loop's clock and never decrease
 * from one packet to the next.
 */
final class DelayLine {
    /** A power of two; small, since most links of a large slice are idle or have no delay. */
    private static final int SIZE_MIN = 4;

    private Packet[] packets = new Packet[SIZE_MIN];
    private long[] departures = new long[SIZE_MIN];
    private long[] arrivals = new long[SIZE_MIN];

    /** Positions of the first packet, of the first that was not seen to depart, and of the next. */
    private long head;

    private long queued;
    private long tail;

    /** Packets on the wire and in the queue. */
    int size() {
        return (int) (tail - head);
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** Packets that have not departed at {@code now}. */
    int queueLength(long now) {
        while (queued < tail && departures[slot(queued)] <= now) {
            queued++;
        }
        return (int) (tail - queued);
    }

    /** Takes the packet over. */
    void add(Packet packet, long departure, long arrival) {
        if (size() == packets.length) {
            grow();
        }
        int slot = slot(tail++);
        packets[slot] = packet;
        departures[slot] = departure;
        arrivals[slot] = arrival;
    }

    /** When the first packet arrives; only if there is one. */
    long firstArrival() {
        return arrivals[slot(head)];
    }

    /** Hands the first packet to the caller; only if there is one. */
    Packet removeFirst() {
        int slot = slot(head++);
        Packet packet = packets[slot];
        // The ring must not hold on to what is another's now.
        forget(slot);
        queued = Math.max(queued, head);
        return packet;
    }

    /** When the last packet arrives; only if there is one. */
    long lastArrival() {
        return arrivals[slot(tail - 1)];
    }

    /**
     * Gives what waits in two lines, which share a rate, the departures of another rate; what each
     * packet takes from its departure to its arrival stays, and so does the order in each line. The
     * packet that is being sent has the rest of its bits at the new rate.
     *
     * @param oldRate in bits per second; 0 for no limit, with which nothing waits
     * @param newRate in the same unit
     * @return when the last of them departs; {@code now} if none waits
     */
    static long retime(DelayLine one, DelayLine other, long now, long oldRate, long newRate) {
        one.queueLength(now);
        other.queueLength(now);
        long free = now;
        boolean first = true;
        long i = one.queued;
        long j = other.queued;
        while (i < one.tail || j < other.tail) {
            boolean takesOne =
                    j == other.tail
                            || i < one.tail
                                    && one.departures[one.slot(i)]
                                            <= other.departures[other.slot(j)];
            DelayLine line = takesOne ? one : other;
            long position = takesOne ? i++ : j++;
            double bits = line.packets[line.slot(position)].length() * 8.0;
            if (first) {
                double left = line.departures[line.slot(position)] - now;
                bits = Math.min(bits, left * oldRate / 1e9);
                first = false;
            }
            free += newRate == 0 ? 0 : (long) (bits * 1e9 / newRate);
            line.depart(position, free);
        }
        return free;
    }

    /** A packet departs at another time, and arrives as much later or earlier. */
    private void depart(long position, long departure) {
        int slot = slot(position);
        long arrival = departure + arrivals[slot] - departures[slot];
        departures[slot] = departure;
        arrivals[slot] =
                position == head ? arrival : Math.max(arrival, arrivals[slot(position - 1)]);
    }

    /** Hands all packets to {@code taker}. */
    void clear(Consumer<Packet> taker) {
        while (!isEmpty()) {
            taker.accept(removeFirst());
        }
    }

    @SuppressWarnings("NullAway") // slots outside of head to tail are null, and nobody looks there
    private void forget(int slot) {
        packets[slot] = null;
    }

    private int slot(long position) {
        return (int) position & packets.length - 1;
    }

    /** A ring of twice the size: a position is in the old or the new half of its slots. */
    private void grow() {
        int old = packets.length;
        packets = Arrays.copyOf(packets, old * 2);
        departures = Arrays.copyOf(departures, old * 2);
        arrivals = Arrays.copyOf(arrivals, old * 2);
        for (long position = head; position < tail; position++) {
            int from = (int) position & old - 1;
            int to = slot(position);
            if (to != from) {
                packets[to] = packets[from];
                departures[to] = departures[from];
                arrivals[to] = arrivals[from];
                forget(from);
            }
        }
    }
}
