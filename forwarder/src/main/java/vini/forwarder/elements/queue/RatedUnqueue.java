package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Pulls RATE packets a second (0 to 4000000000) and pushes them. It is a token bucket, full at
 * first, of 20 ms of RATE and at least one packet: when packets have been rare, so many of them may
 * go at once.
 *
 * <ul>
 *   <li>BURST_DURATION: how long a time's packets the bucket holds instead (seconds or with a unit)
 *   <li>BURST_SIZE: how many packets the bucket holds instead, 1 to 4000000000
 *   <li>ACTIVE: false to do nothing until told (default true)
 * </ul>
 *
 * <p>It sleeps until there are packets and one of them may go.
 *
 * <pre>{@code
 * ... -> Queue -> RatedUnqueue(100) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code rate}, {@code active} (read, write), {@code count} (read: packets so far).
 */
@AutoService(Element.class)
@ElementClass(name = "RatedUnqueue", processing = "l/h")
public final class RatedUnqueue extends RatedPuller {
    /** Made by the graph. */
    public RatedUnqueue() {
        super(TokenBucket.Of.PACKETS);
    }
}
