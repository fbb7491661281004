package vini.bench;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.overlay.graph.HostPort;
import vini.overlay.graph.NodeGraph;
import vini.overlay.graph.Tunnels;
import vini.overlay.host.KernelNamespace;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.json.JsonFile;
import vini.overlay.json.Place;
import vini.overlay.json.Problems;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.overlay.world.Holdings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A slice of three nodes in a row on the {@link Testbed}: a forwarder process on each machine, UDP
 * tunnels over the wires, kernel hosts at both ends. The nodes' graphs are those that the overlay
 * writes; routes, which no router process brings here, are written to their tables.
 */
final class Chain implements AutoCloseable {
    /** How packets pass the kernel. */
    enum Units {
        /** As Vini does it by itself: many at a time. */
        OFFLOAD,
        /** One by one, as IIAS did: what was to be beaten. */
        PACKETS
    }

    static final String TOPOLOGY =
            """
            { "name": "bench",
              "nodes": { "src": {}, "fwd": {}, "snk": {} },
              "links": [
                { "between": ["src", "fwd"], "mtu": %d },
                { "between": ["fwd", "snk"], "mtu": %d } ] }
            """;

    private final Topology topology;
    private final AddressPlan plan;
    private final List<KernelNamespace> hosts = new ArrayList<>();
    private final List<ForwarderProcess> forwarders = new ArrayList<>();

    private Chain(Topology topology) {
        this.topology = topology;
        this.plan = AddressPlan.of(topology);
    }

    /** Reads a topology that stands in this program. */
    static Topology topology(String json) {
        Problems problems = new Problems();
        JsonFile file = new JsonFile("the benchmark's topology", Path.of("/"), problems);
        Place root = file.parse(json.getBytes(StandardCharsets.UTF_8));
        Topology topology = root == null ? null : TopologyFile.bind(root);
        problems.throwIfAny();
        if (topology == null) {
            throw new IllegalStateException("no topology, and no mistake reported");
        }
        return topology;
    }

    /**
     * Starts it; it forwards when this returns.
     *
     * @param port of the tunnels at all ends; a second chain on the testbed needs another
     */
    static Chain start(Testbed bed, Units units, int port)
            throws IOException, InterruptedException {
        Chain chain =
                new Chain(topology(TOPOLOGY.formatted(Testbed.TUNNEL_MTU, Testbed.TUNNEL_MTU)));
        try {
            chain.forward(bed, units, port);
            return chain;
        } catch (Throwable e) {
            chain.close();
            throw e;
        }
    }

    /** Starts the node in the middle alone. */
    static Chain startMiddle(Testbed bed, Units units, int port)
            throws IOException, InterruptedException {
        Chain chain =
                new Chain(topology(TOPOLOGY.formatted(Testbed.TUNNEL_MTU, Testbed.TUNNEL_MTU)));
        try {
            Node fwd = chain.topology.nodes().get(1);
            HostPort none = new HostPort.Builtin(chain.plan.routerId(fwd));
            chain.start(fwd, bed.fwd(), none, units, port);
            chain.await();
            return chain;
        } catch (Throwable e) {
            chain.close();
            throw e;
        }
    }

    private void forward(Testbed bed, Units units, int port)
            throws IOException, InterruptedException {
        List<NetworkNamespace> machines = List.of(bed.src(), bed.fwd(), bed.snk());
        for (Node node : topology.nodes()) {
            List<IpAddress> addresses = plan.nodeAddresses(node);
            KernelNamespace host = KernelNamespace.create(addresses, Testbed.TUNNEL_MTU);
            hosts.add(host);
            HostPort kernel =
                    new HostPort.Kernel(host.path(), KernelNamespace.DEVICE, Testbed.TUNNEL_MTU);
            start(node, machines.get(node.number()), kernel, units, port);
        }
        await();
    }

    private void start(Node node, NetworkNamespace machine, HostPort host, Units units, int port)
            throws IOException {
        Map<String, String> graph = new LinkedHashMap<>();
        Tunnels tunnels = (link, end) -> tunnel(link, end, units, port);
        String text = NodeGraph.text(topology, plan, node, host, tunnels, List.of());
        graph.put(
                node.name(),
                units == Units.OFFLOAD
                        ? text
                        : text.replace(":: Host(", ":: Host(OFFLOAD false, "));
        forwarders.add(ForwarderProcess.start(node.name() + "-" + port, machine, graph));
    }

    private static String tunnel(Link link, End end, Units units, int port) {
        String a = link.number() == 0 ? Testbed.SRC : Testbed.FWD_SNK;
        String b = link.number() == 0 ? Testbed.FWD_SRC : Testbed.SNK;
        return "UdpTunnel("
                + (end == End.A ? a : b)
                + ":"
                + port
                + ", "
                + (end == End.A ? b : a)
                + ":"
                + port
                + ", MTU "
                + link.mtu()
                + (units == Units.OFFLOAD ? ", PARTIAL true" : ", OFFLOAD false")
                + ")";
    }

    private void await() throws IOException, InterruptedException {
        for (ForwarderProcess forwarder : forwarders) {
            forwarder.await();
            String name = forwarder.node();
            for (Node to : topology.nodes()) {
                Link first = towards(name, to.name());
                if (first != null) {
                    forwarder.write(name + "/fib.add", route(name, first, to));
                }
            }
        }
    }

    /** The link by which a node reaches another; null for itself. */
    private @Nullable Link towards(String from, String to) {
        List<Link> links = topology.links();
        return switch (from + " " + to) {
            case "src fwd", "src snk", "fwd src" -> links.getFirst();
            case "fwd snk", "snk fwd", "snk src" -> links.getLast();
            default -> null;
        };
    }

    private String route(String from, Link link, Node to) {
        End there = link.node(End.A).name().equals(from) ? End.B : End.A;
        return plan.routerId(to) + "/32 " + plan.linkEnd(link, there).address() + " 1";
    }

    /** The address of a node and of its host: 0 Src, 1 Fwdr, 2 Sink. */
    String address(int node) {
        return plan.routerId(topology.nodes().get(node)).toString();
    }

    /** The namespace of a node's host. */
    NetworkNamespace host(int node) {
        return hosts.get(node).namespace();
    }

    List<ForwarderProcess> forwarders() {
        return List.copyOf(forwarders);
    }

    /** Its processes, for {@link Processor}. */
    List<Processor.Of> processes() {
        return forwarders.stream().map(f -> new Processor.Of(f.node(), f.pid())).toList();
    }

    /** What its forwarders have dropped, by element and reason, with the node in front. */
    List<String> drops() throws IOException {
        List<String> drops = new ArrayList<>();
        for (ForwarderProcess forwarder : forwarders) {
            drops.addAll(forwarder.drops());
        }
        return drops;
    }

    @Override
    public void close() throws IOException {
        try (Holdings held = new Holdings()) {
            hosts.forEach(host -> held.add(host::close));
            forwarders.forEach(forwarder -> held.add(forwarder::close));
        }
    }
}
