package vini.forwarder.elements.overlay;

import vini.forwarder.Packet;

import java.util.function.Consumer;

/**
 * The packets that a link direction has and still has to hand on: a line of those that keep their
 * order, and one of those that overtake them. Both wait for the same rate.
 */
final class OnTheWay {
    private final DelayLine line = new DelayLine();
    private final DelayLine early = new DelayLine();

    int size() {
        return line.size() + early.size();
    }

    boolean isEmpty() {
        return line.isEmpty() && early.isEmpty();
    }

    /** Packets that have not departed at {@code now}. */
    int queueLength(long now) {
        return line.queueLength(now) + early.queueLength(now);
    }

    /** Takes the packet over; it comes after all that were added so before. */
    void add(Packet packet, long departure, long arrival) {
        line.add(packet, departure, arrival);
    }

    /** Takes a packet over that arrives as soon as it departs, whoever is still on the wire. */
    void addEarly(Packet packet, long departure) {
        early.add(packet, departure, departure);
    }

    /** When the next packet arrives; {@link Long#MAX_VALUE} if there is none. */
    long firstArrival() {
        return Math.min(
                line.isEmpty() ? Long.MAX_VALUE : line.firstArrival(),
                early.isEmpty() ? Long.MAX_VALUE : early.firstArrival());
    }

    /** When the last of those arrives that keep their order; {@code otherwise} if there is none. */
    long lastArrival(long otherwise) {
        return line.isEmpty() ? otherwise : line.lastArrival();
    }

    /** Hands the packet that arrives first to the caller; only if there is one. */
    Packet removeFirst() {
        boolean overtakes =
                !early.isEmpty() && (line.isEmpty() || early.firstArrival() < line.firstArrival());
        return (overtakes ? early : line).removeFirst();
    }

    /**
     * Gives what waits the departures of another rate, in bits per second; 0 is no limit.
     *
     * @return when the last of them departs; {@code now} if none waits
     */
    long retime(long now, long oldRate, long newRate) {
        return DelayLine.retime(line, early, now, oldRate, newRate);
    }

    /** Hands all packets to {@code taker}. */
    void clear(Consumer<Packet> taker) {
        line.clear(taker);
        early.clear(taker);
    }
}
