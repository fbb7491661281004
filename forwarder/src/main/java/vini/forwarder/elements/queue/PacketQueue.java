package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;

/**
 * Stores packets first in, first out, between a push and a pull path; what comes when CAPACITY
 * packets (0 to 1000000, default 1000) are stored leaves by output 1, or is dropped if there is no
 * such output. Who pulls sleeps while it is empty, and a source that pushes sleeps while it is
 * full.
 *
 * <pre>{@code
 * ... -> Queue(200) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code length}, {@code highwater_length}, {@code drops} (read), {@code capacity}
 * (read, write), {@code reset_counts} (write: the two counts begin anew), {@code reset} (write:
 * drops all that it holds).
 */
@AutoService(Element.class)
@ElementClass(
        name = "Queue",
        ports = "1/1-2",
        processing = "h/lh",
        partialChecksums = PartialChecksums.PASSED,
        drops = {"queueFull", "queueReset"})
public final class PacketQueue extends BoundedQueue {
    /** Made by the graph. */
    public PacketQueue() {
        super(Tells.THAT_IT_IS_EMPTY_OR_FULL);
    }
}
