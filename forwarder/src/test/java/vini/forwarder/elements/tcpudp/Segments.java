package vini.forwarder.elements.tcpudp;

import vini.forwarder.kit.Packets;

/** TCP, UDP and ICMP in IPv4 as hex, with checksums summed up in full; and a judge of them. */
public final class Segments {
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int ACK = 16;

    private static final int IP = 40;

    private Segments() {}

    public static String udp(String from, int fromPort, String to, int toPort, String data) {
        int length = 8 + data.length() / 2;
        String head = "%04x%04x%04x".formatted(fromPort, toPort, length);
        String sum = checksum(from, to, 17, head + "0000" + data);
        return Packets.ipv4(from, to, 64, 17, head + (sum.equals("0000") ? "ffff" : sum) + data);
    }

    public static String tcp(
            String from, int fromPort, String to, int toPort, int flags, String data) {
        String head = "%04x%04x%08x%08x50%02x2000".formatted(fromPort, toPort, 1000, 2000, flags);
        String sum = checksum(from, to, 6, head + "0000" + "0000" + data);
        return Packets.ipv4(from, to, 64, 6, head + sum + "0000" + data);
    }

    /** An echo request (type 8) or reply (0). */
    public static String echo(String from, String to, int type, int id, int sequence) {
        String rest = "%04x%04x".formatted(id, sequence) + "61626364";
        return icmp(from, to, "%02x00".formatted(type), rest);
    }

    /** An ICMP error about a packet, of which so many bytes are quoted. */
    public static String error(
            String from, String to, String typeAndCode, String about, int bytes) {
        String quoted = about.substring(0, Math.min(about.length(), 2 * bytes));
        return icmp(from, to, typeAndCode, "00000000" + quoted);
    }

    private static String icmp(String from, String to, String typeAndCode, String rest) {
        String sum = Packets.checksum(typeAndCode + "0000" + rest);
        return Packets.ipv4(from, to, 64, 1, typeAndCode + sum + rest);
    }

    private static String checksum(String from, String to, int protocol, String segment) {
        return Packets.checksum(
                Packets.address(from)
                        + Packets.address(to)
                        + "00%02x%04x".formatted(protocol, segment.length() / 2)
                        + segment);
    }

    /** Whether the IP checksum and that of TCP, UDP or ICMP are right, all summed up anew. */
    public static boolean sound(String hex) {
        if (!Packets.checksum(hex.substring(0, IP)).equals("0000")) {
            return false;
        }
        String segment = hex.substring(IP);
        int protocol = Integer.parseInt(hex.substring(18, 20), 16);
        if (protocol == 1) {
            return Packets.checksum(segment).equals("0000");
        }
        String pseudo =
                hex.substring(24, IP) + "00%02x%04x".formatted(protocol, segment.length() / 2);
        boolean without = protocol == 17 && segment.startsWith("0000", 12);
        return protocol != 6 && protocol != 17
                || without
                || Packets.checksum(pseudo + segment).equals("0000");
    }

    /** {@code 1.0.0.1 1024 10.0.0.4 40 T}, as Click's IP summary dumps say it. */
    public static String summary(String hex) {
        String protocol = hex.substring(18, 20);
        String type = protocol.equals("06") ? "T" : protocol.equals("11") ? "U" : "I";
        return dotted(hex.substring(24, 32))
                + " "
                + Integer.parseInt(hex.substring(40, 44), 16)
                + " "
                + dotted(hex.substring(32, 40))
                + " "
                + Integer.parseInt(hex.substring(44, 48), 16)
                + " "
                + type;
    }

    /** Eight digits of hex as a dotted quad. */
    public static String dotted(String hex) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            text.append(i == 0 ? "" : ".").append(Integer.parseInt(hex.substring(i, i + 2), 16));
        }
        return text.toString();
    }
}
