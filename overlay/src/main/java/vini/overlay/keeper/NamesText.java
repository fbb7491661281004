package vini.overlay.keeper;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.util.Map;

/**
 * A hosts file that knows all nodes and outside hosts, for programs that run in a host: {@code
 * wash} is the node, {@code wash.nycm} its end of the link to New York.
 */
final class NamesText {
    private NamesText() {}

    static String of(Topology topology, AddressPlan plan, Map<String, Ipv4Address> outside) {
        StringBuilder text = new StringBuilder("127.0.0.1 localhost\n::1 localhost\n");
        for (Node node : topology.nodes()) {
            for (IpAddress address : plan.nodeAddresses(node)) {
                text.append(address).append(' ').append(node.name()).append('\n');
            }
        }
        for (Link link : topology.links()) {
            end(text, plan, link, link.a());
            end(text, plan, link, link.b());
        }
        outside.forEach(
                (name, address) -> text.append(address).append(' ').append(name).append('\n'));
        return text.toString();
    }

    private static void end(StringBuilder text, AddressPlan plan, Link link, Node node) {
        IpAddress address = plan.linkEnd(link, link.end(node)).address();
        if (address instanceof Ipv4Address) {
            text.append(address).append(' ');
            text.append(node.name()).append('.').append(link.other(node).name()).append('\n');
        }
    }
}
