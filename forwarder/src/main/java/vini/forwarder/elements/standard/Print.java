package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.util.HexFormat;
import java.util.Locale;

/**
 * Writes a line for each packet: LABEL, its length in bytes, and its first bytes; passes it on
 * unchanged.
 *
 * <p>Arguments: LABEL, a text that begins the line (none by default); MAXLENGTH, how many bytes are
 * written (default 24, all if it is negative). Keywords:
 *
 * <ul>
 *   <li>CONTENTS: {@code HEX} (the default), {@code ASCII}, or {@code NONE}.
 *   <li>TIMESTAMP: true to write the packet's timestamp, in seconds since 1970.
 *   <li>PRINTANNO: true to write the 48 bytes of annotations in hexadecimal.
 *   <li>HEADROOM: true to write how many bytes fit in front of the packet and behind it.
 *   <li>ACTIVE: false to write nothing (default true).
 * </ul>
 *
 * <pre>{@code
 * ... -> Print(arrived, 40, TIMESTAMP true) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code active} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "Print", live = true)
public final class Print extends Element {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEX_GROUP = 4;
    private static final int ASCII_GROUP = 8;

    private enum Contents {
        NONE,
        HEX,
        ASCII
    }

    private String label = "";
    private int maxLength;
    private Contents contents = Contents.HEX;
    private boolean timestamp;
    private boolean annotations;
    private boolean headroom;
    private boolean active;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        label = arguments.optional("LABEL", ArgumentTypes::string, "");
        maxLength = arguments.optional("MAXLENGTH", ArgumentTypes.integer(-(1 << 16), 1 << 16), 24);
        contents = arguments.keyword("CONTENTS", Print::contents, Contents.HEX);
        timestamp = arguments.keyword("TIMESTAMP", ArgumentTypes::bool, false);
        annotations = arguments.keyword("PRINTANNO", ArgumentTypes::bool, false);
        headroom = arguments.keyword("HEADROOM", ArgumentTypes::bool, false);
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
    }

    private static Contents contents(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "NONE", "FALSE" -> Contents.NONE;
            case "HEX", "TRUE" -> Contents.HEX;
            case "ASCII" -> Contents.ASCII;
            default ->
                    throw new IllegalArgumentException("'" + text + "' is not NONE, HEX or ASCII");
        };
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        if (active) {
            chatter(line(packet));
        }
        return packet;
    }

    private String line(Packet packet) {
        StringBuilder line = new StringBuilder();
        if (!label.isEmpty()) {
            line.append(label).append(": ");
        }
        if (timestamp) {
            line.append(Timestamps.text(packet.timestampNanos())).append(": ");
        }
        line.append("%4d".formatted(packet.length()));
        if (headroom) {
            line.append(" (h").append(packet.headroom());
            line.append(" t").append(packet.tailroom()).append(')');
        }
        if (annotations) {
            line.append(" | ");
            for (int i = 0; i < Annotation.BYTES; i++) {
                line.append(HEX.toHexDigits((byte) packet.annotation(i, 1)));
            }
        }
        int shown = maxLength < 0 ? packet.length() : Math.min(maxLength, packet.length());
        if (contents != Contents.NONE && shown > 0) {
            line.append(" | ");
            append(line, packet, shown);
        }
        return line.toString();
    }

    private void append(StringBuilder line, Packet packet, int shown) {
        for (int i = 0; i < shown; i++) {
            int octet = packet.u8(i);
            if (contents == Contents.ASCII) {
                line.append(i % ASCII_GROUP == 0 ? " " : "");
                line.append(octet >= ' ' && octet < 0x7f ? (char) octet : '.');
            } else {
                line.append(i > 0 && i % HEX_GROUP == 0 ? " " : "");
                line.append(HEX.toHexDigits((byte) octet));
            }
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("active", () -> active);
        handlers.write("active", value -> active = ArgumentTypes.bool(value));
    }
}
