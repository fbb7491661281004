package vini.forwarder.elements.measure;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Packet;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field of up to 32 bits of an IPv4 packet, as a user names it: {@code ip src/8}, {@code tcp
 * dport}, {@code ip[8:2] & 0x3F0}, {@code transp{0-15}}.
 *
 * @param base what its place is counted from
 * @param protocol the IP protocol that the packet must have; {@link #ANY}, {@link #TCP_OR_UDP}
 * @param bitOffset its first bit, from the start of the base
 * @param bitLength its length in bits, 1 to 32
 */
record IpField(Base base, int protocol, int bitOffset, int bitLength) {
    /** Headers and what follows them. */
    enum Base {
        IP,
        TRANSP,
        PAYLOAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What {@link #find} says of a packet without the field. */
    static final long ABSENT = -1;

    static final int ANY = -1;
    static final int TCP_OR_UDP = -2;

    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int BITS_MAX = 1 << 19;

    private static final Pattern FORM =
            Pattern.compile(
                    "(?<name>[a-z]+(?:\\s+[a-z]+)?)?\\s*"
                            + "(?:(?<open>[\\[{])\\s*(?<from>[0-9]+)\\s*"
                            + "(?:(?<sign>[:,-])\\s*(?<to>[0-9]+)\\s*)?(?<close>[]}]))?\\s*"
                            + "(?:(?<mask>[/&])\\s*(?<value>[0-9a-fA-FxX]+))?");

    private static final Map<String, IpField> NAMED = new TreeMap<>();
    private static final Map<String, IpField> BASES = new TreeMap<>();

    static {
        base("ip", Base.IP, ANY);
        base("transp", Base.TRANSP, ANY);
        base("data", Base.PAYLOAD, ANY);
        base("tcp", Base.TRANSP, TCP);
        base("udp", Base.TRANSP, UDP);
        base("icmp", Base.TRANSP, ICMP);
        // RFC 791 3.1
        named(
                "ip",
                "vers 0 4, hl 4 4, tos 8 8, dscp 8 6, ecn 14 2, len 16 16, id 32 16, off 48 16");
        named("ip", "rf 48 1, df 49 1, mf 50 1, fragoff 51 13, ttl 64 8, proto 72 8, sum 80 16");
        named("ip", "src 96 32, dst 128 32");
        // RFC 768, RFC 9293 3.1, RFC 792
        named("udp", "sport 0 16, dport 16 16, len 32 16, sum 48 16");
        named("tcp", "sport 0 16, dport 16 16, seq 32 32, seqno 32 32, ack 64 32, ackno 64 32");
        named(
                "tcp",
                "hl 96 4, flags 104 8, urg 106 1, ackf 107 1, psh 108 1, rst 109 1, syn 110 1");
        named("tcp", "fin 111 1, win 112 16, sum 128 16, urp 144 16");
        named("icmp", "type 0 8, code 8 8, sum 16 16");
        NAMED.put("sport", new IpField(Base.TRANSP, TCP_OR_UDP, 0, 16));
        NAMED.put("dport", new IpField(Base.TRANSP, TCP_OR_UDP, 16, 16));
    }

    private static void base(String name, Base base, int protocol) {
        BASES.put(name, new IpField(base, protocol, 0, 0));
    }

    private static void named(String base, String fields) {
        IpField of = get(BASES, base);
        for (String field : fields.split(", ", -1)) {
            String[] words = field.split(" ", -1);
            int at = Integer.parseInt(words[1]);
            int bits = Integer.parseInt(words[2]);
            NAMED.put(base + " " + words[0], new IpField(of.base, of.protocol, at, bits));
        }
    }

    private static IpField get(Map<String, IpField> map, String name) {
        IpField field = map.get(name);
        if (field == null) {
            throw new IllegalArgumentException("there is no header field '" + name + "'");
        }
        return field;
    }

    /** Reads a field; see the class. */
    static IpField parse(String text) {
        Matcher form = FORM.matcher(ArgumentTypes.string(text).strip());
        String name = form.matches() ? form.group("name") : null;
        if (name == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no header field, such as ip src/8 or ip[8:2] & 0x3F0");
        }
        String plain = name.replaceAll("\\s+", " ");
        IpField field = form.group("open") == null ? get(NAMED, plain) : place(plain, form, text);
        if (field.bitLength < 1 || field.bitLength > 32) {
            throw new IllegalArgumentException("'" + text + "' has not 1 to 32 bits");
        }
        if (form.group("mask") == null) {
            return field;
        }
        long value = ArgumentTypes.integer(form.group("value"));
        return form.group("mask").equals("/") ? field.top(value) : field.masked(value);
    }

    private static IpField place(String name, Matcher form, String text) {
        boolean bytes = form.group("open").equals("[");
        if (bytes != form.group("close").equals("]")) {
            throw new IllegalArgumentException("'" + text + "' has brackets of two kinds");
        }
        int unit = bytes ? 8 : 1;
        long from = number(form.group("from"));
        long length = 1;
        if (form.group("sign") != null) {
            long to = number(form.group("to"));
            length = form.group("sign").equals("-") ? to - from + 1 : to;
        }
        if (from * unit > BITS_MAX || length < 1 || length * unit > 32) {
            throw new IllegalArgumentException("'" + text + "' has not 1 to 32 bits");
        }
        IpField base = get(BASES, name);
        return new IpField(base.base, base.protocol, (int) from * unit, (int) length * unit);
    }

    private static long number(String digits) {
        if (digits.length() > 9) {
            throw new IllegalArgumentException(digits + " is too large");
        }
        return Long.parseLong(digits);
    }

    private IpField top(long bits) {
        if (bits < 1 || bits > bitLength) {
            throw new IllegalArgumentException(
                    "/" + bits + " is outside 1 to " + bitLength + " bits");
        }
        return new IpField(base, protocol, bitOffset, (int) bits);
    }

    private IpField masked(long mask) {
        int low = Long.numberOfTrailingZeros(mask);
        int count = Long.bitCount(mask);
        if (mask <= 0 || low + count > bitLength || mask >>> low != (1L << count) - 1) {
            throw new IllegalArgumentException(
                    "a mask is one run of 1 bits within the field's " + bitLength + " bits");
        }
        return new IpField(base, protocol, bitOffset + bitLength - low - count, count);
    }

    /** The field's value in that packet, or {@link #ABSENT}. */
    long find(Packet packet) {
        int ip = packet.networkHeader();
        int start = Ipv4View.isAt(packet, ip) ? start(packet, ip) : -1;
        int end = start < 0 ? 0 : start + (bitOffset + bitLength + 7) / 8;
        if (start < 0 || end > packet.length()) {
            return ABSENT;
        }
        long value = 0;
        for (int at = start + bitOffset / 8; at < end; at++) {
            value = value << 8 | packet.u8(at);
        }
        int after = (8 - (bitOffset + bitLength) % 8) % 8;
        return value >>> after & (1L << bitLength) - 1;
    }

    /** Where the base begins, or a negative number if the packet has it not. */
    private int start(Packet packet, int ip) {
        if (base == Base.IP) {
            return ip;
        }
        int proto = Ipv4View.protocol(packet, ip);
        boolean right =
                protocol == ANY
                        || protocol == proto
                        || protocol == TCP_OR_UDP && (proto == TCP || proto == UDP);
        if (!right || Ipv4View.fragmentOffset(packet, ip) != 0) {
            return -1;
        }
        int transport = ip + Ipv4View.headerLength(packet, ip);
        if (base == Base.TRANSP) {
            return transport;
        }
        if (proto == UDP) {
            return transport + 8;
        }
        if (proto != TCP || transport + 13 > packet.length()) {
            return -1;
        }
        return transport + (packet.u8(transport + 12) >> 4) * 4;
    }
}
