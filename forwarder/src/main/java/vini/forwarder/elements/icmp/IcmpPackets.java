package vini.forwarder.elements.icmp;

import vini.forwarder.Packet;
import vini.forwarder.elements.ip.NewHeader;
import vini.net.Ipv4Address;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

/** Puts ICMP and IPv4 headers in front of data. */
final class IcmpPackets {
    /** The bytes of both headers. */
    static final int BYTES = Ipv4Header.BYTES + IcmpHeader.BYTES;

    /** The most data that fits behind them. */
    static final int DATA_MAX = 0xffff - BYTES;

    private static final int TTL = 64;

    private IcmpPackets() {}

    /** Writes over the first {@link #BYTES} bytes of a packet that may be written. */
    static void write(
            Packet packet,
            Ipv4Address source,
            Ipv4Address destination,
            int type,
            int code,
            int id,
            int sequence) {
        NewHeader.write(
                packet,
                0,
                sequence & 0xffff,
                0,
                TTL,
                Ipv4Header.ICMP,
                source.bits(),
                destination.bits());
        IcmpHeader.emit(packet.buffer(), type, code, id, sequence);
        int icmp = packet.start() + Ipv4Header.BYTES;
        IcmpHeader.seal(packet.buffer(), icmp, packet.length() - Ipv4Header.BYTES);
    }
}
