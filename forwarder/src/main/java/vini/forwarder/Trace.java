package vini.forwarder;

import java.util.function.Consumer;

/**
 * Writes down the way of the first packets, element by element; off unless it is begun before the
 * graph starts; any thread may call it. A copy of a packet goes by the number of the packet, too.
 */
public final class Trace {
    private int left;
    private int next = 1;
    private Consumer<String> to = line -> {};

    /** Follows the first {@code packets} packets; their lines go to {@code listener}. */
    public void begin(int packets, Consumer<String> listener) {
        left = packets;
        to = listener;
    }

    boolean isOn() {
        return next > 1 || left > 0;
    }

    /** A packet goes from one element to another. */
    synchronized void passes(Packet packet, String from, int output, String toElement, int input) {
        if (packet.traceNumber() == 0 && left > 0) {
            left--;
            packet.traceNumber(next++);
        }
        if (packet.traceNumber() != 0) {
            to.accept(
                    "packet %d: %s [%d] -> [%d] %s, %d bytes"
                            .formatted(
                                    packet.traceNumber(),
                                    from,
                                    output,
                                    input,
                                    toElement,
                                    packet.length()));
        }
    }

    /** A packet ends. */
    synchronized void drops(Packet packet, String element, String reason) {
        if (packet.traceNumber() != 0) {
            to.accept(
                    "packet %d: dropped by %s, %s"
                            .formatted(packet.traceNumber(), element, reason));
        }
    }
}
