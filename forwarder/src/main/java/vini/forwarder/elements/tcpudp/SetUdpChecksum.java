package vini.forwarder.elements.tcpudp;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;
import vini.net.wire.UdpHeader;

/**
 * Computes the checksum of UDP packets anew and sets it. The network header must be marked.
 *
 * <p>Takes no arguments. What is no whole UDP datagram in IPv4, or a fragment of one, is dropped.
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> SetUDPChecksum -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "SetUDPChecksum", drops = "notUdp")
public final class SetUdpChecksum extends Element {
    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter notUdp;

    @Override
    protected void initialize() {
        notUdp = drops("notUdp");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int start = TransportPart.start(packet, Ipv4Header.UDP);
        int available = start < 0 ? -1 : TransportPart.length(packet, start);
        if (available < UdpHeader.BYTES) {
            notUdp.drop(packet);
            return null;
        }
        int length = packet.u16(start + UdpHeader.LENGTH_AT);
        if (length < UdpHeader.BYTES || length > available) {
            notUdp.drop(packet);
            return null;
        }
        Packet mine = packet.writable();
        int header = mine.networkHeader();
        UdpHeader.seal(
                mine.buffer(),
                mine.start() + start,
                length,
                mine.i32(header + Ipv4Header.SOURCE_AT),
                mine.i32(header + Ipv4Header.DESTINATION_AT));
        return mine;
    }
}
