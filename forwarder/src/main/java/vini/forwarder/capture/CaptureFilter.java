package vini.forwarder.capture;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Packet;
import vini.forwarder.filter.FilterException;
import vini.forwarder.filter.FilterNames;
import vini.forwarder.filter.FilterParser;
import vini.forwarder.filter.Program;
import vini.forwarder.filter.Rule;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The expression that says which IPv4 packets are written down. */
public final class CaptureFilter {
    private static final int VERSION_4 = 4;

    /** Knows hosts only. */
    private record Hosts(Function<String, @Nullable Ipv4Address> addresses) implements FilterNames {
        @Override
        public @Nullable Ipv4Address address(String name) {
            return addresses.apply(name);
        }

        @Override
        public @Nullable Prefix network(String name) {
            return null;
        }

        @Override
        public @Nullable Integer port(String name) {
            return null;
        }
    }

    private final Program program;

    /**
     * Reads an expression, as {@code IPFilter} has them.
     *
     * @param hosts gives the address of a name, or null
     * @throws FilterException it is none
     */
    public CaptureFilter(String text, Function<String, @Nullable Ipv4Address> hosts)
            throws FilterException {
        program = Program.compile(List.of(new Rule(FilterParser.parse(text, new Hosts(hosts)), 0)));
    }

    /**
     * The hosts that an expression names, and their addresses: what a {@link CaptureOrder} takes
     * along to where nobody knows the names.
     *
     * @param text as the constructor takes it; if it is blank, all packets are meant
     * @throws FilterException likewise
     */
    public static Map<String, Ipv4Address> hosts(
            String text, Function<String, @Nullable Ipv4Address> addresses) throws FilterException {
        Map<String, Ipv4Address> named = new LinkedHashMap<>();
        if (!text.isBlank()) {
            CaptureFilter _ =
                    new CaptureFilter(
                            text,
                            name -> {
                                Ipv4Address address = addresses.apply(name);
                                if (address != null) {
                                    named.put(name, address);
                                }
                                return address;
                            });
        }
        return named;
    }

    /** Whether a packet is meant whose first byte is that of its IP header. */
    boolean matches(Packet packet) {
        if (packet.length() == 0 || packet.u8(0) >> 4 != VERSION_4) {
            return false;
        }
        int start = packet.start();
        int end = start + packet.length();
        int transport = start + ((packet.u8(0) & 0x0f) << 2);
        return program.match(packet.buffer(), start, transport, end) == 0;
    }
}
