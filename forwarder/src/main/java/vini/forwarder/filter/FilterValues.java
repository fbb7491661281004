package vini.forwarder.filter;

import org.jspecify.annotations.Nullable;

import vini.forwarder.filter.Qualifiers.Kind;
import vini.net.EtherAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.Map;
import java.util.regex.Pattern;

/** Reads what comes after the qualifiers of a primitive: {@code [& MASK] [RELATION] VALUE}. */
final class FilterValues {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]+");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}(/.*)?");
    private static final Pattern ETHER =
            Pattern.compile("[0-9a-fA-F]{1,2}(?:([:-])[0-9a-fA-F]{1,2})(?:\\1[0-9a-fA-F]{1,2}){4}");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,2}");

    private final FilterTokens tokens;
    private final FilterNames names;

    FilterValues(FilterTokens tokens, FilterNames names) {
        this.tokens = tokens;
        this.names = names;
    }

    /** An address, or all addresses that are it under a mask. */
    private record Network(int address, int mask) {}

    static boolean isNumber(String word) {
        return NUMBER.matcher(word).matches();
    }

    /** The kind of a value that its form alone tells, or null. */
    @Nullable Kind kindOf(String word, String next) {
        if (ADDRESS.matcher(word).matches()) {
            return word.contains("/") || next.equals("mask") ? Kind.NET : Kind.HOST;
        }
        if (isNumber(word)) {
            return null;
        }
        if (ETHER.matcher(word).matches()) {
            return Kind.ETHER;
        }
        if (FilterNames.PORTS.containsKey(word)) {
            return Kind.PORT;
        }
        if (names.address(word) != null) {
            return Kind.HOST;
        }
        if (names.network(word) != null) {
            return Kind.NET;
        }
        return names.port(word) != null ? Kind.PORT : null;
    }

    /** Reads the rest of a primitive. */
    Condition read(Qualifiers qualifiers) throws FilterException {
        boolean host = qualifiers.kind() == Kind.HOST;
        if (qualifiers.kind() == Kind.ETHER || host && ETHER.matcher(tokens.peek()).matches()) {
            return ether(qualifiers);
        }
        Field field = qualifiers.compared();
        if (qualifiers.kind() == Kind.TCP_FLAG) {
            int flag = named(FilterNames.TCP_FLAGS, "a TCP option like syn");
            return qualifiers.condition(flag, Relation.EQUAL, flag);
        }
        int mask = field.max();
        boolean masked = tokens.accept("&");
        if (masked) {
            mask = mask(field);
        }
        Relation relation = Relation.of(tokens.peek());
        if (relation != null) {
            tokens.take();
        } else if (masked && !valueFollows(qualifiers)) {
            return qualifiers.condition(mask, Relation.NOT_EQUAL, 0);
        }
        relation = relation == null ? Relation.EQUAL : relation;
        if (qualifiers.kind() == Kind.HOST || qualifiers.kind() == Kind.NET) {
            if (!relation.isEquality()) {
                throw new FilterException("addresses can only be compared with '==' and '!='");
            }
            Network network = network(qualifiers.kind() == Kind.HOST);
            int bits = mask & network.mask;
            return qualifiers.condition(
                    bits, relation, masked ? network.address : network.address & bits);
        }
        return qualifiers.condition(mask, relation, value(qualifiers, field));
    }

    private Condition ether(Qualifiers qualifiers) throws FilterException {
        Relation relation = Relation.of(tokens.peek());
        if (relation != null) {
            tokens.take();
            if (!relation.isEquality()) {
                throw new FilterException("addresses can only be compared with '==' and '!='");
            }
        }
        String word = tokens.peek();
        EtherAddress named = names.ether(word);
        if (named == null && !ETHER.matcher(word).matches()) {
            throw new FilterException(
                    "an Ethernet address like 2:0:0:0:0:1 was expected, not " + tokens.found());
        }
        tokens.take();
        EtherAddress address = named == null ? EtherAddress.parse(word) : named;
        return qualifiers.etherCondition(
                address.bits(), relation == null ? Relation.EQUAL : relation);
    }

    private boolean valueFollows(Qualifiers qualifiers) {
        String word = tokens.peek();
        return isNumber(word)
                || ADDRESS.matcher(word).matches()
                || qualifiers.kind() == Kind.PORT && FilterNames.PORTS.containsKey(word)
                || qualifiers.kind() == Kind.ICMP_TYPE && FilterNames.ICMP_TYPES.containsKey(word);
    }

    private int mask(Field field) throws FilterException {
        String word = tokens.peek();
        if (field.bits() == Integer.SIZE && ADDRESS.matcher(word).matches()) {
            return address(tokens.take());
        }
        return number(field);
    }

    private int value(Qualifiers qualifiers, Field field) throws FilterException {
        if (isNumber(tokens.peek())) {
            return number(field);
        }
        return switch (qualifiers.kind()) {
            case PROTOCOL -> named(FilterNames.PROTOCOLS, "an IP protocol like tcp or 6");
            case ICMP_TYPE -> named(FilterNames.ICMP_TYPES, "an ICMP type like echo or 8");
            case PORT -> port();
            case null, default -> number(field);
        };
    }

    private int port() throws FilterException {
        Integer own = names.port(tokens.peek());
        if (own != null && !FilterNames.PORTS.containsKey(tokens.peek())) {
            tokens.take();
            return own;
        }
        return named(FilterNames.PORTS, "a port like www or 80");
    }

    private int named(Map<String, Integer> table, String wanted) throws FilterException {
        Integer value = table.get(tokens.peek());
        if (value == null) {
            throw new FilterException(wanted + " was expected, not " + tokens.found());
        }
        tokens.take();
        return value;
    }

    private int number(Field field) throws FilterException {
        if (!isNumber(tokens.peek())) {
            throw new FilterException("a number was expected, not " + tokens.found());
        }
        String word = tokens.take();
        boolean hex = word.startsWith("0x") || word.startsWith("0X");
        String digits = hex ? word.substring(2) : word;
        long max = Integer.toUnsignedLong(field.max());
        // Longer ones have leading zeros, or are too large for any field.
        long value = digits.length() > 15 ? Long.MAX_VALUE : Long.parseLong(digits, hex ? 16 : 10);
        if (value > max) {
            throw new FilterException(word + " is above " + max);
        }
        return (int) value;
    }

    private Network network(boolean host) throws FilterException {
        String word = tokens.peek();
        if (!ADDRESS.matcher(word).matches()) {
            Network named = named(word, host);
            if (named != null) {
                tokens.take();
                return named;
            }
            throw new FilterException(
                    (host ? "an address like 10.0.0.1" : "a network like 10.0.0.0/24")
                            + " was expected, not "
                            + tokens.found());
        }
        tokens.take();
        int slash = word.indexOf('/');
        if (host) {
            if (slash >= 0) {
                throw new FilterException("'" + word + "' is a network; write 'net " + word + "'");
            }
            return new Network(address(word), -1);
        }
        if (slash >= 0) {
            return new Network(address(word.substring(0, slash)), length(word, slash));
        }
        if (tokens.accept("mask")) {
            return new Network(address(word), address(tokens.take()));
        }
        throw new FilterException("net " + word + " has no mask; write '" + word + "/24' or so");
    }

    private @Nullable Network named(String word, boolean host) {
        if (host) {
            Ipv4Address address = names.address(word);
            return address == null ? null : new Network(address.bits(), -1);
        }
        Prefix prefix = names.network(word);
        return prefix != null && prefix.address() instanceof Ipv4Address address
                ? new Network(address.bits(), Ipv4Address.mask(prefix.length()))
                : null;
    }

    /** The mask behind a slash: a length, or written as an address. */
    private static int length(String word, int slash) throws FilterException {
        String length = word.substring(slash + 1);
        if (!LENGTH.matcher(length).matches()) {
            return address(length);
        }
        int bits = Integer.parseInt(length);
        if (bits > Integer.SIZE) {
            throw new FilterException("'" + word + "': the length is above " + Integer.SIZE);
        }
        return Ipv4Address.mask(bits);
    }

    private static int address(String word) throws FilterException {
        try {
            return Ipv4Address.parse(word).bits();
        } catch (IllegalArgumentException e) {
            throw new FilterException(String.valueOf(e.getMessage()));
        }
    }
}
