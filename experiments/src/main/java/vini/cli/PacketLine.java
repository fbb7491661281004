package vini.cli;

import vini.forwarder.capture.CapturedPacket;
import vini.forwarder.elements.ip.IpProtocols;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;

import java.util.Locale;

/** A captured packet in a line, for people who look on. */
final class PacketLine {
    private static final int PORTS_BYTES = 4;

    private PacketLine() {}

    /**
     * The line.
     *
     * @param seconds since the command began
     * @param place as the plan calls it
     */
    static String of(double seconds, String place, CapturedPacket packet) {
        return String.format(Locale.ROOT, "%12.6f  %-12s %s", seconds, place, words(packet))
                + (packet.reason() == null
                        ? ""
                        : "  dropped: " + packet.reason() + " at " + packet.place());
    }

    private static String words(CapturedPacket packet) {
        byte[] bytes = packet.bytes();
        if (bytes.length < Ipv4Header.BYTES || bytes[0] >> 4 != 4) {
            return packet.length() + " bytes";
        }
        int protocol = bytes[Ipv4Header.PROTOCOL_AT] & 0xff;
        int ports = (bytes[0] & 0x0f) * 4;
        boolean hasPorts =
                (protocol == Ipv4Header.TCP || protocol == Ipv4Header.UDP)
                        && ports + PORTS_BYTES <= bytes.length
                        && (u16(bytes, Ipv4Header.FRAGMENT_AT) & Ipv4Header.FRAGMENT_OFFSET_MASK)
                                == 0;
        return address(bytes, Ipv4Header.SOURCE_AT)
                + (hasPorts ? ":" + u16(bytes, ports) : "")
                + " > "
                + address(bytes, Ipv4Header.DESTINATION_AT)
                + (hasPorts ? ":" + u16(bytes, ports + 2) : "")
                + " "
                + IpProtocols.name(protocol)
                + " "
                + packet.length();
    }

    private static Ipv4Address address(byte[] bytes, int at) {
        return new Ipv4Address(u16(bytes, at) << 16 | u16(bytes, at + 2));
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
