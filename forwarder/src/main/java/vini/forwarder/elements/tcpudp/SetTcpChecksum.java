package vini.forwarder.elements.tcpudp;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;

/**
 * Computes the checksum of TCP packets anew and sets it. The network header must be marked.
 *
 * <p>Argument: FIXOFF (true or false, default false): mends a data offset that is below 20 bytes or
 * beyond the segment's end, to 20 bytes. What is no whole TCP segment in IPv4, or a fragment of
 * one, is dropped; so is a wrong data offset without FIXOFF.
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> SetTCPChecksum -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "SetTCPChecksum", drops = "notTcp")
public final class SetTcpChecksum extends Element {
    private static final int LOW_BITS = 0x0f;

    private boolean mendsOffset;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter notTcp;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        mendsOffset = arguments.optional("FIXOFF", ArgumentTypes::bool, false);
    }

    @Override
    protected void initialize() {
        notTcp = drops("notTcp");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int start = TransportPart.start(packet, Ipv4Header.TCP);
        int length = start < 0 ? -1 : TransportPart.length(packet, start);
        if (length < TcpHeader.BYTES) {
            notTcp.drop(packet);
            return null;
        }
        int offset = packet.u8(start + TcpHeader.DATA_OFFSET_AT) >> 4 << 2;
        boolean wrong = offset < TcpHeader.BYTES || offset > length;
        if (wrong && !mendsOffset) {
            notTcp.drop(packet);
            return null;
        }
        Packet mine = packet.writable();
        if (wrong) {
            int rest = mine.u8(start + TcpHeader.DATA_OFFSET_AT) & LOW_BITS;
            mine.set8(start + TcpHeader.DATA_OFFSET_AT, TcpHeader.BYTES >> 2 << 4 | rest);
        }
        mine.set16(start + TcpHeader.CHECKSUM_AT, 0);
        mine.set16(
                start + TcpHeader.CHECKSUM_AT,
                TransportPart.checksum(mine, start, length, Ipv4Header.TCP));
        return mine;
    }
}
