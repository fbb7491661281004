package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Is a Queue that says at once when it has become empty, as all queues do here: stores CAPACITY
 * packets (0 to 1000000, default 1000) first in, first out.
 *
 * <pre>{@code
 * ... -> QuickNoteQueue(200) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code length}, {@code highwater_length}, {@code drops} (read), {@code capacity}
 * (read, write), {@code reset_counts} (write: the two counts begin anew), {@code reset} (write:
 * drops all that it holds).
 */
@AutoService(Element.class)
@ElementClass(
        name = "QuickNoteQueue",
        ports = "1/1-2",
        processing = "h/lh",
        drops = {"queueFull", "queueReset"})
public final class QuickNoteQueue extends BoundedQueue {
    /** Made by the graph. */
    public QuickNoteQueue() {
        super(Tells.THAT_IT_IS_EMPTY_OR_FULL);
    }
}
