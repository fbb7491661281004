package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Is an old name of Queue: stores CAPACITY packets (0 to 1000000, default 1000) first in, first
 * out.
 *
 * <pre>{@code
 * ... -> FullNoteQueue(200) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code length}, {@code highwater_length}, {@code drops} (read), {@code capacity}
 * (read, write), {@code reset_counts} (write: the two counts begin anew), {@code reset} (write:
 * drops all that it holds).
 */
@AutoService(Element.class)
@ElementClass(
        name = "FullNoteQueue",
        ports = "1/1-2",
        processing = "h/lh",
        drops = {"queueFull", "queueReset"})
public final class FullNoteQueue extends BoundedQueue {
    /** Made by the graph. */
    public FullNoteQueue() {
        super(Tells.THAT_IT_IS_EMPTY_OR_FULL);
    }
}
