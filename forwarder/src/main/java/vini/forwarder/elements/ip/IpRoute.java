package vini.forwarder.elements.ip;

import org.jspecify.annotations.Nullable;

import vini.forwarder.AddressNames;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A row of a forwarding table: {@code ADDR/MASK [GATEWAY[|GATEWAY...]] OUT}. Several gateways are
 * next hops of equal cost; none means that the destination itself is the next hop.
 */
record IpRoute(Prefix prefix, List<Ipv4Address> gateways, int output) {
    private static final int GATEWAYS_MAX = 64;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,4}");

    /** Reads a row; throws {@link IllegalArgumentException} with a sentence. */
    static IpRoute parse(String text, AddressNames.Reader addresses) {
        String[] words = BLANKS.split(text.strip(), -1);
        if (words.length < 2 || words.length > 3) {
            throw new IllegalArgumentException(
                    "'" + text.strip() + "' is not a route like '10.0.0.0/8 10.77.128.1 1'");
        }
        List<Ipv4Address> gateways = new ArrayList<>();
        if (words.length == 3 && !words[1].equals("-")) {
            for (String gateway : words[1].split("\\|", -1)) {
                gateways.add(address(gateway, addresses));
            }
        }
        gateways.remove(Ipv4Address.ANY); // Click's way to say that there is none
        if (gateways.size() > GATEWAYS_MAX) {
            throw new IllegalArgumentException(
                    gateways.size() + " gateways are more than " + GATEWAYS_MAX);
        }
        String output = words[words.length - 1];
        if (!PORT.matcher(output).matches()) {
            throw new IllegalArgumentException("'" + output + "' is not an output port");
        }
        return new IpRoute(
                prefix(words[0], addresses), List.copyOf(gateways), Integer.parseInt(output));
    }

    /** Reads an address; names are looked up only where none is written in numbers. */
    private static Ipv4Address address(String text, AddressNames.Reader addresses) {
        return isNumeric(text) ? Ipv4Address.parse(text) : addresses.ip(text);
    }

    /** Reads an IPv4 prefix, or an address, which is a prefix of one address. */
    static Prefix prefix(String text, AddressNames.Reader addresses) {
        Prefix prefix;
        if (isNumeric(text)) {
            prefix = isWhole(text) ? Prefix.parse(text) : addresses.prefix(text);
        } else {
            prefix = named(text, addresses);
        }
        if (!(prefix.address() instanceof Ipv4Address)) {
            throw new IllegalArgumentException("\"" + text + "\" is not an IPv4 prefix");
        }
        return prefix;
    }

    private static Prefix named(String text, AddressNames.Reader addresses) {
        Prefix prefix = addresses.prefixOrAddress(text);
        // A name of 10.0.0.4/24 is that address, one of 10.0.0.0/24 the network.
        Prefix net = text.indexOf('/') < 0 ? net(text, addresses) : null;
        return net != null && net.address().equals(prefix.address()) ? net : prefix;
    }

    private static @Nullable Prefix net(String name, AddressNames.Reader addresses) {
        try {
            return addresses.prefix(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isNumeric(String text) {
        return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
    }

    /** Whether it is of the usual form: four numbers, and a length in bits. */
    private static boolean isWhole(String text) {
        int slash = text.indexOf('/');
        int end = slash < 0 ? text.length() : slash;
        int dots = 0;
        for (int i = 0; i < end; i++) {
            dots += text.charAt(i) == '.' ? 1 : 0;
        }
        return slash < 0 || dots == 3 && text.indexOf('.', slash) < 0;
    }

    String gatewayText() {
        return gatewayText(gateways);
    }

    static String gatewayText(List<Ipv4Address> gateways) {
        if (gateways.isEmpty()) {
            return "-";
        }
        StringJoiner text = new StringJoiner("|");
        gateways.forEach(gateway -> text.add(gateway.toString()));
        return text.toString();
    }

    /** What a {@code lookup} handler answers: the output, and the gateway if there is one. */
    String wayText() {
        return gateways.isEmpty() ? "" + output : output + " " + gatewayText();
    }

    @Override
    public String toString() {
        return prefix + " " + gatewayText() + " " + output;
    }
}
