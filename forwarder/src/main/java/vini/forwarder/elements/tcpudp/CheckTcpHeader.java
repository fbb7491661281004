package vini.forwarder.elements.tcpudp;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;

/**
 * Checks the header length and the checksum of TCP packets (RFC 9293 3.1). The network header must
 * be marked.
 *
 * <p>Output 0 gets sound packets; the others go to output 1, or are dropped if that is not wired.
 * The first unsound packet is told to the user.
 *
 * <p>Keywords: VERBOSE (default false) tells of every unsound packet; DETAILS (default false) gives
 * the handler {@code drop_details}.
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> CheckTCPHeader(VERBOSE true) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read: unsound packets), {@code drop_details} (read: how many for each
 * fault).
 */
@AutoService(Element.class)
@ElementClass(name = "CheckTCPHeader", ports = "1/1-2", processing = "a/ah", drops = "badTcpHeader")
public final class CheckTcpHeader extends HeaderCheck {
    public CheckTcpHeader() {
        super("TCP", "badTcpHeader");
    }

    @Override
    @Nullable Fault fault(Packet packet) {
        int start = TransportPart.start(packet, Ipv4Header.TCP);
        if (start < 0) {
            return Fault.NOT_OF_PROTOCOL;
        }
        int length = TransportPart.length(packet, start);
        if (length < TcpHeader.BYTES) {
            return Fault.BAD_LENGTH;
        }
        int offset = packet.u8(start + TcpHeader.DATA_OFFSET_AT) >> 4 << 2;
        if (offset < TcpHeader.BYTES || offset > length) {
            return Fault.BAD_LENGTH;
        }
        boolean sound = TransportPart.checksum(packet, start, length, Ipv4Header.TCP) == 0;
        return sound ? null : Fault.BAD_CHECKSUM;
    }
}
