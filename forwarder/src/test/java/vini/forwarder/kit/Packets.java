package vini.forwarder.kit;

import java.util.HexFormat;

/** IPv4 packets as hex, put together without the code under test. */
public final class Packets {
    /** UDP 10.0.0.1:1234 to 10.0.0.2:5678, no data, TTL 64; written by hand. */
    public static final String UDP =
            "4500001c00010000401166ce0a0000010a000002" + "04d2162e00080000";

    /** The same with TTL 63. */
    public static final String UDP_63 =
            "4500001c000100003f1167ce0a0000010a000002" + "04d2162e00080000";

    /** The same with TTL 1. */
    public static final String UDP_1 =
            "4500001c000100000111a5ce0a0000010a000002" + "04d2162e00080000";

    private Packets() {}

    /** A UDP packet without data. */
    public static String udp(String from, String to, int ttl, int fromPort, int toPort) {
        return ipv4(from, to, ttl, 17, "%04x%04x00080000".formatted(fromPort, toPort));
    }

    /** A UDP packet with data and a right checksum. */
    public static String datagram(String from, String to, int fromPort, int toPort, String data) {
        int length = 8 + data.length() / 2;
        String ports = "%04x%04x%04x".formatted(fromPort, toPort, length);
        String sum = checksum(pseudoHeader(from, to, length) + ports + "0000" + data);
        return ipv4(from, to, 64, 17, ports + sum + data);
    }

    /** The same as a kernel leaves it to a device that completes the checksum. */
    public static String partialDatagram(
            String from, String to, int fromPort, int toPort, String data) {
        int length = 8 + data.length() / 2;
        String ports = "%04x%04x%04x".formatted(fromPort, toPort, length);
        int sum = Integer.parseInt(checksum(pseudoHeader(from, to, length)), 16);
        return ipv4(from, to, 64, 17, ports + "%04x".formatted(0xffff - sum) + data);
    }

    private static String pseudoHeader(String from, String to, int length) {
        return address(from) + address(to) + "0011" + "%04x".formatted(length);
    }

    /** A packet with a header of 20 bytes. */
    public static String ipv4(String from, String to, int ttl, int protocol, String payload) {
        String start = "4500%04x00010000".formatted(20 + payload.length() / 2);
        String head = start + "%02x%02x".formatted(ttl, protocol);
        String addresses = address(from) + address(to);
        return head + checksum(head + addresses) + addresses + payload;
    }

    /** The Internet checksum of hex, two bytes at a time, as RFC 1071 says it in words. */
    public static String checksum(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.length() % 4 == 0 ? hex : hex + "00");
        int sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
            if (sum > 0xffff) {
                sum -= 0xffff;
            }
        }
        return "%04x".formatted(0xffff - sum);
    }

    /** A dotted quad as hex. */
    public static String address(String dotted) {
        StringBuilder hex = new StringBuilder();
        for (String octet : dotted.split("\\.", -1)) {
            hex.append("%02x".formatted(Integer.parseInt(octet)));
        }
        return hex.toString();
    }
}
