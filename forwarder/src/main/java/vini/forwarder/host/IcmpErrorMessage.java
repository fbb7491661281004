package vini.forwarder.host;

import io.netty.buffer.ByteBuf;

import vini.net.Ipv4Address;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;
import vini.net.wire.WireException;

/**
 * An ICMP error with what it quotes: the header and the first eight bytes of the packet that caused
 * it (RFC 792).
 *
 * @param from who reports it
 * @param nextHopMtu for "fragmentation needed" (RFC 1191), else what the field holds
 * @param source of the quoted packet: our address, if it was ours
 * @param word0 the first four quoted payload bytes: both ports, or ICMP type, code and checksum
 * @param word1 the next four: TCP's sequence number, or ICMP's identifier and sequence
 */
public record IcmpErrorMessage(
        Ipv4Address from,
        int type,
        int code,
        int nextHopMtu,
        int protocol,
        int source,
        Ipv4Address destination,
        int word0,
        int word1) {
    private static final int QUOTED_PAYLOAD_BYTES = 8;

    /** Reads an ICMP message at {@code at} whose own header has been checked. */
    public static IcmpErrorMessage parse(ByteBuf in, Ipv4Address from, int at, int length)
            throws WireException {
        int quoted = at + IcmpHeader.BYTES;
        int available = length - IcmpHeader.BYTES;
        if (available < Ipv4Header.BYTES) {
            throw new WireException("ICMP error quotes " + available + " bytes, no IPv4 header");
        }
        int header = Ipv4Header.headerLength(in, quoted);
        if (in.getUnsignedByte(quoted) >>> 4 != 4
                || header < Ipv4Header.BYTES
                || available < header + QUOTED_PAYLOAD_BYTES) {
            throw new WireException("ICMP error quotes no whole IPv4 header with 8 bytes");
        }
        return new IcmpErrorMessage(
                from,
                in.getUnsignedByte(at + IcmpHeader.TYPE_AT),
                in.getUnsignedByte(at + IcmpHeader.CODE_AT),
                in.getUnsignedShort(at + IcmpHeader.NEXT_HOP_MTU_AT),
                in.getUnsignedByte(quoted + Ipv4Header.PROTOCOL_AT),
                in.getInt(quoted + Ipv4Header.SOURCE_AT),
                new Ipv4Address(in.getInt(quoted + Ipv4Header.DESTINATION_AT)),
                in.getInt(quoted + header),
                in.getInt(quoted + header + 4));
    }

    /** The port from which the quoted segment or datagram was sent. */
    public int sourcePort() {
        return word0 >>> 16;
    }

    /** The port to which it was sent. */
    public int destinationPort() {
        return word0 & 0xffff;
    }
}
