package vini.forwarder.elements.ip6;

import vini.forwarder.AddressNames;
import vini.net.Ipv6Address;
import vini.net.Prefix;

/**
 * A row of a forwarding table: {@code ADDR/LENGTH [GATEWAY] OUT}; a gateway of {@code ::} or {@code
 * -} stands for none.
 */
record Ip6Route(Prefix prefix, Ipv6Address gateway, int output) {
    private static final Ipv6Address NONE = new Ipv6Address(0, 0);

    /** Reads a row; throws {@link IllegalArgumentException} with a sentence. */
    static Ip6Route parse(String text, AddressNames.Reader names) {
        String[] words = text.strip().split("\\s+", -1);
        boolean masked = words.length == 4 && words[0].indexOf('/') < 0;
        if (!masked && (words.length < 2 || words.length > 3)) {
            throw new IllegalArgumentException(
                    "'" + text.strip() + "' is not a route like '2001:db8::/32 fd00::1 1'");
        }
        Prefix prefix =
                masked
                        ? new Prefix(names.ip6(words[0]), length(names.ip6(words[1])))
                        : prefix(words[0], names);
        String gateway = words.length == 2 ? "-" : words[words.length - 2];
        String output = words[words.length - 1];
        if (!output.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("'" + output + "' is not an output port");
        }
        return new Ip6Route(
                prefix, gateway.equals("-") ? NONE : names.ip6(gateway), Integer.parseInt(output));
    }

    /** Reads an IPv6 prefix, or an address, which is one of 128 bits. */
    static Prefix prefix(String text, AddressNames.Reader names) {
        if (text.indexOf('/') < 0) {
            return Prefix.host(names.ip6(text));
        }
        Prefix prefix = Prefix.parse(text);
        if (!(prefix.address() instanceof Ipv6Address)) {
            throw new IllegalArgumentException("'" + text + "' is not an IPv6 prefix");
        }
        return prefix;
    }

    private static int length(Ipv6Address mask) {
        int length = Long.bitCount(mask.high()) + Long.bitCount(mask.low());
        if (!new Ipv6Address(-1L, -1L).masked(length).equals(mask)) {
            throw new IllegalArgumentException("'" + mask + "': the mask has holes");
        }
        return length;
    }

    boolean hasGateway() {
        return !gateway.equals(NONE);
    }

    String gatewayText() {
        return hasGateway() ? gateway.toString() : "-";
    }

    @Override
    public String toString() {
        return prefix + " " + gatewayText() + " " + output;
    }
}
