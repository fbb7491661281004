package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Stores CAPACITY packets (0 to 1000000, default 1000) first in, first out. Who pulls sleeps while
 * it is empty; who pushes is not told when it is full, so that a fast source overflows it. What
 * does not fit leaves by output 1, or is dropped if there is no such output.
 *
 * <pre>{@code
 * ... -> NotifierQueue(200) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code length}, {@code highwater_length}, {@code drops} (read), {@code capacity}
 * (read, write), {@code reset_counts} (write: the two counts begin anew), {@code reset} (write:
 * drops all that it holds).
 */
@AutoService(Element.class)
@ElementClass(
        name = "NotifierQueue",
        ports = "1/1-2",
        processing = "h/lh",
        drops = {"queueFull", "queueReset"})
public final class NotifierQueue extends BoundedQueue {
    /** Made by the graph. */
    public NotifierQueue() {
        super(Tells.THAT_IT_IS_EMPTY);
    }
}
