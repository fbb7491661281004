package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.util.Locale;

/**
 * Passes packets on unchanged and counts them, and knows their rate between the first and the
 * latest of them: a plain average, not one that forgets. The packets of the first IGNORE seconds
 * (or with a unit; default 0) after the first packet are not counted.
 *
 * <pre>{@code
 * ... -> a :: AverageCounter -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count}, {@code byte_count} (read), {@code rate}, {@code byte_rate} (read: a
 * second, of the packets that came after the first one; 0 while there is none), {@code reset}
 * (write).
 */
@AutoService(Element.class)
@ElementClass(name = "AverageCounter")
public final class AverageCounter extends Element {
    private final Counter packets = counter();
    private final Counter bytes = counter();
    private long ignoreNanos;
    private boolean seen;
    private long beginNanos;
    private long firstNanos;
    private long latestNanos;
    private long firstBytes;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        ignoreNanos = arguments.optional("IGNORE", ArgumentTypes::nanos, 0L);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        long now = loop().clock().nowNanos();
        if (!seen) {
            seen = true;
            beginNanos = now;
        }
        if (now - beginNanos < ignoreNanos) {
            return packet;
        }
        if (packets.value() == 0) {
            firstNanos = now;
            firstBytes = packet.length();
        }
        latestNanos = now;
        packets.increment();
        bytes.add(packet.length());
        return packet;
    }

    private String perSecond(long amount) {
        long span = latestNanos - firstNanos;
        return span == 0 ? "0" : String.format(Locale.ROOT, "%.3f", amount * 1e9 / span);
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", packets::value).read("byte_count", bytes::value);
        handlers.read("rate", () -> perSecond(packets.value() - 1));
        handlers.read("byte_rate", () -> perSecond(bytes.value() - firstBytes));
        handlers.write(
                "reset",
                value -> {
                    packets.reset();
                    bytes.reset();
                    seen = false;
                    firstNanos = 0;
                    latestNanos = 0;
                });
    }

    @Override
    protected void takeState(Element old) {
        AverageCounter other = (AverageCounter) old;
        seen = other.seen;
        beginNanos = other.beginNanos;
        firstNanos = other.firstNanos;
        latestNanos = other.latestNanos;
        firstBytes = other.firstBytes;
    }
}
