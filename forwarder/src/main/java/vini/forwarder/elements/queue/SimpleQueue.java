package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;

/**
 * Stores CAPACITY packets (0 to 1000000, default 1000) first in, first out. Who pushes is not told
 * when it is full, so that a fast source overflows it. What does not fit leaves by output 1, or is
 * dropped if there is no such output. (Who pulls is told when it is empty, other than in Click:
 * nothing polls here.)
 *
 * <pre>{@code
 * ... -> SimpleQueue(200) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code length}, {@code highwater_length}, {@code drops} (read), {@code capacity}
 * (read, write), {@code reset_counts} (write: the two counts begin anew), {@code reset} (write:
 * drops all that it holds).
 */
@AutoService(Element.class)
@ElementClass(
        name = "SimpleQueue",
        ports = "1/1-2",
        processing = "h/lh",
        partialChecksums = PartialChecksums.PASSED,
        drops = {"queueFull", "queueReset"})
public final class SimpleQueue extends BoundedQueue {
    /** Made by the graph. */
    public SimpleQueue() {
        super(Tells.THAT_IT_IS_EMPTY);
    }
}
