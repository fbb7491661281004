package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Puts LENGTH bytes in front of each packet: those that stood there before a Strip, as far as the
 * packet has room in front; the others are zero.
 *
 * <p>Argument: LENGTH, 0 to 65535 bytes. A packet that would grow beyond 65535 bytes is dropped.
 *
 * <pre>{@code
 * ... -> Strip(14) -> ... -> Unstrip(14) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "Unstrip", live = true, drops = "packetTooLong")
public final class Unstrip extends Element {
    private int length;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooLong;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        length = arguments.required("LENGTH", ArgumentTypes.integer(0, Lengths.MAX));
    }

    @Override
    protected void initialize() {
        tooLong = drops("packetTooLong");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (packet.length() + length > Lengths.MAX) {
            tooLong.drop(packet);
            return null;
        }
        return packet.unstrip(length);
    }
}
