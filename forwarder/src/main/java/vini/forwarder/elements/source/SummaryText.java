package vini.forwarder.elements.source;

import vini.forwarder.Annotation;
import vini.forwarder.Packet;
import vini.forwarder.elements.standard.Timestamps;
import vini.net.EtherAddress;
import vini.net.Ipv4Address;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes the fields of a summary as text; a dash stands for what a packet has not. */
final class SummaryText {
    static final String TCP_FLAGS = "FSRPAUECN";

    private static final String NOT_HERE = "-";
    private static final String[] ECN = {"no", "ect1", "ect2", "ce"};
    private static final String MD5_DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@";
    private static final long SECOND = 1_000_000_000L;

    private final SummaryView view;

    SummaryText(SummaryView view) {
        this.view = view;
    }

    /** The text of a field of the packet that the view looks at. */
    String text(SummaryField field) {
        Packet packet = view.packet();
        return switch (field) {
            case TIMESTAMP -> time(packet.timestampNanos());
            case UTIMESTAMP -> decimal(packet.timestampNanos(), 1000, 6);
            case NTIMESTAMP -> decimal(packet.timestampNanos(), 1, 9);
            case TS_SEC -> "" + packet.timestampNanos() / SECOND;
            case TS_USEC -> "" + packet.timestampNanos() % SECOND / 1000;
            case TS_USEC1 -> "" + packet.timestampNanos() / 1000;
            case COUNT -> "" + (1 + packet.annotation(Annotation.EXTRA_PACKETS.at(), 4));
            case DIRECTION ->
                    packet.paint() == 0 ? ">" : packet.paint() == 1 ? "<" : "" + packet.paint();
            case LINK, PAINT -> "" + packet.paint();
            case AGGREGATE -> "" + packet.annotation(Annotation.AGGREGATE.at(), 4);
            case FIRST_TIMESTAMP -> time(Timestamps.first(packet));
            case ETH_SRC -> ether(6);
            case ETH_DST -> ether(0);
            case WIRE_LEN -> "" + view.knownBytes();
            case IP_LEN -> view.isIp() ? "" + view.ipLength() : "" + view.knownBytes();
            default -> view.isIp() ? ofIp(field) : NOT_HERE;
        };
    }

    private static String time(long nanos) {
        return nanos % 1000 == 0 ? decimal(nanos, 1000, 6) : decimal(nanos, 1, 9);
    }

    private static String decimal(long nanos, int unit, int digits) {
        String fraction = "" + Math.abs(nanos % SECOND) / unit;
        return (nanos < 0 ? "-" : "")
                + Math.abs(nanos / SECOND)
                + "."
                + "0".repeat(digits - fraction.length())
                + fraction;
    }

    /** The link-level header must lie before the IP header, and both in the packet. */
    private String ether(int at) {
        int mac = view.packet().macHeader();
        if (!view.isIp() || mac < 0 || view.ipOffset() - mac < 14) {
            return NOT_HERE;
        }
        long bits = 0;
        for (byte b : view.bytes(mac + at, mac + at + EtherAddress.BYTES)) {
            bits = bits << 8 | b & 0xff;
        }
        return new EtherAddress(bits).toString();
    }

    private String ofIp(SummaryField field) {
        return switch (field) {
            case IP_SRC -> new Ipv4Address(view.ip32(12)).toString();
            case IP_DST -> new Ipv4Address(view.ip32(16)).toString();
            case IP_PROTO -> protocol(view.protocol());
            case IP_HL -> "" + view.headerBytes();
            case IP_ID -> "" + view.ip16(4);
            case IP_TOS -> "" + view.ip(1);
            case IP_DSCP -> "" + (view.ip(1) >> 2);
            case IP_ECN -> ECN[view.ip(1) & 3];
            case IP_TTL -> "" + view.ip(8);
            case IP_SUM -> "" + view.ip16(10);
            case IP_FRAG -> fragment();
            case IP_FRAGOFF ->
                    view.fragmentOffset()
                            + (hasFlag(0x4000) ? "!" : "")
                            + (hasFlag(0x2000) ? "+" : "");
            case IP_OPT ->
                    view.bad() == null
                            ? OptionText.ip(
                                    view.bytes(
                                            view.ipOffset() + 20,
                                            view.ipOffset() + view.headerBytes()))
                            : NOT_HERE;
            case IP_CAPTURE_LEN -> "" + Math.max(0, view.capturedBytes());
            case PAYLOAD, PAYLOAD_LEN, PAYLOAD_MD5, PAYLOAD_MD5_HEX -> ofPayload(field);
            default -> ofTransport(field);
        };
    }

    private boolean hasFlag(int flag) {
        return (view.ip16(6) & flag) != 0;
    }

    private String fragment() {
        return view.fragmentOffset() != 0
                ? "f"
                : hasFlag(0x2000) ? "F" : hasFlag(0x4000) ? "!" : ".";
    }

    private static String protocol(int number) {
        return switch (number) {
            case SummaryView.ICMP -> "I";
            case SummaryView.TCP -> "T";
            case SummaryView.UDP -> "U";
            default -> "" + number;
        };
    }

    private String ofTransport(SummaryField field) {
        return switch (field) {
            case SPORT -> number16(0, 0);
            case DPORT -> number16(0, 2);
            case TCP_SEQ -> number32(4);
            case TCP_ACK -> number32(8);
            case TCP_OFF ->
                    view.hasTransport(SummaryView.TCP, 13)
                            ? "" + (view.transport(12) >> 4 << 2)
                            : NOT_HERE;
            case TCP_FLAGS ->
                    view.hasTransport(SummaryView.TCP, 14)
                            ? flags(view.transport16(12) & 0x1ff)
                            : NOT_HERE;
            case TCP_WINDOW -> number16(SummaryView.TCP, 14);
            case TCP_URP -> number16(SummaryView.TCP, 18);
            case TCP_OPT -> tcpOptions(OptionText.Choice.ALL);
            case TCP_NTOPT -> tcpOptions(OptionText.Choice.NO_TIMESTAMP);
            case TCP_SACK -> tcpOptions(OptionText.Choice.SACK);
            case UDP_LEN -> number16(SummaryView.UDP, 4);
            default -> ofIcmp(field);
        };
    }

    private String number16(int protocol, int at) {
        return view.hasTransport(protocol, at + 2) ? "" + view.transport16(at) : NOT_HERE;
    }

    private String number32(int at) {
        return view.hasTransport(SummaryView.TCP, at + 4) ? "" + view.transport32(at) : NOT_HERE;
    }

    private static String flags(int bits) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < TCP_FLAGS.length(); i++) {
            text.append((bits >> i & 1) != 0 ? TCP_FLAGS.substring(i, i + 1) : "");
        }
        return text.isEmpty() ? "." : text.toString();
    }

    private String tcpOptions(OptionText.Choice choice) {
        int header = view.tcpHeaderBytes();
        return header == 0 ? NOT_HERE : OptionText.tcp(view.transportBytes(20, header), choice);
    }

    private String ofIcmp(SummaryField field) {
        if (!view.hasTransport(SummaryView.ICMP, 2)) {
            return NOT_HERE;
        }
        int type = view.transport(0);
        int code = view.transport(1);
        boolean hasId = type == 0 || type == 8 || (type >= 13 && type <= 18);
        return switch (field) {
            case ICMP_TYPE -> "" + type;
            case ICMP_CODE -> "" + code;
            case ICMP_TYPE_NAME -> IcmpWords.type(type);
            case ICMP_CODE_NAME -> IcmpWords.code(type, code);
            case ICMP_FLOWID -> hasId ? number16(SummaryView.ICMP, 4) : NOT_HERE;
            case ICMP_SEQ -> hasId ? number16(SummaryView.ICMP, 6) : NOT_HERE;
            case ICMP_NEXTMTU -> type == 3 && code == 4 ? number16(SummaryView.ICMP, 6) : NOT_HERE;
            default -> NOT_HERE;
        };
    }

    private String ofPayload(SummaryField field) {
        int offset = view.payloadOffset();
        if (offset < 0) {
            return NOT_HERE;
        }
        if (field == SummaryField.PAYLOAD_LEN) {
            return "" + Math.max(0, view.ipLength() - offset);
        }
        if (view.capturedBytes() < offset) {
            return NOT_HERE;
        }
        byte[] payload =
                view.bytes(view.ipOffset() + offset, view.ipOffset() + view.capturedBytes());
        return switch (field) {
            case PAYLOAD -> SummaryWords.quote(payload);
            case PAYLOAD_MD5 -> md5Text(md5(payload));
            default -> HexFormat.of().formatHex(md5(payload));
        };
    }

    private static byte[] md5(byte[] payload) {
        try {
            return MessageDigest.getInstance("MD5").digest(payload);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    /** The bytes of which {@link #md5Text} made that text. */
    static byte[] md5Bytes(String text) {
        byte[] digest = new byte[16];
        for (int bit = 0; bit < 128; bit++) {
            int value = MD5_DIGITS.indexOf(text.charAt(bit / 6));
            digest[bit / 8] |= (byte) ((value >> (5 - bit % 6) & 1) << (7 - bit % 8));
        }
        return digest;
    }

    /** Six bits a character, the highest first; 22 characters hold 128 bits. */
    private static String md5Text(byte[] digest) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 128; bit += 6) {
            int value = 0;
            for (int i = bit; i < bit + 6; i++) {
                value = value << 1 | (i < 128 ? digest[i / 8] >> (7 - i % 8) & 1 : 0);
            }
            text.append(MD5_DIGITS.charAt(value));
        }
        return text.toString();
    }
}
