package vini.forwarder.filter;

import org.jspecify.annotations.Nullable;

import vini.net.EtherAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.Map;
import java.util.TreeMap;

/** Knows names that a filter may use instead of addresses and of ports. */
public interface FilterNames {
    /** Only the names that are in every filter. */
    FilterNames STANDARD =
            new FilterNames() {
                @Override
                public @Nullable Ipv4Address address(String name) {
                    return null;
                }

                @Override
                public @Nullable Prefix network(String name) {
                    return null;
                }

                @Override
                public @Nullable Integer port(String name) {
                    return null;
                }
            };

    /** IP protocols by Click's names. */
    Map<String, Integer> PROTOCOLS =
            table("icmp", 1, "igmp", 2, "ipip", 4, "tcp", 6, "udp", 17, "ospf", 89);

    /** TCP and UDP ports by Click's names. */
    Map<String, Integer> PORTS =
            table(
                    "echo",
                    7,
                    "discard",
                    9,
                    "daytime",
                    13,
                    "chargen",
                    19,
                    "ftp-data",
                    20,
                    "ftp",
                    21,
                    "ssh",
                    22,
                    "telnet",
                    23,
                    "smtp",
                    25,
                    "domain",
                    53,
                    "dns",
                    53,
                    "bootps",
                    67,
                    "bootpc",
                    68,
                    "tftp",
                    69,
                    "finger",
                    79,
                    "www",
                    80,
                    "pop3",
                    110,
                    "sunrpc",
                    111,
                    "auth",
                    113,
                    "nntp",
                    119,
                    "ntp",
                    123,
                    "netbios-ns",
                    137,
                    "netbios-dgm",
                    138,
                    "netbios-ssn",
                    139,
                    "snmp",
                    161,
                    "snmp-trap",
                    162,
                    "irc",
                    194,
                    "imap3",
                    220,
                    "https",
                    443,
                    "rip",
                    520,
                    "route",
                    520,
                    "imaps",
                    993,
                    "pop3s",
                    995);

    /** ICMP types (RFC 792, 950, 1256) by Click's names. */
    Map<String, Integer> ICMP_TYPES =
            table(
                    "echo-reply",
                    0,
                    "unreachable",
                    3,
                    "sourcequench",
                    4,
                    "redirect",
                    5,
                    "echo",
                    8,
                    "routeradvert",
                    9,
                    "routersolicit",
                    10,
                    "timeexceeded",
                    11,
                    "parameterproblem",
                    12,
                    "timestamp",
                    13,
                    "timestamp-reply",
                    14,
                    "inforeq",
                    15,
                    "inforeq-reply",
                    16,
                    "maskreq",
                    17,
                    "maskreq-reply",
                    18);

    /** Bits of the TCP flags by Click's names for "options". */
    Map<String, Integer> TCP_FLAGS =
            table("fin", 1, "syn", 2, "rst", 4, "psh", 8, "ack", 16, "urg", 32);

    /** The address of that name, or null. */
    @Nullable Ipv4Address address(String name);

    /** The Ethernet address of that name, or null. */
    default @Nullable EtherAddress ether(String name) {
        return null;
    }

    /** The IPv4 network of that name, or null. */
    @Nullable Prefix network(String name);

    /** The port of that name, 0-65535, or null; asked where the standard names have none. */
    @Nullable Integer port(String name);

    private static Map<String, Integer> table(Object... namesAndNumbers) {
        Map<String, Integer> table = new TreeMap<>();
        for (int i = 0; i < namesAndNumbers.length; i += 2) {
            table.put((String) namesAndNumbers[i], (Integer) namesAndNumbers[i + 1]);
        }
        return table;
    }
}
