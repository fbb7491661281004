package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Sends all packets to the output of their present rate in packets a second: output 0 while it is
 * less than RATE1, output 1 while it is at least RATE1 and less than RATE2, and so on. There are
 * one or more rates, each more than the one before it, and one output more than rates. The rate is
 * a moving average, which needs some tenths of a second to follow a change.
 *
 * <pre>{@code
 * ... -> m :: Meter(10000) -> ...;
 * m[1] -> Discard;
 * }</pre>
 *
 * <p>Handlers: {@code rate} (read: packets a second), {@code meters} (read: the rates).
 */
@AutoService(Element.class)
@ElementClass(name = "Meter", ports = "1/2-", processing = "h/h")
public final class Meter extends RateMeter {
    /** Made by the graph. */
    public Meter() {
        super(TokenBucket.Of.PACKETS);
    }
}
