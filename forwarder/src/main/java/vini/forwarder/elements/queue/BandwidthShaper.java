package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;

/**
 * Lets packets through at RATE, a bandwidth such as {@code 384kbps} or {@code 48000} (bytes a
 * second), evenly, of those that are pulled from it: after each packet there is a pause of its
 * length over RATE. To other pulls it gives nothing, and says so beforehand, so that who pulls
 * sleeps until a packet may go. Who pulls late may catch up on as much as 20 ms; a stream that
 * pauses is owed nothing for that.
 *
 * <p>Output 1, if it is connected, gives packets just while output 0 gives none.
 *
 * <pre>{@code
 * ... -> Queue -> BandwidthShaper(1Mbps) -> Unqueue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code rate} (read, write), {@code reset} (write: a packet may go at once).
 */
@AutoService(Element.class)
@ElementClass(
        name = "BandwidthShaper",
        ports = "1/1-2",
        processing = "l/l",
        partialChecksums = PartialChecksums.PASSED)
public final class BandwidthShaper extends RateShaper {
    /** Made by the graph. */
    public BandwidthShaper() {
        super(TokenBucket.Of.BYTES);
    }
}
