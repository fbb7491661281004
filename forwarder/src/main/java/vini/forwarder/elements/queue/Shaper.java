package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;

/**
 * Lets RATE packets a second (0 to 4000000000) through, evenly, of those that are pulled from it.
 * To other pulls it gives nothing, and says so beforehand, so that who pulls sleeps until a packet
 * may go. Who pulls late may catch up on as much as 20 ms; a stream that pauses is owed nothing for
 * that.
 *
 * <p>Output 1, if it is connected, gives packets just while output 0 gives none.
 *
 * <pre>{@code
 * ... -> Queue -> Shaper(1000) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code rate} (read, write), {@code reset} (write: a packet may go at once).
 */
@AutoService(Element.class)
@ElementClass(
        name = "Shaper",
        ports = "1/1-2",
        processing = "l/l",
        partialChecksums = PartialChecksums.PASSED)
public final class Shaper extends RateShaper {
    /** Made by the graph. */
    public Shaper() {
        super(TokenBucket.Of.PACKETS);
    }
}
