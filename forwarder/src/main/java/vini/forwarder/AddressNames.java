package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.net.EtherAddress;
import vini.net.Ipv4Address;
import vini.net.Ipv6Address;
import vini.net.Prefix;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The addresses of one graph that have names, by AddressInfo, and the readers of addresses in
 * configurations, which take either. A name holds in the compound element in which it was given,
 * and inside of it: {@code x/y} is known to elements whose name begins with {@code x/}. {@code
 * NAME:ip}, {@code NAME:ipnet}, {@code NAME:eth}, {@code NAME:ip6} and {@code NAME:ip6net} say
 * which is meant, as in Click; {@code NAME:bcast} and {@code NAME:gw} are the broadcast address and
 * the first address of an IPv4 prefix.
 */
public final class AddressNames {
    private static final String NET6 = "Prefix6";

    private final Map<String, Object> known = new LinkedHashMap<>();

    /** Gives a name an address ({@link Ipv4Address}, {@link Prefix}, {@link EtherAddress}, ...). */
    public void add(String scope, String name, Object address) {
        known.put(scope + name + ":" + kind(address), address);
    }

    private static String kind(Object address) {
        boolean net6 = address instanceof Prefix p && p.address() instanceof Ipv6Address;
        return net6 ? NET6 : address.getClass().getSimpleName();
    }

    private <T> @Nullable T find(String element, String name, Class<T> type) {
        return find(element, name, type, type.getSimpleName());
    }

    private <T> @Nullable T find(String element, String name, Class<T> type, String kind) {
        for (String scope : Scopes.around(element)) {
            Object found = known.get(scope + name + ":" + kind);
            if (found != null) {
                return type.cast(found);
            }
        }
        return null;
    }

    private static String withoutKind(String text, String... kinds) {
        for (String kind : kinds) {
            if (text.endsWith(":" + kind)) {
                return text.substring(0, text.length() - kind.length() - 1);
            }
        }
        return text;
    }

    private static boolean isName(String text) {
        return text.matches("[A-Za-z_@][A-Za-z0-9_@./$-]*");
    }

    /** The readers as the element of that name sees them. */
    public Reader of(String element) {
        return new Reader(element);
    }

    /**
     * Reads addresses as one element may write them. Each method throws IllegalArgumentException
     * with a sentence for the user.
     */
    public final class Reader {
        private final String element;

        private Reader(String element) {
            this.element = element;
        }

        /** {@code 10.0.0.1}, or a name. */
        public Ipv4Address ip(String text) {
            Ipv4Address named = find(element, withoutKind(text, "ip", "ip4"), Ipv4Address.class);
            if (named != null) {
                return named;
            }
            Prefix net = find(element, withoutKind(text, "bcast", "gw"), Prefix.class);
            if (net != null && net.address() instanceof Ipv4Address address) {
                if (text.endsWith(":bcast")) {
                    return new Ipv4Address(address.bits() | ~Ipv4Address.mask(net.length()));
                }
                if (text.endsWith(":gw")) {
                    return new Ipv4Address(address.bits() | 1);
                }
            }
            return unlessName(text, Ipv4Address::parse);
        }

        /** {@code 10.0.0.0/8}, {@code 10/8}, {@code 10.0.0.0/255.0.0.0}, or a name. */
        public Prefix prefix(String text) {
            Prefix named = named(text);
            return named != null ? named : unlessName(text, AddressNames::readPrefix);
        }

        private @Nullable Prefix named(String text) {
            String name = withoutKind(text, "ipnet", "ip4net", "net");
            Prefix net = find(element, name, Prefix.class);
            return net != null
                    ? net
                    : find(element, withoutKind(text, "ip6net"), Prefix.class, NET6);
        }

        /**
         * As {@link #prefix}; an address without a length is a prefix of all its bits, and a name
         * that is both an address and a prefix is the address.
         */
        public Prefix prefixOrAddress(String text) {
            Ipv4Address address = find(element, text, Ipv4Address.class);
            if (address != null) {
                return Prefix.host(address);
            }
            return text.contains("/") || named(text) != null ? prefix(text) : Prefix.host(ip(text));
        }

        /** {@code 2001:db8::1}, or a name. */
        public Ipv6Address ip6(String text) {
            Ipv6Address named = find(element, withoutKind(text, "ip6"), Ipv6Address.class);
            return named != null ? named : unlessName(text, Ipv6Address::parse);
        }

        /** {@code 00:1b:21:3c:4d:5e}, also with dashes, or a name. */
        public EtherAddress ether(String text) {
            EtherAddress named =
                    find(element, withoutKind(text, "eth", "ether"), EtherAddress.class);
            return named != null ? named : unlessName(text, EtherAddress::parse);
        }

        private <T> T unlessName(String text, Function<String, T> parse) {
            if (isName(text) && text.matches(".*[G-Zg-z_@].*")) {
                throw new IllegalArgumentException(
                        "'" + text + "' is neither an address nor a name that AddressInfo gives");
            }
            return parse.apply(text);
        }
    }

    /** Reads {@code 10.0.0.0/8} or {@code 10.0.0.0/255.0.0.0}; host bits are cleared. */
    public static Prefix readPrefix(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no length: write ADDRESS/LENGTH");
        }
        String address = whole(text.substring(0, slash));
        if (text.indexOf('.', slash) < 0) {
            return Prefix.parse(address + text.substring(slash));
        }
        int mask = Ipv4Address.parse(text.substring(slash + 1)).bits();
        int length = Integer.bitCount(mask);
        if (mask != Ipv4Address.mask(length)) {
            throw new IllegalArgumentException("'" + text + "': the mask has holes");
        }
        return new Prefix(Ipv4Address.parse(address), length);
    }

    /** In a prefix, Click takes {@code 18.26} for 18.26.0.0. */
    private static String whole(String address) {
        if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){0,2}")) {
            return address;
        }
        long missing = 3 - address.chars().filter(c -> c == '.').count();
        return address + ".0".repeat((int) missing);
    }
}
