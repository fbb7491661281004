package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Cuts off what stands before the network header; where the header begins before the packet's first
 * byte, it moves the beginning back to it. An element in front (MarkIPHeader, CheckIPHeader) must
 * have said where the header is; a packet whose header would begin beyond its end is dropped.
 *
 * <pre>{@code
 * FromDevice(eth0) -> MarkIPHeader(14) -> StripToNetworkHeader -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "StripToNetworkHeader", drops = "noNetworkHeader")
public final class StripToNetworkHeader extends Element {
    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noHeader;

    @Override
    protected void initialize() {
        noHeader = drops("noNetworkHeader");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int at = packet.networkHeader();
        if (at > packet.length() || -at > packet.start()) {
            noHeader.drop(packet);
            return null;
        }
        if (at < 0) {
            return packet.unstrip(-at);
        }
        packet.strip(at);
        return packet;
    }
}
