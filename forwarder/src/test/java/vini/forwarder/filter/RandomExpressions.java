package vini.forwarder.filter;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes random filter expressions and, beside each text, what it means, in another way. */
final class RandomExpressions {
    /** How strongly a text holds together: what binds less needs parentheses inside. */
    private static final int CHOICE = 0;

    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;

    record Expression(String text, int binds, Predicate<byte[]> is) {
        private String within(int binding) {
            return binds < binding ? "(" + text + ")" : text;
        }
    }

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    Expression expression(int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return primitive();
        }
        Expression a = expression(depth - 1);
        Expression b = expression(depth - 1);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                    new Expression(
                            a.within(AND) + joint(a) + b.within(AND),
                            AND,
                            p -> a.is.test(p) && b.is.test(p));
            case 3, 4, 5 ->
                    new Expression(
                            a.within(OR) + one(" or ", " || ") + b.within(OR),
                            OR,
                            p -> a.is.test(p) || b.is.test(p));
            case 6 ->
                    new Expression(one("not ", "!", "! ") + a.within(NOT), NOT, p -> !a.is.test(p));
            default -> {
                Expression c = expression(depth - 1);
                yield new Expression(
                        a.within(OR) + " ? " + b.text + " : " + c.text,
                        CHOICE,
                        p -> a.is.test(p) ? b.is.test(p) : c.is.test(p));
            }
        };
    }

    /** Nothing but a space also says "and", but a protocol before it would be a qualifier. */
    private String joint(Expression before) {
        boolean qualifies = before.text.matches(".*\\b(tcp|udp|icmp|igmp)");
        return one(" and ", " && ", qualifies ? " and " : " ");
    }

    private Expression leaf(String text, Predicate<byte[]> is) {
        return new Expression(text, NOT + 1, is);
    }

    private Expression primitive() {
        return switch (random.nextInt(12)) {
            case 0 -> leaf(one("true", "-", "all"), p -> true);
            case 1 -> leaf(one("false", "none"), p -> false);
            case 2 -> address();
            case 3, 4 -> port();
            case 5 -> header();
            case 6 -> bytes();
            case 7 -> flag();
            case 8 -> icmp();
            case 9 -> protocol();
            case 10 -> twoPorts();
            default -> fragment();
        };
    }

    private Expression protocol() {
        String name = one("tcp", "udp", "icmp", "igmp");
        int number = List.of("?", "icmp", "igmp", "?", "?", "?", "tcp").indexOf(name);
        int protocol = number < 0 ? 17 : number;
        String text = one("", "ip proto ", "proto ", "ip proto == ");
        return leaf(text + name, p -> number(p, 9, 1) == protocol);
    }

    private Expression fragment() {
        return switch (random.nextInt(4)) {
            case 0 -> leaf(one("ip frag", "frag"), p -> fragmented(p));
            case 1 -> leaf(one("ip unfrag", "unfrag"), p -> !fragmented(p));
            case 2 -> leaf("ip ect", p -> number(p, 1, 1) >= 0 && number(p, 1, 1) % 4 != 0);
            default -> leaf("ip ce", p -> number(p, 1, 1) >= 0 && number(p, 1, 1) % 4 == 3);
        };
    }

    private static boolean fragmented(byte[] p) {
        return number(p, 6, 2) >= 0 && (number(p, 6, 2) & 0x3fff) != 0;
    }

    private Expression header() {
        String name = one("vers", "hl", "tos", "dscp", "len", "id", "ttl");
        Function<byte[], Long> field =
                switch (name) {
                    case "vers" -> p -> number(p, 0, 1) < 0 ? -1 : number(p, 0, 1) / 16;
                    case "hl" -> p -> number(p, 0, 1) < 0 ? -1 : number(p, 0, 1) % 16;
                    case "tos" -> p -> number(p, 1, 1);
                    case "dscp" -> p -> number(p, 1, 1) < 0 ? -1 : number(p, 1, 1) / 4;
                    case "len" -> p -> number(p, 2, 2);
                    case "id" -> p -> number(p, 4, 2);
                    default -> p -> number(p, 8, 1);
                };
        return compared("ip " + name, field, random.nextInt(name.equals("len") ? 60 : 10));
    }

    private Expression bytes() {
        int at = random.nextInt(12);
        int length = 1 + random.nextInt(4);
        String range = length == 1 ? "[" + at + "]" : "[" + at + ":" + length + "]";
        long value = random.nextLong(1L << random.nextInt(1, 8 * length + 1));
        String base = one("ip", "transp", "tcp", "udp", "icmp");
        return switch (base) {
            case "ip" -> compared("ip" + range, p -> number(p, at, length), value);
            case "transp" -> compared("transp" + range, p -> transport(p, -1, at, length), value);
            default -> {
                int protocol = base.equals("tcp") ? 6 : base.equals("udp") ? 17 : 1;
                yield compared(base + range, p -> transport(p, protocol, at, length), value);
            }
        };
    }

    private Expression flag() {
        String name = one("fin", "syn", "rst", "psh", "ack", "urg");
        int bit = 1 << List.of("fin", "syn", "rst", "psh", "ack", "urg").indexOf(name);
        return leaf(
                one("", "tcp opt ") + name,
                p -> transport(p, 6, 13, 1) >= 0 && (transport(p, 6, 13, 1) & bit) != 0);
    }

    private Expression icmp() {
        return random.nextBoolean()
                ? leaf("icmp type echo", p -> transport(p, 1, 0, 1) == 8)
                : compared("icmp type", p -> transport(p, 1, 0, 1), random.nextInt(12));
    }

    private Expression address() {
        String address = one("10.0.0.1", "10.0.0.2", "10.0.1.1", "192.0.2.7");
        int length = List.of(32, 31, 24, 8, 0).get(random.nextInt(5));
        long mask = length == 0 ? 0 : 0xffffffffL << (32 - length) & 0xffffffffL;
        long value = dotted(address) & mask;
        boolean not = random.nextInt(4) == 0;
        Predicate<Long> is = a -> a >= 0 && ((a & mask) == value) != not;
        String what =
                length == 32
                        ? one("host ", not ? "host " : "") + (not ? "!= " : "") + address
                        : one("net ", not ? "net " : "")
                                + (not ? "!= " : "")
                                + address
                                + "/"
                                + length;
        return directed("", what, p -> is.test(number(p, 12, 4)), p -> is.test(number(p, 16, 4)));
    }

    private static long dotted(String address) {
        long bits = 0;
        for (String octet : address.split("\\.", -1)) {
            bits = bits * 256 + Integer.parseInt(octet);
        }
        return bits;
    }

    private Expression port() {
        String name = one("tcp", "udp", "");
        int protocol = name.equals("tcp") ? 6 : name.equals("udp") ? 17 : -2;
        Expression source =
                compared("port", p -> transport(p, protocol, 0, 2), one(53, 80, 1023, 1024));
        String end = source.text.substring(4);
        Expression destination = again(end, p -> transport(p, protocol, 2, 2));
        return directed(name, "port" + end, source.is, destination.is);
    }

    private int one(Integer... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** The second port is as the first. */
    private Expression twoPorts() {
        int a = one(53, 80, 1023);
        int b = one(1024, 8080);
        String direction = one("src ", "dst ");
        int at = direction.equals("src ") ? 0 : 2;
        return new Expression(
                direction + "port " + a + " or " + b,
                OR,
                p -> transport(p, -2, at, 2) == a || transport(p, -2, at, 2) == b);
    }

    private Expression directed(
            String protocol, String what, Predicate<byte[]> source, Predicate<byte[]> target) {
        String said = protocol.isEmpty() ? "" : protocol + " ";
        return switch (random.nextInt(5)) {
            case 0 -> leaf("src " + said + what, source);
            case 1 -> leaf("dst " + said + what, target);
            case 2 -> leaf("src and dst " + said + what, p -> source.test(p) && target.test(p));
            case 3 -> leaf("src or dst " + said + what, source.or(target));
            // Without a direction, a bare value would follow the primitive before it.
            default ->
                    leaf(
                            (what.matches("(host|net|port).*") ? "" : "src or dst ") + said + what,
                            source.or(target));
        };
    }

    /** A relation, perhaps with a mask; a field of -1 is not there, and nothing is true of it. */
    private Expression compared(String what, Function<byte[], Long> field, long value) {
        String end = random.nextInt(4) == 0 ? " & " + random.nextInt(16) : "";
        String relation = one("", "==", "=", "!=", "<", "<=", ">", ">=");
        if (end.isEmpty() || random.nextInt(4) != 0) {
            end += " " + relation + " " + value;
        }
        return leaf(what + end, again(end, field).is);
    }

    /** The meaning of {@code [& MASK] [[RELATION] VALUE]}. */
    private Expression again(String end, Function<byte[], Long> field) {
        String[] words = end.strip().split("\\s+", -1);
        boolean masked = words[0].equals("&");
        long mask = masked ? Long.parseLong(words[1]) : -1;
        List<String> rest = List.of(words).subList(masked ? 2 : 0, words.length);
        String relation = rest.isEmpty() ? "!=" : rest.size() == 1 ? "==" : rest.getFirst();
        long value = rest.isEmpty() ? 0 : Long.parseLong(rest.getLast());
        return leaf(
                end,
                p -> {
                    long x = field.apply(p);
                    return x >= 0
                            && switch (relation) {
                                case "==", "=" -> (x & mask) == value;
                                case "!=" -> (x & mask) != value;
                                case "<" -> (x & mask) < value;
                                case "<=" -> (x & mask) <= value;
                                case ">" -> (x & mask) > value;
                                default -> (x & mask) >= value;
                            };
                });
    }

    /** Bytes of the packet as a number, or -1 if they are not all there. */
    private static long number(byte[] packet, int at, int length) {
        if (at + length > packet.length) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number * 256 + (packet[at + i] & 0xff);
        }
        return number;
    }

    /**
     * Bytes behind the IP header; -1 if they are not there, in later fragments and for another
     * protocol: -1 stands for any, -2 for TCP or UDP.
     */
    private static long transport(byte[] packet, int protocol, int at, int length) {
        long found = number(packet, 9, 1);
        boolean right =
                protocol == -1
                        || protocol == -2 && (found == 6 || found == 17)
                        || found == protocol;
        if (!right || number(packet, 6, 2) < 0 || (number(packet, 6, 2) & 0x1fff) != 0) {
            return -1;
        }
        return number(packet, (packet[0] & 15) * 4 + at, length);
    }

    /** A packet in which the values of the expressions are frequent. */
    byte[] packet() {
        byte[] p = new byte[random.nextInt(4) == 0 ? random.nextInt(48) : 40 + random.nextInt(8)];
        for (int i = 0; i < p.length; i++) {
            p[i] = (byte) random.nextInt(random.nextBoolean() ? 4 : 256);
        }
        set(p, 0, random.nextInt(10) == 0 ? random.nextInt(256) : one(0x45, 0x45, 0x46));
        set(p, 6, one(0, 0, 0, 0x20, 0x40, 0x21));
        set(p, 7, one(0, 0, 0, 1));
        set(p, 9, one(1, 2, 6, 6, 17, 17, 99));
        for (int at : new int[] {12, 16}) {
            long address = dotted(one("10.0.0.1", "10.0.0.2", "10.0.1.1", "192.0.2.7"));
            for (int i = 0; i < 4; i++) {
                set(p, at + i, (int) (address >> 8 * (3 - i)));
            }
        }
        int transport = p.length == 0 ? 0 : (p[0] & 15) * 4;
        for (int at : new int[] {transport, transport + 2}) {
            int port = one(53, 80, 1022, 1023, 1024, 8080, 0x0800);
            set(p, at, port >> 8);
            set(p, at + 1, port);
        }
        return p;
    }

    private static void set(byte[] packet, int at, int value) {
        if (at < packet.length) {
            packet[at] = (byte) value;
        }
    }
}
