package vini.forwarder.elements.source;

import java.util.Map;
import java.util.TreeMap;

/** ICMP types and codes by Click's names (RFC 792, RFC 950, RFC 1256, RFC 1812). */
final class IcmpWords {
    private static final Map<String, Integer> TYPES = new TreeMap<>();
    private static final Map<Integer, Map<String, Integer>> CODES = new TreeMap<>();

    static {
        TYPES.put("echo-reply", 0);
        TYPES.put("unreachable", 3);
        TYPES.put("sourcequench", 4);
        TYPES.put("redirect", 5);
        TYPES.put("echo", 8);
        TYPES.put("routeradvert", 9);
        TYPES.put("routersolicit", 10);
        TYPES.put("timeexceeded", 11);
        TYPES.put("parameterproblem", 12);
        TYPES.put("timestamp", 13);
        TYPES.put("timestamp-reply", 14);
        TYPES.put("inforeq", 15);
        TYPES.put("inforeq-reply", 16);
        TYPES.put("maskreq", 17);
        TYPES.put("maskreq-reply", 18);
        codes(
                3,
                "net host protocol port needfrag srcroutefail netunknown hostunknown hostisolated"
                        + " netprohibited hostprohibited nettos hosttos filterprohibited"
                        + " hostprecedence precedencecutoff");
        codes(5, "net host nettos hosttos");
        codes(11, "transit reassembly");
        codes(12, "erroratptr missingopt length");
    }

    private IcmpWords() {}

    private static void codes(int type, String names) {
        Map<String, Integer> codes = new TreeMap<>();
        for (String name : names.split(" ", -1)) {
            codes.put(name, codes.size());
        }
        CODES.put(type, codes);
    }

    private static String name(Map<String, Integer> names, int number) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(String.valueOf(number));
    }

    static String type(int type) {
        return name(TYPES, type);
    }

    static String code(int type, int code) {
        return name(CODES.getOrDefault(type, new TreeMap<>()), code);
    }

    /** A name or a number. */
    static int type(String text) {
        Integer known = TYPES.get(text);
        return known != null ? known : octet(text);
    }

    /** A name or a number. */
    static int code(int type, String text) {
        Integer known = CODES.getOrDefault(type, new TreeMap<>()).get(text);
        return known != null ? known : octet(text);
    }

    private static int octet(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > 255) {
            throw new IllegalArgumentException("'" + text + "' is no ICMP type or code");
        }
        return Integer.parseInt(text);
    }
}
