package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Sends up to RATE packets a second (0 to 4000000000) to output 0 and all others to output 1, or
 * drops them if there is no output 1. Other than with Meter, RATE packets a second leave by output
 * 0 also when more come. It is a token bucket, full at first, of 20 ms of RATE and at least one
 * packet.
 *
 * <ul>
 *   <li>BURST_DURATION: how long a time's packets the bucket holds instead (seconds or with a unit)
 *   <li>BURST_SIZE: how many packets the bucket holds instead, 1 to 4000000000
 * </ul>
 *
 * <pre>{@code
 * ... -> rs :: RatedSplitter(2000) -> ...;
 * rs[1] -> Discard;
 * }</pre>
 *
 * <p>Handlers: {@code rate} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "RatedSplitter", ports = "1/1-2", processing = "h/h", drops = "aboveRate")
public final class RatedSplitter extends RateSplitter {
    /** Made by the graph. */
    public RatedSplitter() {
        super(TokenBucket.Of.PACKETS);
    }
}
