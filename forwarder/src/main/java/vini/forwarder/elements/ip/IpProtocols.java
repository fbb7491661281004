package vini.forwarder.elements.ip;

import vini.forwarder.ArgumentTypes;

import java.util.Map;
import java.util.TreeMap;

/** The names of IP protocols that configurations use. */
public final class IpProtocols {
    private static final Map<String, Integer> NUMBERS = new TreeMap<>();

    static {
        NUMBERS.put("icmp", 1);
        NUMBERS.put("igmp", 2);
        NUMBERS.put("ipip", 4);
        NUMBERS.put("tcp", 6);
        NUMBERS.put("egp", 8);
        NUMBERS.put("igp", 9);
        NUMBERS.put("udp", 17);
        NUMBERS.put("dccp", 33);
        NUMBERS.put("ip6", 41);
        NUMBERS.put("gre", 47);
        NUMBERS.put("esp", 50);
        NUMBERS.put("ah", 51);
        NUMBERS.put("icmp6", 58);
        NUMBERS.put("ospf", 89);
        NUMBERS.put("pim", 103);
        NUMBERS.put("vrrp", 112);
        NUMBERS.put("sctp", 132);
        NUMBERS.put("udplite", 136);
    }

    private IpProtocols() {}

    /** The name of a number; {@code protocol 200} if it has none. */
    public static String name(int number) {
        return NUMBERS.entrySet().stream()
                .filter(entry -> entry.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("protocol " + number);
    }

    /** Reads a name or a number, 0-255. */
    public static int parse(String text) {
        Integer named = NUMBERS.get(text.strip());
        return named != null ? named : ArgumentTypes.integer(0, 255).apply(text);
    }
}
