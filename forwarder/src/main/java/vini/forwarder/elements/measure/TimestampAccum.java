package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.elements.standard.Timestamps;

/**
 * Passes packets on unchanged, and adds up how much time has passed since the timestamp of each.
 *
 * <pre>{@code
 * ... -> SetTimestamp -> Queue -> DelayShaper(5ms) -> t :: TimestampAccum -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count} (read: packets), {@code time} (read: the sum, in seconds), {@code
 * average_time} (read: seconds a packet; 0 while there was none), {@code reset_counts} (write).
 */
@AutoService(Element.class)
@ElementClass(name = "TimestampAccum")
public final class TimestampAccum extends Element {
    private final Counter count = counter();
    private long nanos;

    @Override
    protected Packet simpleAction(Packet packet) {
        count.increment();
        nanos += loop().clock().epochNanos() - packet.timestampNanos();
        return packet;
    }

    @Override
    protected void takeState(Element old) {
        nanos += ((TimestampAccum) old).nanos;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value).read("time", () -> Timestamps.text(nanos));
        handlers.read(
                "average_time",
                () -> Timestamps.text(count.value() == 0 ? 0 : nanos / count.value()));
        handlers.write(
                "reset_counts",
                value -> {
                    count.reset();
                    nanos = 0;
                });
    }
}
