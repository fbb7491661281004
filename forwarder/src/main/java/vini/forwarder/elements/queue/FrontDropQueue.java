package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

import java.util.Deque;

/**
 * Stores CAPACITY packets (0 to 1000000, default 1000) first in, first out; when it is full the
 * eldest makes room for the one that comes, and leaves by output 1, or is dropped if there is no
 * such output.
 *
 * <pre>{@code
 * ... -> FrontDropQueue(200) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code length}, {@code highwater_length}, {@code drops} (read), {@code capacity}
 * (read, write), {@code reset_counts} (write: the two counts begin anew), {@code reset} (write:
 * drops all that it holds).
 */
@AutoService(Element.class)
@ElementClass(
        name = "FrontDropQueue",
        ports = "1/1-2",
        processing = "h/lh",
        drops = {"queueFull", "queueReset"})
public final class FrontDropQueue extends BoundedQueue {
    /** Made by the graph. */
    public FrontDropQueue() {
        super(Tells.THAT_IT_IS_EMPTY);
    }

    @Override
    void store(int port, Packet packet, boolean room, Deque<Packet> queue) {
        Packet eldest = room ? null : queue.pollFirst();
        if (eldest != null) {
            overflow(eldest);
        }
        if (room || eldest != null) {
            queue.addLast(packet);
        } else {
            overflow(packet);
        }
    }
}
