package vini.forwarder.elements.source;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * IP and TCP options as text, in the notation of IP summary dumps: {@code rr{10.0.0.1}+5}, {@code
 * mss1400;wscale10;sack95-98}. A period stands for none, a question mark for options that are not
 * sound.
 */
final class OptionText {
    /** Which TCP options are written. */
    enum Choice {
        ALL,
        NO_TIMESTAMP,
        SACK
    }

    private static final int OPTION_BYTES_MAX = 40;

    /** Forty bytes never need so much text. */
    private static final int TEXT_MAX = 1024;

    private OptionText() {}

    private interface One {
        /** Text of an option of that kind and those data, null to leave it out, "?" if unsound. */
        @Nullable String text(int kind, ByteBuffer data);
    }

    static String ip(byte[] options) {
        return text(options, OptionText::ipOption);
    }

    static String tcp(byte[] options, Choice choice) {
        return text(options, (kind, data) -> tcpOption(kind, data, choice));
    }

    private static String text(byte[] options, One one) {
        List<String> texts = new ArrayList<>();
        int at = 0;
        while (at < options.length && options[at] != 0) {
            if (options[at] == 1) {
                at++;
                continue;
            }
            int length = at + 1 < options.length ? options[at + 1] & 0xff : 0;
            if (length < 2 || at + length > options.length) {
                return "?";
            }
            ByteBuffer data = ByteBuffer.wrap(options, at + 2, length - 2).slice();
            String text = one.text(options[at] & 0xff, data);
            if (text != null && text.equals("?")) {
                return "?";
            }
            if (text != null) {
                texts.add(text);
            }
            at += length;
        }
        return texts.isEmpty() ? "." : String.join(";", texts);
    }

    private static String other(int kind, ByteBuffer data) {
        StringBuilder text = new StringBuilder().append(kind);
        char before = '=';
        while (data.hasRemaining()) {
            text.append(before).append(data.get() & 0xff);
            before = ':';
        }
        return text.toString();
    }

    private static @Nullable String tcpOption(int kind, ByteBuffer data, Choice choice) {
        int length = data.remaining();
        if (choice == Choice.SACK && kind != 4 && kind != 5
                || choice == Choice.NO_TIMESTAMP && kind == 8) {
            return null;
        }
        return switch (kind) {
            case 2 -> length == 2 ? "mss" + (data.getShort() & 0xffff) : "?";
            case 3 -> length == 1 ? "wscale" + (data.get() & 0xff) : "?";
            case 4 -> length == 0 ? "sackok" : "?";
            case 5 -> sack(data);
            case 8 ->
                    length == 8
                            ? "ts"
                                    + Integer.toUnsignedString(data.getInt())
                                    + ":"
                                    + Integer.toUnsignedString(data.getInt())
                            : "?";
            default -> other(kind, data);
        };
    }

    private static String sack(ByteBuffer data) {
        List<String> blocks = new ArrayList<>();
        while (data.remaining() >= 8) {
            blocks.add(
                    "sack"
                            + Integer.toUnsignedString(data.getInt())
                            + "-"
                            + Integer.toUnsignedString(data.getInt()));
        }
        return data.hasRemaining() || blocks.isEmpty() ? "?" : String.join(";", blocks);
    }

    private static String ipOption(int kind, ByteBuffer data) {
        return switch (kind) {
            case 7 -> route("rr", data);
            case 131 -> route("lsrr", data);
            case 137 -> route("ssrr", data);
            case 68 -> timestamps(data);
            default -> other(kind, data);
        };
    }

    private static String address(ByteBuffer data) {
        return new Ipv4Address(data.getInt()).toString();
    }

    /** RFC 791: a pointer that counts from 4, then addresses. */
    private static String route(String name, ByteBuffer data) {
        if (data.remaining() < 1 || data.remaining() % 4 != 1) {
            return "?";
        }
        int pointer = data.get() & 0xff;
        int addresses = data.remaining() / 4;
        int done = pointer / 4 - 1;
        if (pointer < 4 || pointer % 4 != 0 || done > addresses) {
            return "?";
        }
        boolean recorded = name.equals("rr");
        StringBuilder text = new StringBuilder(name).append('{');
        int shown = recorded ? done : addresses;
        for (int i = 0; i < shown; i++) {
            text.append(i == 0 ? "" : i == done ? "^" : ",");
            text.append(i == 0 && done == 0 && !recorded ? "^" : "").append(address(data));
        }
        text.append('}');
        return recorded && addresses > done
                ? text.append('+').append(addresses - done).toString()
                : text.toString();
    }

    /** RFC 781: a pointer that counts from 5, overflow and type, then times with addresses. */
    private static String timestamps(ByteBuffer data) {
        if (data.remaining() < 2) {
            return "?";
        }
        int pointer = data.get() & 0xff;
        int flags = data.get() & 0xff;
        int type = flags & 0x0f;
        int size = type == 0 ? 4 : 8;
        int entries = data.remaining() / size;
        int done = (pointer - 5) / size;
        if (type == 2 || type > 3 || pointer < 5 || (pointer - 5) % size != 0 || done > entries) {
            return "?";
        }
        StringBuilder text =
                new StringBuilder(type == 0 ? "ts{" : type == 1 ? "ts.ip{" : "ts.preip{");
        int shown = type == 3 ? entries : done;
        for (int i = 0; i < shown; i++) {
            text.append(type == 3 && i == done ? "^" : i > 0 ? "," : "");
            if (type != 0) {
                text.append(address(data));
            }
            long time = data.getInt() & 0xffffffffL;
            if (type == 0 || i < done) {
                text.append(type == 0 ? "" : "=").append((time & 0x80000000L) != 0 ? "!" : "");
                text.append(time & 0x7fffffffL);
            }
        }
        // Where there are addresses, the pointer is shown also behind the last.
        text.append(type != 0 && done > 0 && done == entries ? "^" : "").append('}');
        if (type != 3 && entries > done) {
            text.append('+').append(entries - done);
        }
        return flags >> 4 == 0 ? text.toString() : text.append("++").append(flags >> 4).toString();
    }

    /**
     * Reads options of IP or TCP back, filled with EOL to a multiple of four bytes.
     *
     * @throws IllegalArgumentException when they cannot be read, or are more than 40 bytes
     */
    static byte[] parse(String text, boolean tcp) {
        if (text.length() > TEXT_MAX) {
            throw new IllegalArgumentException("the options have more than 40 bytes");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!text.equals(".")) {
            String[] parts = text.split("[;,](?![^{]*})", -1);
            for (int i = 0; i < parts.length; i++) {
                // Blocks of SACK that follow each other are one option.
                StringBuilder one = new StringBuilder(parts[i]);
                while (isSack(parts[i]) && i + 1 < parts.length && isSack(parts[i + 1])) {
                    one.append(';').append(parts[++i]);
                }
                bytes.writeBytes(OptionReader.option(one.toString(), tcp));
            }
        }
        while (bytes.size() % 4 != 0) {
            bytes.write(0);
        }
        if (bytes.size() > OPTION_BYTES_MAX) {
            throw new IllegalArgumentException("the options have more than 40 bytes");
        }
        return bytes.toByteArray();
    }

    private static boolean isSack(String part) {
        return part.startsWith("sack") && !part.equals("sackok");
    }
}
