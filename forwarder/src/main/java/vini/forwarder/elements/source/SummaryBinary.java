package vini.forwarder.elements.source;

import org.jspecify.annotations.Nullable;

import vini.forwarder.elements.standard.Timestamps;
import vini.net.EtherAddress;
import vini.net.Ipv4Address;
import vini.net.wire.WireException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The binary form of IP summary dumps: records of a 4-byte length, which counts itself, and the
 * fields in the order of the dump, in network byte order. The highest bit of the length says that
 * the record is a line of text. What a packet has not is zero.
 */
final class SummaryBinary {
    private static final int METADATA = 1 << 31;
    private static final int LENGTH_BYTES = 4;
    private static final int RECORD_BYTES_MAX = 1 << 16;
    private static final int VARIABLE = 0;
    private static final String ABSENT = "-";

    private SummaryBinary() {}

    /** What a record was: a line of text, or the words of a packet's line. */
    record Content(String line, List<String> words) {}

    /** How many bytes a field has; 0 if they vary; -1 if the field has no binary form. */
    private static int bytes(SummaryField field) {
        return switch (field) {
            case TIMESTAMP, UTIMESTAMP, NTIMESTAMP, TS_USEC1, FIRST_TIMESTAMP -> 8;
            case TS_SEC, TS_USEC, IP_SRC, IP_DST, IP_LEN, TCP_SEQ, TCP_ACK, UDP_LEN -> 4;
            case PAYLOAD_LEN, IP_CAPTURE_LEN, COUNT -> 4;
            case SPORT, DPORT, IP_ID, IP_FRAGOFF -> 2;
            case IP_PROTO, IP_TOS, IP_TTL, IP_FRAG, TCP_FLAGS -> 1;
            case ETH_SRC, ETH_DST -> EtherAddress.BYTES;
            case PAYLOAD_MD5, PAYLOAD_MD5_HEX -> 16;
            case IP_OPT, TCP_OPT, TCP_NTOPT, TCP_SACK -> VARIABLE;
            default -> -1;
        };
    }

    /** Throws IllegalArgumentException if one of the fields has no binary form. */
    static void check(List<SummaryField> fields) {
        for (SummaryField field : fields) {
            if (bytes(field) < 0) {
                throw new IllegalArgumentException("there is no binary form of " + field.word());
            }
        }
    }

    /** A line of text as a record. */
    static byte[] line(String line) {
        byte[] text = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(LENGTH_BYTES + text.length)
                .putInt(LENGTH_BYTES + text.length | METADATA)
                .put(text)
                .array();
    }

    /** The words of a packet's line as a record. */
    static byte[] packet(List<SummaryField> fields, List<String> words) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < fields.size(); i++) {
            all.writeBytes(encode(fields.get(i), words.get(i)));
        }
        return ByteBuffer.allocate(LENGTH_BYTES + all.size())
                .putInt(LENGTH_BYTES + all.size())
                .put(all.toByteArray())
                .array();
    }

    private static byte[] encode(SummaryField field, String word) {
        boolean absent = word.equals(ABSENT) || word.equals("?");
        int size = bytes(field);
        if (size == VARIABLE) {
            byte[] options = absent ? new byte[0] : OptionText.parse(word, field.ofTcp());
            return ByteBuffer.allocate(1 + options.length)
                    .put((byte) options.length)
                    .put(options)
                    .array();
        }
        ByteBuffer to = ByteBuffer.allocate(size);
        if (absent) {
            return to.array();
        }
        switch (field) {
            case TIMESTAMP, UTIMESTAMP, NTIMESTAMP, FIRST_TIMESTAMP -> {
                int unit = field == SummaryField.NTIMESTAMP ? 1 : 1000;
                long nanos = SummaryReader.nanos(word);
                to.putInt((int) Math.floorDiv(nanos, 1_000_000_000L));
                to.putInt((int) Math.floorMod(nanos, 1_000_000_000L) / unit);
            }
            case IP_SRC, IP_DST -> to.putInt(Ipv4Address.parse(word).bits());
            case IP_PROTO -> to.put((byte) SummaryReader.protocol(word));
            case IP_FRAG -> to.put((byte) word.charAt(0));
            case IP_FRAGOFF -> to.putShort((short) SummaryReader.offset(word, false));
            case TCP_FLAGS -> to.put((byte) SummaryReader.flags(word));
            case PAYLOAD_MD5 -> to.put(SummaryText.md5Bytes(word));
            case PAYLOAD_MD5_HEX -> to.put(HexFormat.of().parseHex(word));
            case ETH_SRC, ETH_DST -> {
                long bits = EtherAddress.parse(word).bits();
                to.putShort((short) (bits >>> 32)).putInt((int) bits);
            }
            default -> {
                byte[] number = ByteBuffer.allocate(8).putLong(Long.parseLong(word)).array();
                to.put(number, 8 - size, size);
            }
        }
        return to.array();
    }

    /** The next record; null at the end. */
    static @Nullable Content read(DumpInput in, List<SummaryField> fields)
            throws IOException, WireException {
        byte[] head = new byte[LENGTH_BYTES];
        if (!in.fill(head, LENGTH_BYTES)) {
            return null;
        }
        int length = ByteBuffer.wrap(head).getInt();
        int rest = (length & ~METADATA) - LENGTH_BYTES;
        if (rest < 0 || rest > RECORD_BYTES_MAX) {
            throw new WireException("a record of " + (rest + LENGTH_BYTES) + " bytes");
        }
        byte[] data = new byte[rest];
        if (rest > 0 && !in.fill(data, rest)) {
            throw new WireException("it ends within a record, at byte " + in.position());
        }
        if ((length & METADATA) != 0) {
            return new Content(new String(data, StandardCharsets.ISO_8859_1).strip(), List.of());
        }
        List<String> words = new ArrayList<>();
        ByteBuffer from = ByteBuffer.wrap(data);
        try {
            for (SummaryField field : fields) {
                words.add(decode(field, from));
            }
        } catch (BufferUnderflowException e) {
            throw new WireException("a record is too short for its fields");
        }
        return new Content("", words);
    }

    private static String decode(SummaryField field, ByteBuffer from) {
        int size = bytes(field);
        if (size == VARIABLE) {
            byte[] options = new byte[from.get() & 0xff];
            from.get(options);
            return field.ofTcp()
                    ? OptionText.tcp(options, OptionText.Choice.ALL)
                    : OptionText.ip(options);
        }
        return switch (field) {
            case TIMESTAMP, UTIMESTAMP, NTIMESTAMP, FIRST_TIMESTAMP -> {
                int unit = field == SummaryField.NTIMESTAMP ? 1 : 1000;
                long seconds = from.getInt() & 0xffffffffL;
                yield Timestamps.text(
                        seconds * 1_000_000_000L + (from.getInt() & 0xffffffffL) * unit);
            }
            case IP_SRC, IP_DST -> new Ipv4Address(from.getInt()).toString();
            case IP_FRAG -> "" + (char) (from.get() & 0xff);
            case IP_FRAGOFF -> {
                int bits = from.getShort();
                yield ((bits & 0x1fff) << 3)
                        + ((bits & 0x4000) != 0 ? "!" : "")
                        + ((bits & 0x2000) != 0 ? "+" : "");
            }
            case ETH_SRC, ETH_DST, PAYLOAD_MD5, PAYLOAD_MD5_HEX -> {
                // A packet cannot be made of a digest, and has no link-level header here.
                from.get(new byte[size]);
                yield ABSENT;
            }
            default -> {
                long number = 0;
                for (int i = 0; i < size; i++) {
                    number = number << 8 | from.get() & 0xff;
                }
                yield "" + number;
            }
        };
    }
}
