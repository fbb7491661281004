package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.LoopsFile;
import vini.net.Prefix;
import vini.overlay.json.Called;
import vini.overlay.json.Declares;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.Name;
import vini.overlay.json.NamesSchema;
import vini.overlay.json.Range;
import vini.overlay.json.ReadBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A topology file; nodes come before links, whose reading needs their names. */
@Called("topology")
@NamesSchema
@Doc("A virtual network: its nodes, its links, how routes are found.")
record TopologyForm(
        @Doc("The name of the topology.") @Name String name,
        @Doc("The nodes by name, numbered in order of appearance.")
                @Declares("node")
                @Range(min = 1, max = 10_000)
                Map<String, NodeForm> nodes,
        @Doc("The links, numbered in order of appearance.") @Default("[]") @Range(max = 50_000)
                List<LinkForm> links,
        @Doc("Physical ways by name, and the links that ride on each: they fail together.")
                @Declares("fiber")
                @Range(max = 10_000)
                @Nullable Map<String, List<LinkName>> fibers,
        @Doc("How routes are found: an object, or the protocol alone.")
                @Default("ospf")
                @ReadBy(RoutingForm.Form.class)
                RoutingForm routing,
        @Doc(
                        "What the end systems are: kernel, tap (kernel with an Ethernet device),"
                                + " builtin, or kernel where the machine allows it.")
                @Default("auto")
                HostsMode hosts,
        @Doc("What carries links: udp, direct, or udp only between processes.") @Default("auto")
                TunnelsMode tunnels,
        @Doc(
                        "How many threads of the live forwarder move packets: one has the least"
                                + " delay, more move more packets where the machine has the cores.")
                @Default("1")
                @Range(min = 1, max = LoopsFile.LOOPS_MAX)
                int loops,
        @Doc("The block of addresses for nodes and links.") @Default("10.77.0.0/16") Prefix prefix,
        @Doc("The block of addresses for users who enter by VPN.") @Default("10.87.0.0/16")
                Prefix users) {
    Topology topology() {
        Map<String, Node> byName = new LinkedHashMap<>();
        nodes.forEach(
                (node, form) ->
                        byName.put(
                                node,
                                new Node(
                                        byName.size(),
                                        node,
                                        form.label(),
                                        form.location(),
                                        form.address() == null ? List.of() : form.address(),
                                        form.ingress() == null ? null : form.ingress().ingress(),
                                        form.egress() == null ? null : form.egress().egress(),
                                        form.serves())));
        List<Link> all = new ArrayList<>();
        for (LinkForm form : links) {
            List<List<InterfaceAddress>> pinned =
                    form.addresses() == null ? List.of(List.of(), List.of()) : form.addresses();
            all.add(
                    new Link(
                            all.size(),
                            known(byName, form.between().a()),
                            known(byName, form.between().b()),
                            form.direction(End.A),
                            form.direction(End.B),
                            form.mtu(),
                            pinned.getFirst(),
                            pinned.getLast(),
                            form.via() == null ? List.of() : form.via(),
                            form.watch() == null ? 0 : form.watch().toNanos()));
        }
        return new Topology(
                name,
                prefix,
                users,
                List.copyOf(byName.values()),
                all,
                fibers == null ? new LinkedHashMap<>() : fibers,
                routing.routing(),
                hosts,
                tunnels,
                loops);
    }

    private static Node known(Map<String, Node> nodes, String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalStateException("link to unchecked node " + name);
        }
        return node;
    }

    static TopologyForm of(Topology topology) {
        Map<String, NodeForm> nodes = new LinkedHashMap<>();
        for (Node node : topology.nodes()) {
            nodes.put(
                    node.name(),
                    new NodeForm(
                            node.label(),
                            node.location(),
                            node.addresses().isEmpty() ? null : node.addresses(),
                            IngressForm.of(node.ingress()),
                            EgressForm.of(node.egress()),
                            node.serves()));
        }
        return new TopologyForm(
                topology.name(),
                nodes,
                topology.links().stream().map(LinkForm::of).toList(),
                topology.fibers().isEmpty() ? null : topology.fibers(),
                RoutingForm.of(topology.routing()),
                topology.hosts(),
                topology.tunnels(),
                topology.loops(),
                topology.prefix(),
                topology.users());
    }
}
