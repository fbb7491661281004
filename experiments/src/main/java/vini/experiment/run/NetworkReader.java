package vini.experiment.run;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import vini.net.IpAddress;
import vini.net.Prefix;
import vini.net.Quantity;
import vini.overlay.json.InputException;
import vini.overlay.json.Problems;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Link;
import vini.overlay.topology.Location;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a report needs of a topology: by the model, or, where that refuses it, from the JSON
 * as far as it goes, since it may be from another version or cut off.
 */
final class NetworkReader {
    private static final String PREFIX = "10.77.0.0/16";

    private final List<String> problems;

    NetworkReader(List<String> problems) {
        this.problems = problems;
    }

    Network read(RunFolder folder, JsonNode topology) {
        if (!topology.has("nodes")) {
            return Network.NONE;
        }
        try {
            return network(TopologyFile.read(folder.file(RunFolder.TOPOLOGY), new Problems()));
        } catch (InputException | IllegalArgumentException e) {
            problems.add(RunFolder.TOPOLOGY + ": read in part, since it is no sound topology");
            return inPart(topology);
        }
    }

    private static Network network(Topology topology) {
        AddressPlan plan = AddressPlan.of(topology);
        List<Network.Node> nodes = new ArrayList<>();
        for (Node node : topology.nodes()) {
            Location at = node.location();
            nodes.add(
                    new Network.Node(
                            node.name(),
                            node.title(),
                            at == null ? null : new Network.Place(at.latitude(), at.longitude()),
                            plan.routerId(node)));
        }
        List<Network.Link> links = new ArrayList<>();
        for (Link link : topology.links()) {
            links.add(
                    new Network.Link(
                            link.a().name(), link.b().name(), link.forward().delayNanos() / 1e6));
        }
        return new Network(topology.name(), nodes, links, List.of());
    }

    private Network inPart(JsonNode topology) {
        List<Network.Node> nodes = new ArrayList<>();
        IpAddress base = base(topology.path("prefix").asString(PREFIX));
        topology.path("nodes")
                .properties()
                .forEach(e -> nodes.add(node(e.getKey(), e.getValue(), base, nodes.size() + 1)));
        List<Network.Link> links = new ArrayList<>();
        for (JsonNode link : topology.path("links")) {
            JsonNode between = link.path("between");
            String a = between.path(0).asString("");
            String b = between.path(1).asString("");
            if (known(nodes, a) && known(nodes, b)) {
                links.add(new Network.Link(a, b, delayMs(link.path("delay"))));
            } else {
                problems.add(RunFolder.TOPOLOGY + ": a link between unknown nodes; left out");
            }
        }
        return new Network(topology.path("name").asString(""), nodes, links, List.of());
    }

    /**
     * The plan gives the n-th node the n-th address of the prefix, unless the node names its own.
     */
    private Network.Node node(String name, JsonNode node, IpAddress base, int number) {
        JsonNode at = node.path("location");
        double latitude = at.path(0).asDouble(Double.NaN);
        double longitude = at.path(1).asDouble(Double.NaN);
        boolean placed = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360;
        return new Network.Node(
                name,
                node.path("label").asString(name),
                placed ? new Network.Place(latitude, longitude) : null,
                address(name, node.path("address"), base, number));
    }

    private @Nullable IpAddress address(String name, JsonNode given, IpAddress base, int number) {
        if (!given.isString()) {
            return base.plus(number);
        }
        try {
            return Prefix.parse(given.stringValue()).address();
        } catch (IllegalArgumentException e) {
            problems.add(RunFolder.TOPOLOGY + ": node \"" + name + "\": " + e.getMessage());
            return null;
        }
    }

    private double delayMs(JsonNode delay) {
        try {
            return delay.isString() ? Quantity.nanos(delay.stringValue()) / 1e6 : 0;
        } catch (IllegalArgumentException e) {
            problems.add(RunFolder.TOPOLOGY + ": delay: " + e.getMessage());
            return 0;
        }
    }

    private IpAddress base(String prefix) {
        try {
            return Prefix.parse(prefix).address();
        } catch (IllegalArgumentException e) {
            problems.add(RunFolder.TOPOLOGY + ": prefix: " + e.getMessage());
            return Prefix.parse(PREFIX).address();
        }
    }

    private static boolean known(List<Network.Node> nodes, String name) {
        return nodes.stream().anyMatch(node -> node.name().equals(name));
    }
}
