package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import io.netty.buffer.ByteBufUtil;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.wire.Ipv6Header;
import vini.net.wire.WireException;

/**
 * Prints IPv6 packets in a line each, after TAG, and passes them on: addresses, what is inside,
 * length and hop limit. The header is where the network header says (CheckIP6Header,
 * MarkIP6Header).
 *
 * <p>With CONTENTS true (default false) the first NBYTES (default 1500) bytes follow in hex.
 *
 * <pre>{@code
 * ... -> MarkIP6Header(14) -> IP6Print(in, CONTENTS true, NBYTES 60) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "IP6Print")
public final class Ip6Print extends Element {
    private static final int BYTES_MAX = 65_535;
    private static final int BYTES_DEFAULT = 1500;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private String tag = "";
    private int bytes;
    private boolean contents;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        tag = arguments.optional("TAG", ArgumentTypes::string, "");
        bytes = arguments.optional("NBYTES", ArgumentTypes.integer(0, BYTES_MAX), BYTES_DEFAULT);
        contents = arguments.optional("CONTENTS", ArgumentTypes::bool, false);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        StringBuilder line = new StringBuilder();
        if (!tag.isEmpty()) {
            line.append(tag).append(": ");
        }
        if (Ip6.hasHeader(packet, packet.networkHeader())) {
            describe(packet, packet.networkHeader(), line);
        } else {
            line.append("(no IPv6 header)");
        }
        if (contents) {
            line.append(" | ");
            line.append(
                    ByteBufUtil.hexDump(
                            packet.buffer(), packet.start(), Math.min(bytes, packet.length())));
        }
        chatter(line.toString());
        return packet;
    }

    private static void describe(Packet packet, int header, StringBuilder line) {
        line.append(Ip6.address(packet, header + Ipv6Header.SOURCE_AT)).append(" > ");
        line.append(Ip6.address(packet, header + Ipv6Header.DESTINATION_AT)).append(": ");
        line.append(upper(packet, header));
        line.append(", length ").append(packet.u16(header + Ipv6Header.PAYLOAD_LENGTH_AT));
        line.append(", hlim ").append(packet.u8(header + Ipv6Header.HOP_LIMIT_AT));
    }

    private static String upper(Packet packet, int header) {
        int length = packet.length() - header;
        try {
            Ipv6Header.Upper upper =
                    Ipv6Header.upper(packet.buffer(), packet.start() + header, length);
            if (upper.fragmentOffset() != 0) {
                return "fragment at " + upper.fragmentOffset();
            }
            int at = header + upper.at();
            boolean ports = upper.at() + 4 <= length;
            return switch (upper.protocol()) {
                case TCP -> "tcp" + (ports ? ports(packet, at) : "");
                case UDP -> "udp" + (ports ? ports(packet, at) : "");
                case Ipv6Header.ICMP -> "icmp6" + (ports ? " type " + packet.u8(at) : "");
                case Ipv6Header.NO_NEXT -> "nothing";
                default -> "protocol " + upper.protocol();
            };
        } catch (WireException e) {
            return "(" + e.getMessage() + ")";
        }
    }

    private static String ports(Packet packet, int at) {
        return " " + packet.u16(at) + " > " + packet.u16(at + 2);
    }
}
