package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

import java.util.Deque;

/**
 * Stores CAPACITY packets (0 to 1000000, default 1000); those of input 0 go to the end of the
 * queue, those of input 1 to its head. When it is full, a packet of input 0 does not get in, and
 * one of input 1 drives the last packet of the queue out; that leaves by output 1, or is dropped if
 * there is no such output.
 *
 * <pre>{@code
 * ... -> m :: MixedQueue(200) -> Unqueue -> ...;
 * again -> [1] m;
 * }</pre>
 *
 * <p>Handlers: {@code length}, {@code highwater_length}, {@code drops} (read), {@code capacity}
 * (read, write), {@code reset_counts} (write: the two counts begin anew), {@code reset} (write:
 * drops all that it holds).
 */
@AutoService(Element.class)
@ElementClass(
        name = "MixedQueue",
        ports = "2/1-2",
        processing = "h/lh",
        drops = {"queueFull", "queueReset"})
public final class MixedQueue extends BoundedQueue {
    /** Made by the graph. */
    public MixedQueue() {
        super(Tells.THAT_IT_IS_EMPTY);
    }

    @Override
    void store(int port, Packet packet, boolean room, Deque<Packet> queue) {
        if (port == 0) {
            super.store(port, packet, room, queue);
            return;
        }
        Packet last = room ? null : queue.pollLast();
        if (last != null) {
            overflow(last);
        }
        if (room || last != null) {
            queue.addFirst(packet);
        } else {
            overflow(packet);
        }
    }
}
