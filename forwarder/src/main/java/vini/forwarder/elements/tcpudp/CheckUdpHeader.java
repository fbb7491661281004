package vini.forwarder.elements.tcpudp;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;
import vini.net.wire.UdpHeader;

/**
 * Checks the length and the checksum of UDP packets (RFC 768). The network header must be marked.
 *
 * <p>Output 0 gets sound packets; the others go to output 1, or are dropped if that is not wired. A
 * checksum of 0 says that there is none. The first unsound packet is told to the user.
 *
 * <p>Keywords: VERBOSE (default false) tells of every unsound packet; DETAILS (default false) gives
 * the handler {@code drop_details}.
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> CheckUDPHeader(DETAILS true) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read: unsound packets), {@code drop_details} (read: how many for each
 * fault).
 */
@AutoService(Element.class)
@ElementClass(name = "CheckUDPHeader", ports = "1/1-2", processing = "a/ah", drops = "badUdpHeader")
public final class CheckUdpHeader extends HeaderCheck {
    public CheckUdpHeader() {
        super("UDP", "badUdpHeader");
    }

    @Override
    @Nullable Fault fault(Packet packet) {
        int start = TransportPart.start(packet, Ipv4Header.UDP);
        if (start < 0) {
            return Fault.NOT_OF_PROTOCOL;
        }
        int available = TransportPart.length(packet, start);
        if (available < UdpHeader.BYTES) {
            return Fault.BAD_LENGTH;
        }
        int length = packet.u16(start + UdpHeader.LENGTH_AT);
        if (length < UdpHeader.BYTES || length > available) {
            return Fault.BAD_LENGTH;
        }
        boolean sound =
                packet.u16(start + UdpHeader.CHECKSUM_AT) == 0
                        || TransportPart.checksum(packet, start, length, Ipv4Header.UDP) == 0;
        return sound ? null : Fault.BAD_CHECKSUM;
    }
}
