package vini.overlay.graph;

import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.InterfaceAddress;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

/**
 * The configuration of a slice's router process, as {@link vini.routing.process.SliceConfig} reads
 * it.
 */
public final class RouterText {
    private RouterText() {}

    public static String of(Topology topology, AddressPlan plan) {
        StringBuilder text = new StringBuilder();
        text.append("hello ").append(topology.routing().helloSeconds()).append('\n');
        text.append("dead ").append(topology.routing().deadSeconds()).append('\n');
        for (Node node : topology.nodes()) {
            text.append("node ").append(node.name()).append(' ');
            text.append(plan.routerId(node)).append('\n');
            plan.nodeAddresses(node).stream()
                    .filter(address -> address.bitLength() == 32)
                    .forEach(address -> text.append("stub ").append(address).append("/32\n"));
            int number = 0;
            for (Link link : topology.linksOf(node)) {
                InterfaceAddress own = plan.linkEnd(link, link.end(node));
                text.append("interface ").append(number++).append(' ');
                text.append(link.other(node).name()).append(' ').append(own).append(' ');
                text.append(plan.linkEnd(link, link.end(node).other()).address()).append(' ');
                text.append(link.from(link.end(node)).cost()).append(' ');
                text.append(link.mtu()).append('\n');
            }
        }
        return text.toString();
    }
}
