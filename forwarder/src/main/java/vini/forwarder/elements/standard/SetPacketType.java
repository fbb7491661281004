package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.forwarder.PacketType;

import java.util.Arrays;
import java.util.Locale;

/**
 * Sets the packet type annotation, which says whose packet it was on the link that it came by.
 *
 * <p>Argument: TYPE, one of {@code HOST}, {@code BROADCAST}, {@code MULTICAST}, {@code OTHERHOST},
 * {@code OUTGOING}, {@code LOOPBACK} and {@code FASTROUTE}.
 *
 * <pre>{@code
 * ... -> SetPacketType(HOST) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "SetPacketType")
public final class SetPacketType extends Element {
    private PacketType type = PacketType.HOST;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        type = arguments.required("TYPE", SetPacketType::type);
    }

    private static PacketType type(String text) {
        for (PacketType type : PacketType.values()) {
            if (type.name().equals(text.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not one of " + Arrays.toString(PacketType.values()));
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        packet.type(type);
        return packet;
    }
}
