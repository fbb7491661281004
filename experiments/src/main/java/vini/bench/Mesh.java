package vini.bench;

import vini.net.Ipv4Address;
import vini.overlay.graph.HostPort;
import vini.overlay.graph.NodeGraph;
import vini.overlay.graph.Tunnels;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/**
 * Many nodes with builtin hosts in one forwarder process, with direct tunnels and without delays:
 * the graphs that the overlay writes, and the routes that OSPF would find.
 */
final class Mesh {
    private final Topology topology;
    private final AddressPlan plan;

    Mesh(Topology topology) {
        this.topology = topology;
        this.plan = AddressPlan.of(topology);
    }

    /** A line of all nodes, {@code n0}, {@code n1} and so on, and links by chance besides. */
    static Mesh of(int nodes, int links, RandomGenerator chance) {
        StringJoiner names = new StringJoiner(", ", "{ ", " }");
        Set<String> pairs = new LinkedHashSet<>();
        for (int i = 0; i < nodes; i++) {
            names.add("\"n" + i + "\": {}");
            if (i > 0) {
                pairs.add(pair(i - 1, i));
            }
        }
        while (pairs.size() < links) {
            int one = chance.nextInt(nodes);
            int other = chance.nextInt(nodes);
            if (one < other) {
                pairs.add(pair(one, other));
            }
        }
        return new Mesh(
                Chain.topology(
                        "{ \"name\": \"bench\", \"nodes\": "
                                + names
                                + ", \"links\": [ "
                                + String.join(", ", pairs)
                                + " ] }"));
    }

    private static String pair(int one, int other) {
        return "{\"between\": [\"n" + one + "\", \"n" + other + "\"]}";
    }

    Topology topology() {
        return topology;
    }

    Ipv4Address address(Node node) {
        return plan.routerId(node);
    }

    /** The Click text of each node. */
    Map<String, String> graphs() {
        Map<String, String> graphs = new LinkedHashMap<>();
        for (Node node : topology.nodes()) {
            HostPort host = new HostPort.Builtin(address(node));
            Tunnels tunnels = new Tunnels.Direct();
            graphs.put(node.name(), NodeGraph.text(topology, plan, node, host, tunnels, List.of()));
        }
        return graphs;
    }

    /** Gives each node a route to each other node and to each link, by the fewest links. */
    void route(ForwarderProcess forwarder) throws IOException {
        Map<Node, List<Link>> links = new LinkedHashMap<>();
        topology.nodes().forEach(node -> links.put(node, new ArrayList<>()));
        for (Link link : topology.links()) {
            Objects.requireNonNull(links.get(link.a())).add(link);
            Objects.requireNonNull(links.get(link.b())).add(link);
        }
        for (Node node : topology.nodes()) {
            Map<Node, Link> first = firstLinks(node, links);
            StringBuilder routes = new StringBuilder();
            first.forEach((to, link) -> add(routes, address(to) + "/32", node, link));
            for (Link link : topology.links()) {
                Link by = first.get(link.a());
                if (by != null && !link.has(node.name())) {
                    String prefix = plan.linkEnd(link, link.end(link.a())).address() + "/30";
                    add(routes, prefix, node, by);
                }
            }
            forwarder.write(node.name() + "/fib.ctrl", routes.toString());
        }
    }

    /** Leads the traffic of two nodes along the line between them, in both directions. */
    void routeAlongTheLine(ForwarderProcess forwarder, int nodes) throws IOException {
        List<Node> line = topology.nodes().subList(0, nodes);
        for (int i = 0; i < nodes; i++) {
            StringBuilder routes = new StringBuilder();
            if (i + 1 < nodes) {
                add(routes, address(line.getLast()) + "/32", line.get(i), link(i, i + 1));
            }
            if (i > 0) {
                add(routes, address(line.getFirst()) + "/32", line.get(i), link(i - 1, i));
            }
            forwarder.write(line.get(i).name() + "/fib.ctrl", routes.toString());
        }
    }

    private Link link(int one, int other) {
        return Objects.requireNonNull(topology.link("n" + one, "n" + other));
    }

    private void add(StringBuilder routes, String prefix, Node at, Link by) {
        Object gateway = plan.linkEnd(by, by.end(at).other()).address();
        routes.append("set ").append(prefix).append(' ').append(gateway).append(" 1\n");
    }

    /** By which link of a node the way to each other node begins. */
    private static Map<Node, Link> firstLinks(Node from, Map<Node, List<Link>> links) {
        Map<Node, Link> first = new LinkedHashMap<>();
        Deque<Node> next = new ArrayDeque<>(List.of(from));
        for (Node node = next.poll(); node != null; node = next.poll()) {
            for (Link link : links.getOrDefault(node, List.of())) {
                Node other = link.other(node);
                if (!other.equals(from) && !first.containsKey(other)) {
                    first.put(other, first.getOrDefault(node, link));
                    next.add(other);
                }
            }
        }
        return first;
    }
}
