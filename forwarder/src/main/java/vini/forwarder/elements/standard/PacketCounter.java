package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Passes packets on unchanged and counts them.
 *
 * <pre>{@code
 * ... -> c :: Counter -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count}, {@code byte_count} (read), {@code reset} (write).
 */
@AutoService(Element.class)
@ElementClass(name = "Counter")
public final class PacketCounter extends Element {
    private final Counter packets = new Counter();
    private final Counter bytes = new Counter();

    @Override
    protected Packet simpleAction(Packet packet) {
        packets.increment();
        bytes.add(packet.length());
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", packets::value).read("byte_count", bytes::value);
        handlers.write(
                "reset",
                value -> {
                    packets.reset();
                    bytes.reset();
                });
    }
}
