package vini.forwarder.elements.ip;

import vini.forwarder.Packet;
import vini.net.Checksum;
import vini.net.wire.Ipv4Header;

/** Writes fields of an IPv4 header, and repairs its checksum by what has changed (RFC 1624). */
public final class IpFields {
    private IpFields() {}

    /** Sets a 16-bit word of the header that begins at {@code header}; the packet is writable. */
    public static void set16(Packet packet, int header, int at, int word) {
        int checksum = packet.u16(header + Ipv4Header.CHECKSUM_AT);
        int old = packet.u16(header + at);
        packet.set16(header + at, word);
        packet.set16(header + Ipv4Header.CHECKSUM_AT, Checksum.update(checksum, old, word));
    }

    /** Sets an address of the header. */
    public static void setAddress(Packet packet, int header, int at, int address) {
        set16(packet, header, at, address >>> 16);
        set16(packet, header, at + 2, address & 0xffff);
    }

    /** Sets the bits of the type-of-service byte that {@code mask} has. */
    public static void setTos(Packet packet, int header, int mask, int bits) {
        int word = packet.u16(header + Ipv4Header.VERSION_IHL_AT);
        set16(packet, header, Ipv4Header.VERSION_IHL_AT, word & ~mask | bits);
    }

    /** Computes the checksum anew over a header of {@code length} bytes. */
    public static void seal(Packet packet, int header, int length) {
        packet.set16(header + Ipv4Header.CHECKSUM_AT, 0);
        packet.set16(
                header + Ipv4Header.CHECKSUM_AT,
                Checksum.of(packet.buffer(), packet.start() + header, length));
    }
}
