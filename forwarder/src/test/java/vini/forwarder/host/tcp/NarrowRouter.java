package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

/** Says "fragmentation needed" as a router does, RFC 1191 4. */
final class NarrowRouter {
    private static final int ADDRESS = 0x0a0000fe;

    private NarrowRouter() {}

    static ByteBuf tooBig(ByteBuf packet, int mtu) {
        ByteBuf error = Unpooled.buffer();
        int quote = Ipv4Header.BYTES + 8;
        int icmp = IcmpHeader.BYTES + quote;
        int to = packet.getInt(Ipv4Header.SOURCE_AT);
        Ipv4Header.emit(error, 0, Ipv4Header.BYTES + icmp, 0, 0, 64, Ipv4Header.ICMP, ADDRESS, to);
        IcmpHeader.emit(
                error, IcmpHeader.DESTINATION_UNREACHABLE, IcmpHeader.FRAGMENTATION_NEEDED, 0, mtu);
        error.writeBytes(packet, 0, quote);
        IcmpHeader.seal(error, Ipv4Header.BYTES, icmp);
        return error;
    }
}
