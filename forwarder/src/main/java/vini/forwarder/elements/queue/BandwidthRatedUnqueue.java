package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Pulls packets at RATE, a bandwidth such as {@code 384kbps} or {@code 48000} (bytes a second), and
 * pushes them. It is a token bucket, full at first, of 20 ms of RATE. A packet may go when the
 * bucket is not overdrawn, and may itself overdraw it.
 *
 * <ul>
 *   <li>BURST_DURATION: how long a time's bytes the bucket holds instead (seconds or with a unit)
 *   <li>BURST_BYTES: how many bytes the bucket holds instead, 0 to 4000000000
 *   <li>ACTIVE: false to do nothing until told (default true)
 * </ul>
 *
 * <p>It sleeps until there are packets and one of them may go.
 *
 * <pre>{@code
 * ... -> Queue -> BandwidthRatedUnqueue(384 kbps) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code rate}, {@code active} (read, write), {@code count} (read: packets so far).
 */
@AutoService(Element.class)
@ElementClass(name = "BandwidthRatedUnqueue", processing = "l/h")
public final class BandwidthRatedUnqueue extends RatedPuller {
    /** Made by the graph. */
    public BandwidthRatedUnqueue() {
        super(TokenBucket.Of.BYTES);
    }
}
