package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;

/**
 * Is the same as Queue: packets may change threads in any queue here (see StaticThreadSched). It
 * stores CAPACITY packets (0 to 1000000, default 1000) first in, first out.
 *
 * <pre>{@code
 * ... -> ThreadSafeQueue(200) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code length}, {@code highwater_length}, {@code drops} (read), {@code capacity}
 * (read, write), {@code reset_counts} (write: the two counts begin anew), {@code reset} (write:
 * drops all that it holds).
 */
@AutoService(Element.class)
@ElementClass(
        name = "ThreadSafeQueue",
        ports = "1/1-2",
        processing = "h/lh",
        partialChecksums = PartialChecksums.PASSED,
        drops = {"queueFull", "queueReset"})
public final class ThreadSafeQueue extends BoundedQueue {
    /** Made by the graph. */
    public ThreadSafeQueue() {
        super(Tells.THAT_IT_IS_EMPTY_OR_FULL);
    }
}
