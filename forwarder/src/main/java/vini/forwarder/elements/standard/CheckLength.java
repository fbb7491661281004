package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Sends packets of at most LENGTH bytes to output 0 and longer ones to output 1; without an output
 * 1 they are dropped.
 *
 * <p>Argument: LENGTH, 0 or more bytes.
 *
 * <pre>{@code
 * ... -> fits :: CheckLength(1500) -> ...; fits[1] -> IPFragmenter(1500) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code length} (read, write), {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "CheckLength",
        ports = "1/1-2",
        processing = "a/ah",
        live = true,
        drops = "packetTooLong")
public final class CheckLength extends Element {
    private int length;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooLong;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        length = arguments.required("LENGTH", CheckLength::bytes);
    }

    private static int bytes(String text) {
        return ArgumentTypes.integer(0, Integer.MAX_VALUE).apply(text);
    }

    @Override
    protected void initialize() {
        tooLong = drops("packetTooLong");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (packet.length() <= length) {
            return packet;
        }
        addOrDrop(1, packet, tooLong);
        return null;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("length", () -> length).write("length", value -> length = bytes(value));
    }
}
