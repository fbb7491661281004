package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.elements.source.DumpOutput;
import vini.net.wire.Ipv4Header;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints a line about each IPv4 packet, as tcpdump does: who sends what to whom, begun by LABEL if
 * there is one. It stands behind CheckIPHeader; what is no IPv4 packet is said to be none.
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> IPPrint(in, TTL true, PAYLOAD ascii) -> ...;
 * }</pre>
 *
 * <p>A TCP line is {@code TIME: A.PORT > B.PORT: FLAGS SEQ:NEXT(DATA,BYTES,LENGTH) ack ACK win
 * WINDOW} with the bytes that the packet has and the length that its IP header says, a UDP line
 * {@code ... udp LENGTH}, one of a fragment ends with {@code (frag ID:BYTES@OFFSET+)}, with the
 * plus if more come.
 *
 * <p>Arguments:
 *
 * <ul>
 *   <li>CONTENTS, PAYLOAD: print the bytes of the packet, or of what its headers carry, as {@code
 *       hex} or {@code ascii}; one of the two, default {@code none}
 *   <li>MAXLENGTH: how many bytes at most (default 1500; -1: all)
 *   <li>ID, TTL, TOS, LENGTH: true prints that field of the header (default false)
 *   <li>TIMESTAMP: false leaves out the packet's time, in seconds since 1970 (default true)
 *   <li>AGGREGATE, PAINT: true prints that annotation (default false)
 *   <li>SWAP: true takes ICMP identifier and sequence to be of the other byte order
 *   <li>OUTFILE: a file to print to, instead of standard error
 *   <li>ACTIVE: false prints nothing (default true)
 * </ul>
 *
 * <p>Handlers: {@code active} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "IPPrint")
public final class IpPrint extends Element {
    private enum Bytes {
        NONE,
        HEX,
        ASCII;

        static Bytes parse(String text) {
            for (Bytes one : values()) {
                if (one.name().equals(text.toUpperCase(Locale.ROOT))) {
                    return one;
                }
            }
            return ArgumentTypes.bool(text) ? HEX : NONE;
        }
    }

    private String label = "";
    private Bytes contents = Bytes.NONE;
    private boolean payload;
    private int bytesMax;
    private boolean id;
    private boolean ttl;
    private boolean tos;
    private boolean length;
    private boolean timestamp;
    private boolean aggregate;
    private boolean paint;
    private boolean swap;
    private boolean active;
    private String file = "";
    private @Nullable DumpOutput out;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        label = arguments.optional("LABEL", ArgumentTypes::string, "");
        Bytes whole = arguments.keyword("CONTENTS", Bytes::parse, Bytes.NONE);
        Bytes carried = arguments.keyword("PAYLOAD", Bytes::parse, Bytes.NONE);
        if (whole != Bytes.NONE && carried != Bytes.NONE) {
            throw new ConfigException("give CONTENTS or PAYLOAD, not both");
        }
        payload = carried != Bytes.NONE;
        contents = payload ? carried : whole;
        int bytes = arguments.keyword("NBYTES", ArgumentTypes.integer(-1, 1 << 16), 1500);
        bytesMax = arguments.keyword("MAXLENGTH", ArgumentTypes.integer(-1, 1 << 16), bytes);
        id = arguments.keyword("ID", ArgumentTypes::bool, false);
        ttl = arguments.keyword("TTL", ArgumentTypes::bool, false);
        tos = arguments.keyword("TOS", ArgumentTypes::bool, false);
        length = arguments.keyword("LENGTH", ArgumentTypes::bool, false);
        timestamp = arguments.keyword("TIMESTAMP", ArgumentTypes::bool, true);
        aggregate = arguments.keyword("AGGREGATE", ArgumentTypes::bool, false);
        paint = arguments.keyword("PAINT", ArgumentTypes::bool, false);
        swap = arguments.keyword("SWAP", ArgumentTypes::bool, false);
        file = arguments.keyword("OUTFILE", ArgumentTypes::fileName, "");
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
    }

    @Override
    protected void initialize() throws ConfigException {
        if (!file.isEmpty()) {
            try {
                out = DumpOutput.open(file);
            } catch (IOException e) {
                throw new ConfigException("OUTFILE: '" + file + "' cannot be written");
            }
        }
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        if (active) {
            print(lines(packet));
        }
        return packet;
    }

    private void print(List<String> lines) {
        if (out == null) {
            lines.forEach(this::chatter);
            return;
        }
        try {
            for (String line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            out = null; // a full disk does not stop the packets
            chatter(name() + ": writing to '" + file + "' failed");
        }
    }

    private List<String> lines(Packet packet) {
        StringBuilder line = new StringBuilder();
        if (!label.isEmpty()) {
            line.append(label).append(": ");
        }
        if (timestamp) {
            long micros = packet.timestampNanos() / 1000;
            line.append(
                    String.format(
                            Locale.ROOT, "%d.%06d: ", micros / 1_000_000, micros % 1_000_000));
        }
        if (aggregate) {
            Annotation at = Annotation.AGGREGATE;
            line.append('#').append(packet.annotation(at.at(), at.size())).append(": ");
        }
        if (paint) {
            line.append("paint ").append(packet.paint()).append(": ");
        }
        if (!IpBounds.hasHeader(packet)) {
            line.append("(not an IP packet)");
            return List.of(line.toString());
        }
        int header = packet.networkHeader();
        field(line, id, "id", packet.u16(header + Ipv4Header.ID_AT));
        field(line, ttl, "ttl", packet.u8(header + Ipv4Header.TTL_AT));
        field(line, tos, "tos", packet.u8(header + Ipv4Header.TOS_AT));
        field(line, length, "length", packet.u16(header + Ipv4Header.TOTAL_LENGTH_AT));
        IpLine text = new IpLine(packet, swap);
        line.append(text.text());
        List<String> lines = new ArrayList<>();
        lines.add(line.toString());
        if (contents != Bytes.NONE) {
            int from = payload ? text.payload() : header;
            int bytes = IpBounds.end(packet) - from;
            dump(packet, from, bytesMax < 0 ? bytes : Math.min(bytes, bytesMax), lines);
        }
        return lines;
    }

    private static void field(StringBuilder line, boolean wished, String name, int value) {
        if (wished) {
            line.append(name).append(' ').append(value).append(' ');
        }
    }

    /** Lines of six groups: of eight characters, or of four bytes in hex. */
    private void dump(Packet packet, int from, int bytes, List<String> lines) {
        boolean ascii = contents == Bytes.ASCII;
        int group = ascii ? 8 : 4;
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            if (i % (6 * group) == 0 && i > 0) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (i % (6 * group) == 0) {
                line.append("  ");
            } else if (i % group == 0) {
                line.append(' ');
            }
            int value = packet.u8(from + i);
            if (ascii) {
                line.append(value >= 0x20 && value < 0x7f ? (char) value : '.');
            } else {
                line.append(Character.forDigit(value >>> 4, 16));
                line.append(Character.forDigit(value & 0x0f, 16));
            }
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("active", () -> active);
        handlers.write("active", value -> active = ArgumentTypes.bool(value));
    }

    /** The file goes on where the graph that is replaced has left it. */
    @Override
    protected void takeState(Element old) {
        IpPrint before = (IpPrint) old;
        DumpOutput own = out;
        if (own != null && before.out != null && file.equals(before.file)) {
            try {
                own.abandon();
            } catch (IOException e) {
                chatter(name() + ": writing to '" + file + "' failed");
            }
            out = before.out;
            before.out = null;
        }
    }

    @Override
    protected void close() {
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                chatter(name() + ": writing to '" + file + "' failed");
            }
        }
    }
}
