package vini.overlay.keeper;

import vini.net.Ipv4Address;
import vini.overlay.graph.LoopPlan;
import vini.overlay.graph.RouterText;
import vini.overlay.host.StateFolder;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** What a slice's processes, and programs in its hosts, read in its state folder. */
final class SliceFiles {
    private SliceFiles() {}

    /** Writes the forwarder's loops, the routers' configuration and the topology. */
    static void write(StateFolder state, Topology topology, AddressPlan plan) throws IOException {
        Files.writeString(state.path().resolve("loops"), LoopPlan.of(topology).text());
        Files.writeString(state.path().resolve("router.conf"), RouterText.of(topology, plan));
        Files.writeString(state.path().resolve("topology.json"), TopologyFile.write(topology));
    }

    /** Writes which nodes a process does not start; no reader sees a part of it. */
    static void writeDown(Path folder, List<Node> down) throws IOException {
        Path next = folder.resolve("down.next");
        Files.write(next, down.stream().map(Node::name).toList());
        Files.move(
                next,
                folder.resolve("down"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
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
