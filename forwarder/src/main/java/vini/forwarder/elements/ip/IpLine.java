package vini.forwarder.elements.ip;

import vini.forwarder.Packet;
import vini.net.Ipv4Address;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says in a line what an IPv4 packet is; the packet has a whole header. */
final class IpLine {
    private static final int TCP_BYTES = 20;
    private static final int UDP_BYTES = 8;

    private static final Map<Integer, String> ICMP_TYPES = new TreeMap<>();

    static {
        ICMP_TYPES.put(0, "echo-reply");
        ICMP_TYPES.put(3, "unreachable");
        ICMP_TYPES.put(4, "sourcequench");
        ICMP_TYPES.put(5, "redirect");
        ICMP_TYPES.put(8, "echo");
        ICMP_TYPES.put(9, "routeradvert");
        ICMP_TYPES.put(10, "routersolicit");
        ICMP_TYPES.put(11, "timeexceeded");
        ICMP_TYPES.put(12, "parameterproblem");
        ICMP_TYPES.put(13, "timestamp");
        ICMP_TYPES.put(14, "timestamp-reply");
        ICMP_TYPES.put(15, "inforeq");
        ICMP_TYPES.put(16, "inforeq-reply");
        ICMP_TYPES.put(17, "maskreq");
        ICMP_TYPES.put(18, "maskreq-reply");
    }

    /** What codes say, by {@code type << 8 | code}; RFC 792, RFC 1108 and RFC 1122 give them. */
    private static final Map<Integer, String> ICMP_CODES = new TreeMap<>();

    static {
        List<String> unreachable = List.of("net", "host", "protocol", "port", "needfrag");
        for (int code = 0; code < unreachable.size(); code++) {
            ICMP_CODES.put(3 << 8 | code, " " + unreachable.get(code));
        }
        ICMP_CODES.put(5 << 8, " net");
        ICMP_CODES.put(5 << 8 | 1, " host");
        ICMP_CODES.put(11 << 8, " transit");
        ICMP_CODES.put(11 << 8 | 1, " reassembly");
        ICMP_CODES.put(12 << 8, " erroratptr");
        ICMP_CODES.put(12 << 8 | 1, " missingopt");
        ICMP_CODES.put(12 << 8 | 2, " length");
    }

    private final Packet packet;
    private final boolean swap;
    private final int header;
    private final int transport;
    private final int end;
    private final int protocol;
    private int payload;

    IpLine(Packet packet, boolean swap) {
        this.packet = packet;
        this.swap = swap;
        header = packet.networkHeader();
        transport = header + IpBounds.headerLength(packet);
        end = IpBounds.end(packet);
        protocol = packet.u8(header + Ipv4Header.PROTOCOL_AT);
        payload = transport;
    }

    /** Where what the headers carry begins; known when the text has been made. */
    int payload() {
        return payload;
    }

    String text() {
        boolean later = IpBounds.fragmentOffset(packet) != 0;
        String text =
                switch (protocol) {
                    case Ipv4Header.TCP -> later ? plain("tcp") : tcp();
                    case Ipv4Header.UDP -> later ? plain("udp") : udp();
                    case Ipv4Header.ICMP -> later ? plain("icmp") : icmp();
                    default -> plain("ip-proto-" + protocol);
                };
        return text + fragment();
    }

    private String plain(String what) {
        return address(Ipv4Header.SOURCE_AT)
                + " > "
                + address(Ipv4Header.DESTINATION_AT)
                + ": "
                + what;
    }

    private Ipv4Address address(int at) {
        return new Ipv4Address(packet.i32(header + at));
    }

    private boolean has(int bytes) {
        return end - transport >= bytes;
    }

    private String ports() {
        return "%s.%d > %s.%d: "
                .formatted(
                        address(Ipv4Header.SOURCE_AT),
                        packet.u16(transport),
                        address(Ipv4Header.DESTINATION_AT),
                        packet.u16(transport + 2));
    }

    private String udp() {
        if (!has(UDP_BYTES)) {
            return plain("udp (short)");
        }
        payload = transport + UDP_BYTES;
        return ports() + "udp " + packet.u16(transport + 4);
    }

    private String tcp() {
        if (!has(TCP_BYTES)) {
            return plain("tcp (short)");
        }
        int flags = packet.u8(transport + 13);
        int dataOffset = packet.u8(transport + 12) >>> 4 << 2;
        payload = Math.min(end, transport + Math.max(dataOffset, TCP_BYTES));
        int length = packet.u16(header + Ipv4Header.TOTAL_LENGTH_AT);
        int headers = transport - header + dataOffset;
        // SYN and FIN have a number of their own.
        int data = length - headers + (flags & 1) + (flags >>> 1 & 1);
        long sequence = packet.i32(transport + 4) & 0xffffffffL;
        String ack = (flags & 0x10) == 0 ? "" : " ack " + (packet.i32(transport + 8) & 0xffffffffL);
        return "%s%s %d:%d(%d,%d,%d)%s win %d"
                .formatted(
                        ports(),
                        flagText(flags),
                        sequence,
                        sequence + data & 0xffffffffL,
                        data,
                        packet.length(),
                        length,
                        ack,
                        packet.u16(transport + 14));
    }

    private static String flagText(int flags) {
        String text =
                ((flags & 2) != 0 ? "S" : "")
                        + ((flags & 1) != 0 ? "F" : "")
                        + ((flags & 4) != 0 ? "R" : "")
                        + ((flags & 8) != 0 ? "P" : "");
        return text.isEmpty() ? "." : text;
    }

    private String icmp() {
        if (!has(IcmpHeader.BYTES)) {
            return plain("icmp (short)");
        }
        payload = transport + IcmpHeader.BYTES;
        int type = packet.u8(transport);
        String name = ICMP_TYPES.getOrDefault(type, "type-" + type);
        if (IcmpHeader.isError(type)) {
            int code = packet.u8(transport + IcmpHeader.CODE_AT);
            String known = ICMP_CODES.get(type << 8 | code);
            String about = type == 3 ? quotedDestination() : "";
            return plain("icmp " + about + name + (known == null ? " code " + code : known));
        }
        if (type == 9 || type == 10 || !ICMP_TYPES.containsKey(type)) {
            return plain("icmp " + name);
        }
        return plain(
                "icmp %s (%d, %d)"
                        .formatted(name, word(IcmpHeader.ID_AT), word(IcmpHeader.SEQUENCE_AT)));
    }

    /** Whom the packet was for that an error is about; nothing if the error does not quote it. */
    private String quotedDestination() {
        int at = transport + IcmpHeader.BYTES + Ipv4Header.DESTINATION_AT;
        return at + 4 > end ? "" : new Ipv4Address(packet.i32(at)) + " ";
    }

    private int word(int at) {
        int word = packet.u16(transport + at);
        return swap ? word >>> 8 | word << 8 & 0xff00 : word;
    }

    private String fragment() {
        if (!IpBounds.isFragment(packet)) {
            return "";
        }
        boolean more =
                (packet.u16(header + Ipv4Header.FRAGMENT_AT) & Ipv4Header.MORE_FRAGMENTS) != 0;
        return " (frag %d:%d@%d%s)"
                .formatted(
                        packet.u16(header + Ipv4Header.ID_AT),
                        end - transport,
                        IpBounds.fragmentOffset(packet),
                        more ? "+" : "");
    }
}
