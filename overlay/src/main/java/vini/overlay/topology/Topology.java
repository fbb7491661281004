package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.net.Prefix;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A virtual network as a researcher describes it: sound, complete and immutable.
 *
 * @param fibers links that ride the same physical way, by its name: they fail together
 * @param users the block of addresses for users
 * @param loops how many threads of a live forwarder move its packets; at least 1
 */
public record Topology(
        String name,
        Prefix prefix,
        Prefix users,
        List<Node> nodes,
        List<Link> links,
        Map<String, List<LinkName>> fibers,
        Routing routing,
        HostsMode hosts,
        TunnelsMode tunnels,
        int loops) {
    public Topology {
        nodes = NodeList.of(nodes);
        links = LinkList.of(links);
        fibers = Collections.unmodifiableMap(new LinkedHashMap<>(fibers));
    }

    /** The node of that name, or null. */
    public @Nullable Node node(String name) {
        return ((NodeList) nodes).named(name);
    }

    /** The link between those two in either order, or null. */
    public @Nullable Link link(String one, String other) {
        return ((LinkList) links).between(one, other);
    }

    /**
     * The link of that name, in either order.
     *
     * @throws IllegalArgumentException there is none
     */
    public Link require(LinkName name) {
        Link link = link(name.from(), name.to());
        if (link == null) {
            throw new IllegalArgumentException("no link " + name);
        }
        return link;
    }

    /** The links of a node, in order of appearance. */
    public List<Link> linksOf(Node node) {
        return ((LinkList) links).at(node.name());
    }

    public Topology withHosts(HostsMode mode) {
        return new Topology(
                name, prefix, users, nodes, links, fibers, routing, mode, tunnels, loops);
    }

    public Topology withTunnels(TunnelsMode mode) {
        return new Topology(name, prefix, users, nodes, links, fibers, routing, hosts, mode, loops);
    }

    public Topology withName(String other) {
        return new Topology(
                other, prefix, users, nodes, links, fibers, routing, hosts, tunnels, loops);
    }

    public Topology withRouting(Routing other) {
        return new Topology(
                name, prefix, users, nodes, links, fibers, other, hosts, tunnels, loops);
    }

    public Topology withLoops(int number) {
        return new Topology(
                name, prefix, users, nodes, links, fibers, routing, hosts, tunnels, number);
    }
}
