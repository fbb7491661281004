package vini.forwarder.elements.icmp;

import vini.forwarder.ArgumentTypes;
import vini.net.wire.IcmpHeader;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The names of ICMP types and codes in configurations, and some types that RFC 792 gives. */
final class IcmpNames {
    static final int SOURCE_QUENCH = 4;
    static final int REDIRECT = 5;
    static final int TIMESTAMP = 13;
    static final int TIMESTAMP_REPLY = 14;
    static final int MASK_REQUEST = 17;
    static final int MASK_REPLY = 18;

    private static final Map<String, Integer> TYPES = new TreeMap<>();
    private static final Map<String, Integer> CODES = new TreeMap<>();

    static {
        TYPES.put("echo-reply", IcmpHeader.ECHO_REPLY);
        TYPES.put("unreachable", IcmpHeader.DESTINATION_UNREACHABLE);
        TYPES.put("sourcequench", SOURCE_QUENCH);
        TYPES.put("redirect", REDIRECT);
        TYPES.put("echo", IcmpHeader.ECHO_REQUEST);
        TYPES.put("routeradvert", 9);
        TYPES.put("routersolicit", 10);
        TYPES.put("timeexceeded", IcmpHeader.TIME_EXCEEDED);
        TYPES.put("parameterproblem", IcmpHeader.PARAMETER_PROBLEM);
        TYPES.put("timestamp", TIMESTAMP);
        TYPES.put("timestamp-reply", TIMESTAMP_REPLY);
        TYPES.put("inforeq", 15);
        TYPES.put("inforeq-reply", 16);
        TYPES.put("maskreq", MASK_REQUEST);
        TYPES.put("maskreq-reply", MASK_REPLY);
        code(IcmpHeader.DESTINATION_UNREACHABLE, "net", 0);
        code(IcmpHeader.DESTINATION_UNREACHABLE, "host", IcmpHeader.HOST_UNREACHABLE);
        code(IcmpHeader.DESTINATION_UNREACHABLE, "protocol", IcmpHeader.PROTOCOL_UNREACHABLE);
        code(IcmpHeader.DESTINATION_UNREACHABLE, "port", IcmpHeader.PORT_UNREACHABLE);
        code(IcmpHeader.DESTINATION_UNREACHABLE, "needfrag", IcmpHeader.FRAGMENTATION_NEEDED);
        code(REDIRECT, "net", 0);
        code(REDIRECT, "host", 1);
        code(IcmpHeader.TIME_EXCEEDED, "transit", 0);
        code(IcmpHeader.TIME_EXCEEDED, "reassembly", 1);
        code(IcmpHeader.PARAMETER_PROBLEM, "erroratptr", 0);
        code(IcmpHeader.PARAMETER_PROBLEM, "missingopt", 1);
        code(IcmpHeader.PARAMETER_PROBLEM, "length", 2);
    }

    private IcmpNames() {}

    private static void code(int type, String name, int code) {
        CODES.put(type + " " + name, code);
    }

    /** Reads a type, 0-255 or a name. */
    static int type(String text) {
        Integer named = TYPES.get(text.toLowerCase(Locale.ROOT));
        return named != null ? named : number(text);
    }

    /** Reads a code of that type, 0-255 or a name that the type has. */
    static int code(int type, String text) {
        Integer named = CODES.get(type + " " + text.toLowerCase(Locale.ROOT));
        return named != null ? named : number(text);
    }

    private static int number(String text) {
        return ArgumentTypes.integer(0, 255).apply(text);
    }

    /** Whether messages of that type have an identifier and a sequence number. */
    static boolean hasSequence(int type) {
        return type == IcmpHeader.ECHO_REPLY
                || type == IcmpHeader.ECHO_REQUEST
                || type >= TIMESTAMP && type <= MASK_REPLY;
    }
}
