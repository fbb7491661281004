package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Computes the checksum of the IPv4 header. Elements that change headers repair it themselves; this
 * is for headers that were put together by hand.
 *
 * <pre>{@code
 * ... -> StoreIPAddress(10.0.0.1, 12) -> SetIPChecksum -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read): packets without a whole header.
 */
@AutoService(Element.class)
@ElementClass(name = "SetIPChecksum", drops = "noIpHeader")
public final class SetIpChecksum extends Element {
    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noHeader;

    @Override
    protected void initialize() {
        noHeader = drops(IpBounds.NO_HEADER);
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!IpBounds.hasHeader(packet)) {
            noHeader.drop(packet);
            return null;
        }
        Packet mine = packet.writable();
        IpFields.seal(mine, mine.networkHeader(), IpBounds.headerLength(mine));
        return mine;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("drops", noHeader::value);
    }
}
