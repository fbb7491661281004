package vini.forwarder.elements.icmp;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.forwarder.elements.ip.IpBounds;
import vini.forwarder.elements.ip.IpFields;
import vini.net.Checksum;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

/**
 * Turns each ICMP echo request into the reply to it, whichever address it was for (RFC 792). The
 * reply's destination annotation is who asked, its paint is cleared, its time is now, its TTL is
 * 64.
 *
 * <p>All other packets go to output 1, or are dropped if that is not wired; so do fragments, and
 * requests from or to addresses that are no host's.
 *
 * <pre>{@code
 * rt[0] -> ping :: ICMPPingResponder -> rt; ping[1] -> host;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(
        name = "ICMPPingResponder",
        ports = "1/1-2",
        processing = "a/ah",
        drops = "noEchoRequest")
public final class IcmpPingResponder extends Element {
    private static final int TTL = 64;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noRequest;

    @Override
    protected void initialize() {
        noRequest = drops("noEchoRequest");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (isRequest(packet)) {
            return reply(packet.writable());
        }
        addOrDrop(1, packet, noRequest);
        return null;
    }

    private static boolean isRequest(Packet packet) {
        if (!IpBounds.hasHeader(packet) || IpBounds.isFragment(packet)) {
            return false;
        }
        int header = packet.networkHeader();
        int icmp = header + IpBounds.headerLength(packet);
        return packet.u8(header + Ipv4Header.PROTOCOL_AT) == Ipv4Header.ICMP
                && IpBounds.end(packet) - icmp >= IcmpHeader.BYTES
                && packet.u8(icmp) == IcmpHeader.ECHO_REQUEST
                && isHost(packet.i32(header + Ipv4Header.SOURCE_AT))
                && isHost(packet.i32(header + Ipv4Header.DESTINATION_AT));
    }

    private static boolean isHost(int address) {
        return address != 0 && address >>> 28 < 0xe;
    }

    private Packet reply(Packet packet) {
        int header = packet.networkHeader();
        int headerLength = IpBounds.headerLength(packet);
        int from = packet.i32(header + Ipv4Header.SOURCE_AT);
        packet.set32(header + Ipv4Header.SOURCE_AT, packet.i32(header + Ipv4Header.DESTINATION_AT));
        packet.set32(header + Ipv4Header.DESTINATION_AT, from);
        packet.set8(header + Ipv4Header.TTL_AT, TTL);
        IpFields.seal(packet, header, headerLength);
        int icmp = header + headerLength;
        int old = packet.u16(icmp);
        packet.set8(icmp, IcmpHeader.ECHO_REPLY);
        int checksum = packet.u16(icmp + IcmpHeader.CHECKSUM_AT);
        int mended = Checksum.update(checksum, old, packet.u16(icmp));
        // A reply may be all zeros, whose checksum is not 0; and 0xffff is right wherever 0 is.
        packet.set16(icmp + IcmpHeader.CHECKSUM_AT, mended == 0 ? 0xffff : mended);
        packet.destination(from);
        packet.paint(Packet.NO_PAINT);
        packet.timestampNanos(loop().clock().epochNanos());
        return packet;
    }
}
