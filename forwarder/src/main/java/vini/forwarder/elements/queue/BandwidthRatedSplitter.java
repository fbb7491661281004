package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Sends packets up to RATE, a bandwidth such as {@code 384kbps} or {@code 48000} (bytes a second),
 * to output 0 and all others to output 1, or drops them if there is no output 1. Other than with
 * BandwidthMeter, packets leave by output 0 at RATE also when more come. It is a token bucket, full
 * at first, of 20 ms of RATE. A packet may go when the bucket is not overdrawn, and may itself
 * overdraw it.
 *
 * <ul>
 *   <li>BURST_DURATION: how long a time's bytes the bucket holds instead (seconds or with a unit)
 *   <li>BURST_BYTES: how many bytes the bucket holds instead, 0 to 4000000000
 * </ul>
 *
 * <pre>{@code
 * ... -> rs :: BandwidthRatedSplitter(384kbps) -> ...;
 * rs[1] -> Discard;
 * }</pre>
 *
 * <p>Handlers: {@code rate} (read, write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "BandwidthRatedSplitter",
        ports = "1/1-2",
        processing = "h/h",
        drops = "aboveRate")
public final class BandwidthRatedSplitter extends RateSplitter {
    /** Made by the graph. */
    public BandwidthRatedSplitter() {
        super(TokenBucket.Of.BYTES);
    }
}
