package vini.forwarder.elements.napt;

import vini.forwarder.AddressNames;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.List;
import java.util.TreeSet;

/**
 * What NAPT was configured as; times in nanoseconds.
 *
 * @param addresses the external ones, in order
 * @param low the first external port or identifier
 * @param inside whose packets are translated
 * @param guarantee how long after a packet a mapping is not removed for want of room
 * @param errorSource the source of ICMP errors to the inside
 */
record NaptSettings(
        List<Ipv4Address> addresses,
        int low,
        int high,
        List<Prefix> inside,
        Filtering filtering,
        Timeouts timeouts,
        int mappings,
        int perUser,
        long guarantee,
        boolean evicts,
        boolean refreshedInbound,
        boolean rewritesIds,
        boolean answersSyns,
        long reapInterval,
        Ipv4Address errorSource) {
    private static final int MAPPINGS = 65_536;
    private static final int PER_USER = 4096;

    static NaptSettings of(Arguments arguments, AddressNames.Reader names) throws ConfigException {
        List<Ipv4Address> addresses =
                arguments.required("ADDRESS", text -> externalAddresses(text, names));
        int[] ports =
                arguments.keyword("PORTS", NaptSettings::ports, new int[] {1024, Ports.PORTS - 1});
        int mappings =
                arguments.keyword(
                        "MAPPINGS", ArgumentTypes.integer(1, MappingTable.MAPPINGS_MAX), MAPPINGS);
        return new NaptSettings(
                addresses,
                ports[0],
                ports[1],
                arguments.keyword(
                        "INSIDE",
                        text -> InsideHosts.prefixes(text, names),
                        List.of(new Prefix(Ipv4Address.ANY, 0))),
                arguments.keyword("FILTERING", Filtering::parse, Filtering.ENDPOINT_INDEPENDENT),
                Timeouts.of(arguments),
                mappings,
                arguments.keyword(
                        "PER_USER",
                        ArgumentTypes.integer(1, MappingTable.MAPPINGS_MAX),
                        Math.min(PER_USER, mappings)),
                arguments.keyword("GUARANTEE", ArgumentTypes::nanos, 5 * Timeouts.SECOND),
                arguments.keyword("EVICT", ArgumentTypes::bool, true),
                arguments.keyword("INBOUND_REFRESH", ArgumentTypes::bool, false),
                arguments.keyword("IP_ID", ArgumentTypes::bool, true),
                arguments.keyword("SYN_ERRORS", ArgumentTypes::bool, true),
                arguments.keyword("REAP_INTERVAL", ArgumentTypes::nanos, 10 * Timeouts.SECOND),
                arguments.keyword("ICMP_SOURCE", names::ip, addresses.getFirst()));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }

    /** Addresses and prefixes, of which the first and the last address are no host's. */
    private static List<Ipv4Address> externalAddresses(String text, AddressNames.Reader names) {
        TreeSet<Ipv4Address> found = new TreeSet<>();
        for (String word : words(text)) {
            Prefix prefix = names.prefixOrAddress(word);
            if (!(prefix.address() instanceof Ipv4Address network)) {
                throw new IllegalArgumentException("'" + word + "' is not of IPv4");
            }
            long hosts = 1L << 32 - prefix.length();
            long border = hosts > 2 ? 1 : 0;
            if (hosts - 2 * border > ExternalAddresses.ADDRESSES_MAX) {
                throw tooMany(text);
            }
            for (long host = border; host < hosts - border; host++) {
                found.add(network.plus(host));
            }
        }
        if (found.size() > ExternalAddresses.ADDRESSES_MAX) {
            throw tooMany(text);
        }
        return List.copyOf(found);
    }

    private static IllegalArgumentException tooMany(String text) {
        return new IllegalArgumentException(
                "'" + text + "' has more than " + ExternalAddresses.ADDRESSES_MAX + " addresses");
    }

    /** {@code 20000-29999}. */
    private static int[] ports(String text) {
        String[] ends = text.strip().split("-", -1);
        if (ends.length != 2) {
            throw new IllegalArgumentException(
                    "'" + text.strip() + "' is no range of ports, such as 20000-29999");
        }
        int low = ArgumentTypes.integer(1, Ports.PORTS - 1).apply(ends[0]);
        int high = ArgumentTypes.integer(1, Ports.PORTS - 1).apply(ends[1]);
        if (low > high) {
            throw new IllegalArgumentException("'" + text.strip() + "' ends before it begins");
        }
        return new int[] {low, high};
    }

    /** Whether mappings of another one may stay as they are. */
    boolean isLike(NaptSettings other) {
        return addresses.equals(other.addresses)
                && low == other.low
                && high == other.high
                && inside.equals(other.inside)
                && filtering == other.filtering;
    }

    int[] addressBits() {
        return addresses.stream().mapToInt(Ipv4Address::bits).toArray();
    }
}
