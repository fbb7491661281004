package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.json.InputException;
import vini.overlay.json.JsonFile;
import vini.overlay.json.Kind;
import vini.overlay.json.Kinds;
import vini.overlay.json.Place;
import vini.overlay.json.Problems;
import vini.overlay.json.Schemas;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Topology files: {@code docs/topology.md} describes them. */
public final class TopologyFile {
    private TopologyFile() {}

    /**
     * Reads a topology; notes, such as that not all nodes are connected, stay in {@code problems}.
     *
     * @throws InputException with all mistakes
     */
    public static Topology read(Path path, Problems problems) {
        Place root = JsonFile.read(path, path.toString(), problems);
        Topology topology = root == null ? null : bind(root);
        problems.throwIfAny();
        if (topology == null) {
            throw new IllegalStateException("no topology, and no mistake reported in " + path);
        }
        return topology;
    }

    /**
     * Reads the topology at a place of a file; null after its mistakes were reported. Afterwards
     * the place's scope knows the names of its nodes and links, as far as they could be read.
     */
    public static @Nullable Topology bind(Place place) {
        place.scope().open(LinkName.SORT);
        TopologyForm form = Kinds.struct(TopologyForm.class).read(place);
        PinCheck.check(place);
        if (form == null || !goodPrefix(place, form.prefix())) {
            return null;
        }
        Topology topology = form.topology();
        if (!fitLinks(place, topology) || !DoorPlan.check(place, topology)) {
            return null;
        }
        try {
            AddressPlan.of(topology).notes().forEach(place.at("nodes")::note);
        } catch (IllegalArgumentException e) {
            place.at("prefix").wrongPlain(String.valueOf(e.getMessage()));
            return null;
        }
        List<String> apart = unreachable(topology);
        if (!apart.isEmpty()) {
            place.at("links")
                    .note(
                            "no path from "
                                    + topology.nodes().getFirst().name()
                                    + " to "
                                    + String.join(", ", apart.subList(0, Math.min(5, apart.size())))
                                    + (apart.size() > 5 ? " and others" : ""));
        }
        return topology;
    }

    private static boolean goodPrefix(Place root, Prefix prefix) {
        Place place = root.at("prefix");
        if (!(prefix.address() instanceof Ipv4Address first)) {
            place.wrong(
                    prefix
                            + " is IPv6, and OSPF (version 2) needs IPv4; pin IPv6 addresses by"
                            + " \"address\"");
            return false;
        }
        boolean unicast =
                prefix.length() >= 4
                        && first.bits() >>> 24 != 0
                        && first.bits() >>> 24 != 127
                        && first.bits() >>> 28 < 0xe;
        if (!unicast || prefix.length() > 29) {
            place.wrong(prefix + " is not a unicast block of length 4-29, as in 10.77.0.0/16");
            return false;
        }
        return true;
    }

    /** Tells the first link of each node that is one too many for it. */
    private static boolean fitLinks(Place root, Topology topology) {
        int[] counts = new int[topology.nodes().size()];
        boolean fit = true;
        for (Link link : topology.links()) {
            for (Node node : List.of(link.a(), link.b())) {
                if (++counts[node.number()] == Node.LINKS_MAX + 1) {
                    fit = false;
                    root.at("links", link.number(), "between")
                            .wrong(
                                    "\"%s\" has %d links already, the most a node can have; join the rest by a second node"
                                            .formatted(node.name(), Node.LINKS_MAX));
                }
            }
        }
        return fit;
    }

    private static List<String> unreachable(Topology topology) {
        List<List<Node>> neighbours = new ArrayList<>();
        topology.nodes().forEach(node -> neighbours.add(new ArrayList<>()));
        for (Link link : topology.links()) {
            neighbours.get(link.a().number()).add(link.b());
            neighbours.get(link.b().number()).add(link.a());
        }
        Set<String> seen = new LinkedHashSet<>();
        Deque<Node> next = new ArrayDeque<>();
        next.add(topology.nodes().getFirst());
        while (!next.isEmpty()) {
            Node node = next.remove();
            if (seen.add(node.name())) {
                next.addAll(neighbours.get(node.number()));
            }
        }
        return topology.nodes().stream().map(Node::name).filter(n -> !seen.contains(n)).toList();
    }

    /** The topology with all defaults filled in; reading it again gives an equal one. */
    public static JsonNode json(Topology topology) {
        return Kinds.struct(TopologyForm.class).write(TopologyForm.of(topology));
    }

    /** {@link #json} as indented text. */
    public static String write(Topology topology) {
        return Schemas.pretty(json(topology));
    }

    /** The JSON Schema of topology files. */
    public static String schema() {
        return Schemas.of(Kinds.struct(TopologyForm.class), "Vini topology");
    }

    /** Topologies within other files: a schema for the object that {@link #bind} reads. */
    public static ObjectNode schema(Schemas schemas) {
        Kind<TopologyForm> kind = Kinds.struct(TopologyForm.class);
        return kind.schema(schemas);
    }
}
