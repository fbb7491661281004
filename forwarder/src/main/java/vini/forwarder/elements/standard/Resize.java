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
 * Adds HEAD bytes in front of each packet and TAIL bytes at its end; negative numbers cut as many
 * off, and a packet that is too short becomes empty.
 *
 * <p>Arguments: HEAD and TAIL, -65535 to 65535 bytes, 0 if left out. New bytes in front are those
 * that were stripped before, or zero; at the end they are zero. A packet that would grow beyond
 * 65535 bytes is dropped.
 *
 * <pre>{@code
 * ... -> Resize(4, -2) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code head}, {@code tail} (read, write), {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "Resize", live = true, drops = "packetTooLong")
public final class Resize extends Element {
    private int head;
    private int tail;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooLong;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        head = arguments.optional("HEAD", Resize::bytes, 0);
        tail = arguments.optional("TAIL", Resize::bytes, 0);
    }

    private static int bytes(String text) {
        return ArgumentTypes.integer(-Lengths.MAX, Lengths.MAX).apply(text);
    }

    @Override
    protected void initialize() {
        tooLong = drops("packetTooLong");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (packet.length() + Math.max(head, 0) + Math.max(tail, 0) > Lengths.MAX) {
            tooLong.drop(packet);
            return null;
        }
        Packet resized = packet;
        if (head < 0) {
            resized.strip(Math.min(-head, resized.length()));
        } else if (head > 0) {
            resized = resized.unstrip(head);
        }
        if (tail < 0) {
            resized.truncate(Math.max(0, resized.length() + tail));
        } else if (tail > 0) {
            resized = Lengths.grow(resized, tail);
        }
        return resized;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("head", () -> head).write("head", value -> head = bytes(value));
        handlers.read("tail", () -> tail).write("tail", value -> tail = bytes(value));
    }
}
