package vini.overlay.graph;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.topology.Egress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Where packets of a slice may leave to: not to where only the machine and its lab are at home. */
final class OpenDestinations {
    /**
     * What is nobody's in the Internet: this network, private use, shared (RFC 6598), loopback,
     * link-local, protocol assignments, measurements, groups and reserved (RFC 6890).
     */
    private static final List<String> NOBODYS =
            List.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "224.0.0.0/3");

    private OpenDestinations() {}

    /**
     * A table of destinations: where packets may go (output 0) and may not (1); the longest prefix
     * decides.
     *
     * @param own addresses of the machine
     */
    static String table(Egress egress, List<IpAddress> own) {
        Map<Prefix, Integer> ways = new LinkedHashMap<>();
        ways.put(Prefix.parse("0.0.0.0/0"), 0);
        for (String nobodys : NOBODYS) {
            close(ways, egress, Prefix.parse(nobodys));
        }
        for (IpAddress machine : own) {
            if (machine instanceof Ipv4Address) {
                close(ways, egress, Prefix.host(machine));
            }
        }
        egress.allow().forEach(prefix -> ways.put(prefix, 0));
        StringJoiner routes = new StringJoiner(", ");
        ways.forEach((prefix, way) -> routes.add(prefix + " " + way));
        return routes.toString();
    }

    private static void close(Map<Prefix, Integer> ways, Egress egress, Prefix prefix) {
        if (egress.allow().stream().noneMatch(open -> open.contains(prefix))) {
            ways.put(prefix, 1);
        }
    }
}
