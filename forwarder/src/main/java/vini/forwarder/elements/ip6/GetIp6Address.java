package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.wire.Ipv6Header;

/**
 * Copies the 16 bytes at OFFSET to the IPv6 destination annotation, which LookupIP6Route and
 * IP6NDSolicitor go by. 24 is where the destination of an IPv6 packet stands. Packets that end
 * before are dropped.
 *
 * <pre>{@code
 * ... -> CheckIP6Header -> GetIP6Address(24) -> rt;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "GetIP6Address", drops = "tooShort")
public final class GetIp6Address extends Element {
    private static final int OFFSET_MAX = 65_535;

    private int offset;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooShort;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        offset = arguments.required("OFFSET", ArgumentTypes.integer(0, OFFSET_MAX));
    }

    @Override
    protected void initialize() {
        tooShort = drops("tooShort");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (packet.length() - offset < Ipv6Header.ADDRESS_BYTES) {
            tooShort.drop(packet);
            return null;
        }
        int at = packet.start() + offset;
        Ip6.destination(packet, packet.buffer().getLong(at), packet.buffer().getLong(at + 8));
        return packet;
    }
}
