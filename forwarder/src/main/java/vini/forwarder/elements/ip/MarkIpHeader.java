package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Says of each packet that an IPv4 header begins OFFSET bytes in (default 0), and where its
 * transport header then begins. Nothing is checked, cut off or looked up; CheckIPHeader does that.
 *
 * <pre>{@code
 * ... -> MarkIPHeader(14) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "MarkIPHeader")
public final class MarkIpHeader extends Element {
    private int offset;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        offset = arguments.optional("OFFSET", ArgumentTypes.integer(0, 1 << 16), 0);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        packet.networkHeader(offset);
        if (offset < packet.length()) {
            packet.transportHeader(offset + IpBounds.headerLength(packet));
        }
        return packet;
    }
}
