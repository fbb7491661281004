package vini.forwarder.elements.source;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;

import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single IP and TCP options in the notation of {@link OptionText}. */
final class OptionReader {
    private static final Pattern NUMBERED =
            Pattern.compile("([0-9]{1,3})(?:=([0-9]{1,3}(?::[0-9]{1,3})*))?");
    private static final Pattern ROUTE =
            Pattern.compile("(rr|lsrr|ssrr)\\{([0-9.,:^]*)}(?:\\+([0-9]{1,2}))?");
    private static final Pattern TIMES =
            Pattern.compile(
                    "(ts|ts\\.ip|ts\\.preip|ts\\.[013])\\{([0-9.,=!?^]*)}(?:\\+([0-9]{1,2}))?"
                            + "(?:\\+\\+([0-9]{1,2}))?");
    private static final Pattern SACK = Pattern.compile("sack([0-9]{1,10})-([0-9]{1,10})");

    private OptionReader() {}

    /** The bytes of one option. */
    static byte[] option(String text, boolean tcp) {
        if (text.equals("eol")) {
            return new byte[1];
        }
        if (text.equals("nop")) {
            return new byte[] {1};
        }
        Matcher numbered = NUMBERED.matcher(text);
        if (numbered.matches()) {
            return numbered(numbered);
        }
        return tcp ? tcpOption(text) : ipOption(text);
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("'" + text + "' is no option");
    }

    private static int octet(String text) {
        int value = Integer.parseInt(text);
        if (value > 255) {
            throw unknown(text);
        }
        return value;
    }

    private static byte[] numbered(Matcher form) {
        String[] data = form.group(2) == null ? new String[0] : form.group(2).split(":", -1);
        ByteBuffer bytes = start(octet(form.group(1)), data.length);
        for (String one : data) {
            bytes.put((byte) octet(one));
        }
        return all(bytes);
    }

    private static ByteBuffer start(int kind, int dataBytes) {
        if (dataBytes > 38) {
            throw new IllegalArgumentException("an option has more than 38 bytes of data");
        }
        return ByteBuffer.allocate(dataBytes + 2).put((byte) kind).put((byte) (dataBytes + 2));
    }

    private static byte[] all(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.capacity()];
        bytes.get(0, copy);
        return copy;
    }

    private static byte[] tcpOption(String text) {
        if (text.equals("sackok")) {
            return all(start(4, 0));
        }
        if (text.startsWith("sack")) {
            String[] blocks = text.split(";", -1);
            ByteBuffer bytes = start(5, 8 * blocks.length);
            for (String block : blocks) {
                Matcher form = SACK.matcher(block);
                if (!form.matches()) {
                    throw unknown(block);
                }
                bytes.putInt(number(form.group(1))).putInt(number(form.group(2)));
            }
            return all(bytes);
        }
        if (text.matches("mss[0-9]{1,5}")) {
            return all(start(2, 2).putShort((short) number(text.substring(3))));
        }
        if (text.matches("wscale[0-9]{1,3}")) {
            return all(start(3, 1).put((byte) octet(text.substring(6))));
        }
        if (text.matches("ts[0-9]{1,10}:[0-9]{1,10}")) {
            String[] times = text.substring(2).split(":", -1);
            return all(start(8, 8).putInt(number(times[0])).putInt(number(times[1])));
        }
        throw unknown(text);
    }

    private static int number(String digits) {
        return (int) Long.parseLong(digits);
    }

    private static byte[] ipOption(String text) {
        Matcher route = ROUTE.matcher(text);
        if (route.matches()) {
            return route(route);
        }
        Matcher times = TIMES.matcher(text);
        if (times.matches()) {
            return times(times);
        }
        throw unknown(text);
    }

    private static int room(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static byte[] route(Matcher form) {
        String list = form.group(2);
        // Older dumps separate by colons.
        String[] addresses = list.isEmpty() ? new String[0] : list.split("[,:^]+", -1);
        int from = addresses.length > 0 && addresses[0].isEmpty() ? 1 : 0;
        int room = room(form.group(3));
        int count = addresses.length - from;
        int before = count;
        int caret = list.indexOf('^');
        if (caret >= 0) {
            String done = list.substring(0, caret).replaceFirst("[,:]+$", "");
            before = done.isEmpty() ? 0 : done.split("[,:]", -1).length;
        }
        int kind =
                switch (form.group(1)) {
                    case "rr" -> 7;
                    case "lsrr" -> 131;
                    default -> 137;
                };
        ByteBuffer bytes = start(kind, 1 + 4 * Math.addExact(count, room));
        bytes.put((byte) (4 + 4 * before));
        for (int i = from; i < addresses.length; i++) {
            bytes.putInt(Ipv4Address.parse(addresses[i]).bits());
        }
        return all(bytes);
    }

    private static byte[] times(Matcher form) {
        int type =
                switch (form.group(1)) {
                    case "ts", "ts.0" -> form.group(2).indexOf('=') < 0 ? 0 : 1;
                    case "ts.ip", "ts.1" -> 1;
                    default -> 3;
                };
        int size = type == 0 ? 4 : 8;
        String list = form.group(2);
        String[] entries = list.isEmpty() ? new String[0] : list.split(",?\\^|,", -1);
        int from = entries.length > 0 && entries[0].isEmpty() ? 1 : 0;
        int caret = list.indexOf('^');
        int to = entries.length > from && entries[entries.length - 1].isEmpty() ? 1 : 0;
        int count = entries.length - from - to;
        int before =
                caret < 0 ? count : caret == 0 ? 0 : list.substring(0, caret).split(",", 0).length;
        int overflow = room(form.group(4));
        if (overflow > 15) {
            throw unknown(form.group());
        }
        ByteBuffer bytes = start(68, 2 + size * Math.addExact(count, room(form.group(3))));
        bytes.put((byte) (5 + size * before)).put((byte) (overflow << 4 | type));
        for (int i = from; i < entries.length - to; i++) {
            String[] halves = entries[i].split("=", 2);
            if (type != 0) {
                bytes.putInt(Ipv4Address.parse(halves[0]).bits());
            }
            String time = type == 0 ? halves[0] : halves.length > 1 ? halves[1] : "0";
            bytes.putInt(time(time));
        }
        return all(bytes);
    }

    private static int time(String text) {
        if (text.equals("?")) {
            return 0;
        }
        if (!text.matches("!?[0-9]{1,10}")) {
            throw unknown(text);
        }
        return text.charAt(0) == '!' ? number(text.substring(1)) | 1 << 31 : number(text);
    }
}
