package vini.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;

/** An IPv4 packet of 64 bytes with UDP, whose checksum is left out, as IPv4 allows. */
final class SmallPacket {
    /** Of the whole packet. */
    static final int BYTES = 64;

    private static final int TTL = 64;
    private static final int PORT = 9;

    private SmallPacket() {}

    static byte[] of(Ipv4Address from, Ipv4Address to) {
        ByteBuf packet = Unpooled.buffer(BYTES, BYTES);
        Ipv4Header.emit(
                packet,
                0,
                BYTES,
                0,
                Ipv4Header.DONT_FRAGMENT,
                TTL,
                Ipv4Header.UDP,
                from.bits(),
                to.bits());
        packet.writeShort(PORT).writeShort(PORT).writeShort(BYTES - Ipv4Header.BYTES);
        packet.writeZero(BYTES - packet.writerIndex());
        return packet.array();
    }

    /** As Click's DATA has it. */
    static String hexadecimal(Ipv4Address from, Ipv4Address to) {
        return ByteBufUtil.hexDump(of(from, to));
    }
}
