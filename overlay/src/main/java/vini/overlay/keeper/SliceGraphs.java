package vini.overlay.keeper;

import vini.overlay.graph.Door;
import vini.overlay.graph.HostPort;
import vini.overlay.graph.NodeGraph;
import vini.overlay.graph.Tunnels;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Function;

/** The graphs of a slice's nodes as a forwarder reads them when it starts. */
final class SliceGraphs {
    /** Answers which doors a node has now. */
    interface Doors {
        List<Door> of(Node node) throws IOException;
    }

    private final Path folder;
    private final Topology topology;
    private final AddressPlan plan;
    private final Function<Node, HostPort> hosts;
    private final Tunnels tunnels;
    private final Doors doors;

    SliceGraphs(
            Path folder,
            Topology topology,
            AddressPlan plan,
            Function<Node, HostPort> hosts,
            Tunnels tunnels,
            Doors doors) {
        this.folder = folder;
        this.topology = topology;
        this.plan = plan;
        this.hosts = hosts;
        this.tunnels = tunnels;
        this.doors = doors;
    }

    /** Writes the graph of each node. */
    void write() throws IOException {
        Files.createDirectories(folder);
        for (Node node : topology.nodes()) {
            String _ = write(node);
        }
    }

    /** Writes the graph of a node as it is now, and returns it; no reader sees a part of it. */
    String write(Node node) throws IOException {
        String text =
                NodeGraph.text(topology, plan, node, hosts.apply(node), tunnels, doors.of(node));
        Path next = folder.resolve(node.name() + ".next");
        Files.writeString(next, text);
        Files.move(
                next,
                folder.resolve(node.name() + ".click"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return text;
    }
}
