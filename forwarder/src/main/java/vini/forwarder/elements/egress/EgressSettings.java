package vini.forwarder.elements.egress;

import vini.forwarder.AddressNames;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.elements.napt.Filtering;
import vini.forwarder.elements.napt.InsideHosts;
import vini.forwarder.elements.napt.Timeouts;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.List;

/**
 * What an egress by sockets was configured as.
 *
 * @param errorSource from which it tells users of what goes wrong here
 * @param inside who may send
 * @param filtering from whom a port of UDP lets packets in
 * @param sessions how many there may be
 * @param perUser how many an address of the inside may have
 * @param bytes that connections of TCP may hold together
 * @param bufferBytes that one may hold in each direction
 * @param guaranteeNanos so long after its last use a session is not ended for another
 * @param reapNanos how often what is over is removed
 * @param namespace a path to the network namespace of the sockets; empty: the process's own
 */
record EgressSettings(
        Ipv4Address errorSource,
        List<Prefix> inside,
        Filtering filtering,
        Timeouts timeouts,
        int sessions,
        int perUser,
        long bytes,
        int bufferBytes,
        long guaranteeNanos,
        long reapNanos,
        String namespace) {
    static final int SESSIONS_MAX = 65_536;

    private static final int SESSIONS = 4096;
    private static final int PER_USER = 1024;
    private static final int BUFFER = 1 << 20;

    static EgressSettings of(Arguments arguments, AddressNames.Reader names)
            throws ConfigException {
        Ipv4Address source = arguments.required("ICMP_SOURCE", names::ip);
        int sessions =
                arguments.keyword("SESSIONS", ArgumentTypes.integer(1, SESSIONS_MAX), SESSIONS);
        return new EgressSettings(
                source,
                arguments.keyword(
                        "INSIDE",
                        text -> InsideHosts.prefixes(text, names),
                        List.of(new Prefix(Ipv4Address.ANY, 0))),
                arguments.keyword("FILTERING", Filtering::parse, Filtering.ADDRESS),
                Timeouts.of(arguments),
                sessions,
                arguments.keyword(
                        "PER_USER",
                        ArgumentTypes.integer(1, SESSIONS_MAX),
                        Math.min(PER_USER, sessions)),
                arguments.keyword("BYTES", ArgumentTypes.integer(1 << 20, 1L << 40), 256L << 20),
                arguments.keyword(
                        "BUFFER", ArgumentTypes.integer(Budget.LEAST_BYTES, 1 << 26), BUFFER),
                arguments.keyword("GUARANTEE", ArgumentTypes::nanos, 5 * Timeouts.SECOND),
                arguments.keyword("REAP_INTERVAL", ArgumentTypes::nanos, 10 * Timeouts.SECOND),
                arguments.keyword("NETNS", ArgumentTypes::string, ""));
    }
}
