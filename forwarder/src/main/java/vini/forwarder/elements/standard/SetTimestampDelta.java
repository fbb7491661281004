package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.util.Locale;

/**
 * Replaces the timestamp of each packet by how long it is after another time. Timestamps of zero,
 * which say that there is none, stay.
 *
 * <p>Keyword TYPE: {@code RANGE} (the default), after the first packet's timestamp; {@code NOW},
 * how long ago it was; {@code FIRST}, after the packet's first timestamp annotation.
 *
 * <pre>{@code
 * FromDump(trace.pcap) -> SetTimestampDelta -> Print(TIMESTAMP true) -> Discard;
 * }</pre>
 *
 * <p>Handlers: {@code first} (read: the timestamp from which RANGE counts), {@code reset} (write:
 * the next packet's timestamp becomes that).
 */
@AutoService(Element.class)
@ElementClass(name = "SetTimestampDelta")
public final class SetTimestampDelta extends Element {
    private enum Type {
        RANGE,
        NOW,
        FIRST
    }

    private Type type = Type.RANGE;
    private long start;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        type = arguments.keyword("TYPE", SetTimestampDelta::type, Type.RANGE);
    }

    private static Type type(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "RANGE" -> Type.RANGE;
            case "NOW" -> Type.NOW;
            case "FIRST" -> Type.FIRST;
            default ->
                    throw new IllegalArgumentException("'" + text + "' is not RANGE, NOW or FIRST");
        };
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        long time = packet.timestampNanos();
        if (time != 0) {
            if (start == 0) {
                start = time;
            }
            packet.timestampNanos(
                    switch (type) {
                        case RANGE -> time - start;
                        case NOW -> loop().clock().epochNanos() - time;
                        case FIRST -> time - Timestamps.first(packet);
                    });
        }
        return packet;
    }

    @Override
    protected void takeState(Element old) {
        start = ((SetTimestampDelta) old).start;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("first", () -> Timestamps.text(start)).write("reset", value -> start = 0);
    }
}
