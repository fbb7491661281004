package vini.forwarder.filter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.HexFormat;
import java.util.List;

/** Runs one expression on IP packets; with a byte before and one behind, where nobody may look. */
final class IpBytes {
    private IpBytes() {}

    static Program program(String expression) throws FilterException {
        return Program.compile(
                List.of(new Rule(FilterParser.parse(expression, FilterNames.STANDARD), 0)));
    }

    static boolean matches(Program program, byte[] packet) {
        ByteBuf bytes = Unpooled.buffer(packet.length + 1);
        bytes.writeByte(0xa5).writeBytes(packet);
        bytes.capacity(packet.length + 1);
        int headerLength = packet.length == 0 ? 0 : (packet[0] & 15) * 4;
        int end = packet.length + 1;
        return program.match(bytes, 1, packet.length == 0 ? end : 1 + headerLength, end) == 0;
    }

    static boolean matches(String expression, String hex) throws FilterException {
        return matches(program(expression), HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
