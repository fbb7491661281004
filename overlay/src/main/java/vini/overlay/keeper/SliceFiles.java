package vini.overlay.keeper;

import vini.net.Ipv4Address;
import vini.overlay.graph.Door;
import vini.overlay.graph.HostPort;
import vini.overlay.graph.LoopPlan;
import vini.overlay.graph.NodeGraph;
import vini.overlay.graph.RouterText;
import vini.overlay.graph.Tunnels;
import vini.overlay.host.StateFolder;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a slice's processes, and programs in its hosts, read in its state folder. */
final class SliceFiles {
    private SliceFiles() {}

    /** Answers which doors a node has. */
    interface Doors {
        List<Door> of(Node node) throws IOException;
    }

    /** Writes the graph of each node, the routers' configuration and the topology. */
    static void write(
            StateFolder state,
            Topology topology,
            AddressPlan plan,
            Function<Node, HostPort> hosts,
            Tunnels tunnels,
            Doors doors)
            throws IOException {
        Path graphs = Files.createDirectories(state.path().resolve("graphs"));
        for (Node node : topology.nodes()) {
            Files.writeString(
                    graphs.resolve(node.name() + ".click"),
                    NodeGraph.text(
                            topology, plan, node, hosts.apply(node), tunnels, doors.of(node)));
        }
        Files.writeString(state.path().resolve("loops"), LoopPlan.of(topology).text());
        Files.writeString(state.path().resolve("router.conf"), RouterText.of(topology, plan));
        Files.writeString(state.path().resolve("topology.json"), TopologyFile.write(topology));
    }

    /** Writes the file of names, with those of outside hosts and their addresses. */
    static void writeNames(
            StateFolder state,
            Topology topology,
            AddressPlan plan,
            Map<String, Ipv4Address> outside)
            throws IOException {
        Files.writeString(names(state), NamesText.of(topology, plan, outside));
    }

    /** The file of names for programs in hosts. */
    static Path names(StateFolder state) {
        return state.path().resolve("hosts");
    }
}
