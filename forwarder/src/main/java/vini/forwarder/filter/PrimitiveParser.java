package vini.forwarder.filter;

import org.jspecify.annotations.Nullable;

import vini.forwarder.filter.Qualifiers.Direction;
import vini.forwarder.filter.Qualifiers.Kind;
import vini.forwarder.lang.Spelling;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the primitives of filter expressions: qualifiers, perhaps a mask and a relation, and a
 * value. A value alone is of the kind that its form tells, or as the primitive before it: in {@code
 * src port 80 or 81}, 81 is a source port.
 */
final class PrimitiveParser {
    private static final Pattern BRACKETS =
            Pattern.compile("\\[\\s*([0-9]{1,5})\\s*(?::\\s*([1-4])\\s*)?]");

    /** Words after which a protocol's name is a qualifier, and no primitive of its own. */
    private static final List<String> QUALIFIABLE =
            List.of("src", "dst", "ether", "host", "net", "port", "opt", "win", "type");

    /** Words that stand between or in primitives, but begin none. */
    private static final List<String> JOINTS = List.of("and", "or", "mask");

    private static final Map<String, Kind> KINDS = new TreeMap<>();

    static {
        KINDS.put("host", Kind.HOST);
        KINDS.put("net", Kind.NET);
        KINDS.put("port", Kind.PORT);
        KINDS.put("proto", Kind.PROTOCOL);
        KINDS.put("opt", Kind.TCP_FLAG);
        KINDS.put("win", Kind.TCP_WINDOW);
        KINDS.put("type", Kind.ICMP_TYPE);
    }

    private final FilterTokens tokens;
    private final FilterValues values;
    private Qualifiers before = Qualifiers.NONE;

    PrimitiveParser(FilterTokens tokens, FilterNames names) {
        this.tokens = tokens;
        this.values = new FilterValues(tokens, names);
    }

    Condition parse() throws FilterException {
        Condition alone = alone();
        if (alone != null) {
            return alone;
        }
        boolean ip = tokens.peek().equals("ip") && tokens.peek(1).startsWith("[");
        if (!ip && tokens.accept("ip")) {
            Condition flag = Qualifiers.flag(tokens.peek());
            if (flag != null) {
                tokens.take();
                return flag;
            }
        }
        Qualifiers qualifiers = qualifiers();
        Integer protocol = qualifiers.protocol();
        if (protocol != null && isWholeProtocol(qualifiers)) {
            before = Qualifiers.NONE;
            return Qualifiers.isProtocol(protocol);
        }
        qualifiers = qualifiers.kind() == null ? inferred(qualifiers) : qualifiers;
        qualifiers.check();
        before = qualifiers;
        return values.read(qualifiers);
    }

    /** Primitives of one word that take no value. */
    private @Nullable Condition alone() {
        String word = tokens.peek();
        Condition condition =
                switch (word) {
                    case "-", "any", "all", "true" -> new Condition.Always(true);
                    case "none", "false" -> new Condition.Always(false);
                    default -> Qualifiers.flag(word);
                };
        if (condition != null) {
            tokens.take();
        }
        return condition;
    }

    private Qualifiers qualifiers() throws FilterException {
        Qualifiers said = Qualifiers.NONE;
        while (true) {
            String word = tokens.peek();
            Integer protocol = protocol(word);
            if (word.equals("src") || word.equals("dst")) {
                if (said.direction() != null) {
                    throw new FilterException("'" + word + "' follows another direction");
                }
                said = said.direction(direction());
            } else if (tokens.peek(1).startsWith("[")
                    && (word.equals("ip") || word.equals("transp") || protocol != null)) {
                tokens.take();
                said = protocol == null ? said : said.protocol(protocol);
                return said.field(field(word.equals("ip") ? Base.NETWORK : Base.TRANSPORT));
            } else if (protocol != null && said.protocol() == null && said.kind() == null) {
                tokens.take();
                said = said.protocol(protocol);
            } else if (word.equals("ether")
                    && tokens.peek(1).equals("host")
                    && said.kind() == null) {
                tokens.take();
                tokens.take();
                return said.kind(Kind.ETHER);
            } else if (KINDS.containsKey(word) && said.kind() == null) {
                tokens.take();
                said = said.kind(KINDS.get(word));
                if (said.kind() == Kind.PROTOCOL || said.kind() == Kind.TCP_FLAG) {
                    return said;
                }
            } else if (Qualifiers.IP_FIELDS.containsKey(word) && said.equals(Qualifiers.NONE)) {
                tokens.take();
                return said.field(Qualifiers.IP_FIELDS.get(word));
            } else {
                return said;
            }
            if (isWholeProtocol(said)) {
                return said;
            }
        }
    }

    /** Whether what was read is a protocol's name that qualifies nothing that follows. */
    private boolean isWholeProtocol(Qualifiers said) {
        return said.protocol() != null
                && said.kind() == null
                && said.direction() == null
                && !QUALIFIABLE.contains(tokens.peek());
    }

    private static @Nullable Integer protocol(String word) {
        return word.equals("tcpudp") ? (Integer) Qualifiers.TCP_OR_UDP : number(word);
    }

    private static @Nullable Integer number(String protocol) {
        return FilterNames.PROTOCOLS.get(protocol);
    }

    /** Reads {@code src}, {@code dst}, {@code src or dst} or {@code src and dst}. */
    private Direction direction() {
        String first = tokens.take();
        String joint = tokens.peek();
        String second = tokens.peek(1);
        boolean two = first.equals("src") ? second.equals("dst") : second.equals("src");
        if (two && tokens.accept("or", "||", "and", "&&")) {
            tokens.take();
            return joint.equals("or") || joint.equals("||") ? Direction.EITHER : Direction.BOTH;
        }
        return first.equals("src") ? Direction.SOURCE : Direction.DESTINATION;
    }

    private Field field(Base base) throws FilterException {
        String text = tokens.take();
        Matcher matcher = BRACKETS.matcher(text);
        if (!matcher.matches()) {
            throw new FilterException(
                    "'" + text + "' is not [POS] or [POS:LEN] with LEN from 1 to 4");
        }
        int length = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
        return Field.bytes(base, Integer.parseInt(matcher.group(1)), length);
    }

    /** Finds the kind of a value before which no word tells it. */
    private Qualifiers inferred(Qualifiers said) throws FilterException {
        String word = tokens.peek();
        Kind last = before.kind();
        if (FilterNames.TCP_FLAGS.containsKey(word) && said.direction() == null) {
            return said.kind(Kind.TCP_FLAG);
        }
        if (last == Kind.ICMP_TYPE && FilterNames.ICMP_TYPES.containsKey(word)) {
            return said.orAs(before);
        }
        Kind kind = values.kindOf(word, tokens.peek(1));
        if (kind != null) {
            boolean same = kind == last || kind.isAddress() && last != null && last.isAddress();
            return same ? said.kind(kind).orAs(before) : said.kind(kind);
        }
        if (!FilterValues.isNumber(word)) {
            throw unknown(word);
        }
        if (last == null || !last.isNumber()) {
            throw new FilterException(
                    "nothing says what "
                            + word
                            + " is; write 'port "
                            + word
                            + "' or 'ip proto "
                            + word
                            + "'");
        }
        return said.orAs(before);
    }

    private FilterException unknown(String word) {
        TreeSet<String> known = new TreeSet<>(QUALIFIABLE);
        known.addAll(KINDS.keySet());
        known.addAll(Qualifiers.IP_FIELDS.keySet());
        known.addAll(FilterNames.PROTOCOLS.keySet());
        known.addAll(FilterNames.PORTS.keySet());
        known.addAll(FilterNames.TCP_FLAGS.keySet());
        known.addAll(List.of("any", "all", "true", "false", "none", "frag", "unfrag"));
        if (FilterNames.ICMP_TYPES.containsKey(word)) {
            return new FilterException("write 'icmp type " + word + "'");
        }
        if (!word.matches("[A-Za-z0-9].*") || JOINTS.contains(word)) {
            return new FilterException("a primitive was expected, not " + tokens.found());
        }
        String near = Spelling.nearest(word, known);
        return new FilterException(
                tokens.found()
                        + " is not known here"
                        + (near == null || near.equals(word)
                                ? "; expressions are like 'tcp dst port 80' or 'ip proto 89'"
                                : "; did you mean '" + near + "'?"));
    }
}
