package vini.forwarder.elements.ip6;

import vini.forwarder.kit.Packets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** IPv6 packets as hex, put together without the code under test. */
final class Ip6Packets {
    static final String US = "020000000001";
    static final String THEM = "020000000002";
    static final String A = "fd00::1";
    static final String B = "fd00::2";
    static final String UDP = "03e807d000080000";

    private Ip6Packets() {}

    static String address(String text) {
        try {
            return HexFormat.of().formatHex(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String ipv6(String from, String to, int next, int hopLimit, String payload) {
        return "60000000%04x%02x%02x".formatted(payload.length() / 2, next, hopLimit)
                + address(from)
                + address(to)
                + payload;
    }

    static String icmp(String from, String to, int hopLimit, int type, int code, String body) {
        String pseudo =
                address(from) + address(to) + "%08x0000003a".formatted(4 + body.length() / 2);
        String start = "%02x%02x".formatted(type, code);
        String checksum = Packets.checksum(pseudo + start + "0000" + body);
        return ipv6(from, to, 58, hopLimit, start + checksum + body);
    }

    /** In a frame to US; {@code flags} are those of the message, an Ethernet address may follow. */
    static String advertisement(String from, String to, int flags, String target, String ether) {
        String option = ether.isEmpty() ? "" : "0201" + ether;
        String body = "%02x000000".formatted(flags) + address(target) + option;
        return US + THEM + "86dd" + icmp(from, to, 255, 136, 0, body);
    }

    static String solicitation(String from, String to, String target, String ether) {
        String option = ether.isEmpty() ? "" : "0101" + ether;
        String body = "00000000" + address(target) + option;
        return "3333ff000002" + US + "86dd" + icmp(from, to, 255, 135, 0, body);
    }
}
