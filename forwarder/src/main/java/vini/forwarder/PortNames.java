package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.filter.FilterNames;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports of TCP and UDP of one graph that have names, by PortInfo, and the readers of ports in
 * configurations, which take either. A name holds in the compound element in which it was given,
 * and inside of it, as those of {@link AddressNames} do. The usual services, {@code http} and the
 * like, have their names everywhere: those of {@link FilterNames#PORTS}.
 */
public final class PortNames {
    /** The protocols of RFC 9293 and RFC 768. */
    public static final int TCP = 6;

    public static final int UDP = 17;

    private static final int PORT_MAX = 0xffff;

    private final Map<String, Integer> known = new LinkedHashMap<>();

    /**
     * Gives a name a port.
     *
     * @param scope the compound element with its slash, {@code x/}, or empty
     * @param protocol {@link #TCP} or {@link #UDP}
     */
    public void add(String scope, String name, int protocol, int port) {
        known.put(scope + name + ":" + protocol, port);
    }

    /** The readers as the element of that name sees them. */
    public Reader of(String element) {
        return new Reader(element);
    }

    /**
     * Reads ports as one element may write them. Each method throws IllegalArgumentException with a
     * sentence for the user.
     */
    public final class Reader {
        private final String element;

        private Reader(String element) {
            this.element = element;
        }

        /** A number from 0 to 65535, or a name for TCP. */
        public int tcp(String text) {
            return port(text, TCP);
        }

        /** A number from 0 to 65535, or a name for UDP. */
        public int udp(String text) {
            return port(text, UDP);
        }

        /** A number from 0 to 65535, or a name for that protocol. */
        public int port(String text, int protocol) {
            Integer named = named(text, protocol);
            if (named == null) {
                named = FilterNames.PORTS.get(text.strip());
            }
            if (named != null) {
                return named;
            }
            if (!text.strip().matches("[-+0-9].*")) {
                throw new IllegalArgumentException(
                        "'" + text + "' is neither a port nor a name that PortInfo gives");
            }
            return ArgumentTypes.integer(0, PORT_MAX).apply(text);
        }

        /** The port of a name that PortInfo gives; null where it gives none. */
        public @Nullable Integer named(String text, int protocol) {
            String name = text.strip() + ":" + protocol;
            for (String scope : Scopes.around(element)) {
                Integer port = known.get(scope + name);
                if (port != null) {
                    return port;
                }
            }
            return null;
        }
    }
}
