package vini.forwarder.elements.ip;

import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A row of a forwarding table: {@code ADDR/MASK [GATEWAY[|GATEWAY...]] OUT}. Several gateways are
 * next hops of equal cost; none means that the destination itself is the next hop.
 */
record IpRoute(Prefix prefix, List<Ipv4Address> gateways, int output) {
    private static final int GATEWAYS_MAX = 64;

    /** Reads a row; throws {@link IllegalArgumentException} with a sentence. */
    static IpRoute parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length < 2 || words.length > 3) {
            throw new IllegalArgumentException(
                    "'" + text.strip() + "' is not a route like '10.0.0.0/8 10.77.128.1 1'");
        }
        List<Ipv4Address> gateways = new ArrayList<>();
        if (words.length == 3 && !words[1].equals("-")) {
            for (String gateway : words[1].split("\\|", -1)) {
                gateways.add(Ipv4Address.parse(gateway));
            }
        }
        if (gateways.size() > GATEWAYS_MAX) {
            throw new IllegalArgumentException(
                    gateways.size() + " gateways are more than " + GATEWAYS_MAX);
        }
        String output = words[words.length - 1];
        if (!output.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("'" + output + "' is not an output port");
        }
        return new IpRoute(ipv4(words[0]), List.copyOf(gateways), Integer.parseInt(output));
    }

    /** Reads an IPv4 prefix. */
    static Prefix ipv4(String text) {
        Prefix prefix = Prefix.parse(text);
        if (!(prefix.address() instanceof Ipv4Address)) {
            throw new IllegalArgumentException("\"" + text + "\" is not an IPv4 prefix");
        }
        return prefix;
    }

    String gatewayText() {
        if (gateways.isEmpty()) {
            return "-";
        }
        StringJoiner text = new StringJoiner("|");
        gateways.forEach(gateway -> text.add(gateway.toString()));
        return text.toString();
    }

    @Override
    public String toString() {
        return prefix + " " + gatewayText() + " " + output;
    }
}
