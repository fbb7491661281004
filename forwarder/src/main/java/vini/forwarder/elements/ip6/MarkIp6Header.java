package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Says that the IPv6 header of each packet begins at byte OFFSET (default 0), without a look at it;
 * CheckIP6Header looks.
 *
 * <pre>{@code
 * ... -> MarkIP6Header(14) -> IP6Print -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "MarkIP6Header")
public final class MarkIp6Header extends Element {
    private static final int OFFSET_MAX = 65_535;

    private int offset;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        offset = arguments.optional("OFFSET", ArgumentTypes.integer(0, OFFSET_MAX), 0);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        packet.networkHeader(offset);
        return packet;
    }
}
