package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Sends all packets to the output of their present bandwidth: output 0 while it is less than RATE1,
 * output 1 while it is at least RATE1 and less than RATE2, and so on. There are one or more rates
 * (bandwidths such as {@code 384kbps} or {@code 48000}, bytes a second), each more than the one
 * before it, and one output more than rates. The bandwidth is a moving average, which needs some
 * tenths of a second to follow a change.
 *
 * <pre>{@code
 * ... -> m :: BandwidthMeter(20kBps) -> ...;
 * m[1] -> Discard;
 * }</pre>
 *
 * <p>Handlers: {@code rate} (read: bytes a second), {@code meters} (read: the rates).
 */
@AutoService(Element.class)
@ElementClass(name = "BandwidthMeter", ports = "1/2-", processing = "h/h")
public final class BandwidthMeter extends RateMeter {
    /** Made by the graph. */
    public BandwidthMeter() {
        super(TokenBucket.Of.BYTES);
    }
}
