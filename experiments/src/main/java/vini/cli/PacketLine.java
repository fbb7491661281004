package vini.cli;

import vini.forwarder.capture.CapturedPacket;
import vini.net.Ipv4Address;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A captured packet in a line, for people who look on. */
final class PacketLine {
    private static final int HEADER_BYTES = 20;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int PROTOCOL = 9;
    private static final int PORTS_BYTES = 4;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int OSPF = 89;
    private static final int ICMP = 1;
    private static final Map<Integer, String> PROTOCOLS = new TreeMap<>();

    static {
        PROTOCOLS.put(ICMP, "icmp");
        PROTOCOLS.put(TCP, "tcp");
        PROTOCOLS.put(UDP, "udp");
        PROTOCOLS.put(OSPF, "ospf");
    }

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
        if (bytes.length < HEADER_BYTES || bytes[0] >> 4 != 4) {
            return packet.length() + " bytes";
        }
        int protocol = bytes[PROTOCOL] & 0xff;
        int ports = (bytes[0] & 0x0f) * 4;
        boolean hasPorts =
                (protocol == TCP || protocol == UDP)
                        && ports + PORTS_BYTES <= bytes.length
                        && (u16(bytes, 6) & 0x1fff) == 0;
        return address(bytes, SOURCE)
                + (hasPorts ? ":" + u16(bytes, ports) : "")
                + " > "
                + address(bytes, DESTINATION)
                + (hasPorts ? ":" + u16(bytes, ports + 2) : "")
                + " "
                + PROTOCOLS.getOrDefault(protocol, "protocol " + protocol)
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
