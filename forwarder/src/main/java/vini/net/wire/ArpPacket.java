package vini.net.wire;

import io.netty.buffer.ByteBuf;

import vini.net.EtherAddress;
import vini.net.Ipv4Address;

/**
 * An ARP packet that asks or tells which Ethernet address has an IPv4 address, RFC 826.
 *
 * @param operation {@link #REQUEST}, {@link #REPLY} or another of 16 bits
 */
public record ArpPacket(
        int operation,
        EtherAddress senderEther,
        Ipv4Address senderIp,
        EtherAddress targetEther,
        Ipv4Address targetIp) {
    public static final int BYTES = 28;
    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    private static final int HARDWARE_ETHERNET = 1;
    private static final int PROTOCOL_AT = 2;
    private static final int LENGTHS_AT = 4;
    private static final int OPERATION_AT = 6;
    private static final int SENDER_ETHER_AT = 8;
    private static final int SENDER_IP_AT = 14;
    private static final int TARGET_ETHER_AT = 18;
    private static final int TARGET_IP_AT = 24;

    /** The lengths of an Ethernet and of an IPv4 address, in one word. */
    private static final int LENGTHS = 0x0604;

    /**
     * Reads a packet that begins at {@code index}; what lies behind it is ignored (padding).
     *
     * @param length how many bytes there are
     */
    public static ArpPacket parse(ByteBuf bytes, int index, int length) throws WireException {
        if (length < BYTES) {
            throw new WireException("ARP needs " + BYTES + " bytes, got " + length);
        }
        int hardware = bytes.getUnsignedShort(index);
        if (hardware != HARDWARE_ETHERNET) {
            throw new WireException("ARP hardware type is " + hardware + ", want Ethernet (1)");
        }
        int protocol = bytes.getUnsignedShort(index + PROTOCOL_AT);
        if (protocol != EtherHeader.IPV4) {
            throw new WireException("ARP protocol type is " + protocol + ", want IPv4 (2048)");
        }
        if (bytes.getUnsignedShort(index + LENGTHS_AT) != LENGTHS) {
            throw new WireException("ARP addresses have not 6 and 4 bytes");
        }
        return new ArpPacket(
                bytes.getUnsignedShort(index + OPERATION_AT),
                new EtherAddress(EtherHeader.address(bytes, index + SENDER_ETHER_AT)),
                new Ipv4Address(bytes.getInt(index + SENDER_IP_AT)),
                new EtherAddress(EtherHeader.address(bytes, index + TARGET_ETHER_AT)),
                new Ipv4Address(bytes.getInt(index + TARGET_IP_AT)));
    }

    /** Writes {@link #BYTES} bytes at {@code index}. */
    public void set(ByteBuf bytes, int index) {
        bytes.setShort(index, HARDWARE_ETHERNET);
        bytes.setShort(index + PROTOCOL_AT, EtherHeader.IPV4);
        bytes.setShort(index + LENGTHS_AT, LENGTHS);
        bytes.setShort(index + OPERATION_AT, operation);
        EtherHeader.setAddress(bytes, index + SENDER_ETHER_AT, senderEther.bits());
        bytes.setInt(index + SENDER_IP_AT, senderIp.bits());
        EtherHeader.setAddress(bytes, index + TARGET_ETHER_AT, targetEther.bits());
        bytes.setInt(index + TARGET_IP_AT, targetIp.bits());
    }
}
