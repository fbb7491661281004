package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Takes the IPv4 header, and what stands before it, off the front of each packet. The annotations
 * still say where it was; for a packet in a packet, CheckIPHeader comes next.
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> StripIPHeader -> CheckIPHeader -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "StripIPHeader", drops = "noIpHeader")
public final class StripIpHeader extends Element {
    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noHeader;

    @Override
    protected void initialize() {
        noHeader = drops(IpBounds.NO_HEADER);
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!IpBounds.hasFixedHeader(packet)
                || packet.networkHeader() + IpBounds.headerLength(packet) > packet.length()) {
            noHeader.drop(packet);
            return null;
        }
        packet.strip(packet.networkHeader() + IpBounds.headerLength(packet));
        return packet;
    }
}
