package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.overlay.graph.HostPort;
import vini.overlay.host.Capabilities;
import vini.overlay.host.DeviceAddress;
import vini.overlay.host.KernelNamespace;
import vini.overlay.host.MachineException;
import vini.overlay.host.Possibility;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.HostsMode;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hosts of a live slice. Kernel hosts are namespaces without a name, which this object holds by
 * their descriptors: they outlive a forwarder and die with the keeper.
 */
public final class SliceHosts implements AutoCloseable {
    private static final int MTU_BYTES = 1500;

    private final AddressPlan plan;
    private final int mtuBytes;
    private final Map<Node, KernelNamespace> namespaces = new LinkedHashMap<>();
    private final boolean kernel;
    private final @Nullable String fallback;

    private SliceHosts(AddressPlan plan, int mtuBytes, boolean kernel, @Nullable String fallback) {
        this.plan = plan;
        this.mtuBytes = mtuBytes;
        this.kernel = kernel;
        this.fallback = fallback;
    }

    /**
     * Makes the hosts that the topology asks for; {@code auto} takes kernel hosts where the machine
     * allows them.
     *
     * @throws MachineException kernel hosts were demanded and are impossible
     */
    static SliceHosts create(Topology topology, AddressPlan plan) throws IOException {
        Possibility possible =
                topology.hosts() == HostsMode.BUILTIN
                        ? new Possibility(false, "builtin hosts were asked for")
                        : Capabilities.kernelHosts();
        if (topology.hosts() == HostsMode.KERNEL && !possible.possible()) {
            throw new MachineException("kernel hosts are not possible: " + possible.sentence());
        }
        boolean fellBack = topology.hosts() == HostsMode.AUTO && !possible.possible();
        int mtu = topology.links().stream().mapToInt(Link::mtu).min().orElse(MTU_BYTES);
        SliceHosts hosts =
                new SliceHosts(
                        plan, mtu, possible.possible(), fellBack ? possible.sentence() : null);
        try {
            if (possible.possible()) {
                for (Node node : topology.nodes()) {
                    List<DeviceAddress> addresses = new ArrayList<>();
                    plan.nodeAddresses(node).forEach(a -> addresses.add(DeviceAddress.host(a)));
                    hosts.namespaces.put(node, KernelNamespace.create(addresses, mtu));
                }
            }
            return hosts;
        } catch (IOException | RuntimeException e) {
            hosts.close();
            throw e;
        }
    }

    /** {@code kernel} or {@code builtin}. */
    public String kind() {
        return kernel ? "kernel" : "builtin";
    }

    /** Why hosts are builtin although kernel hosts would have been taken; null if they are not. */
    public @Nullable String fallback() {
        return fallback;
    }

    /** The namespace of a kernel host; null for builtin hosts. */
    public @Nullable KernelNamespace namespace(Node node) {
        return namespaces.get(node);
    }

    /** What the graph of a node gets for its host. */
    HostPort port(Node node) {
        KernelNamespace namespace = namespaces.get(node);
        return namespace == null
                ? new HostPort.Builtin(plan.routerId(node))
                : new HostPort.Kernel(namespace.path(), KernelNamespace.DEVICE, mtuBytes);
    }

    /** Writes a hosts file that knows all nodes, for programs that run in a host. */
    static void writeNames(Path file, Topology topology, AddressPlan plan) throws IOException {
        StringBuilder text = new StringBuilder("127.0.0.1 localhost\n::1 localhost\n");
        for (Node node : topology.nodes()) {
            for (IpAddress address : plan.nodeAddresses(node)) {
                text.append(address).append(' ').append(node.name()).append('\n');
            }
        }
        for (Link link : topology.links()) {
            name(text, plan, link, link.a());
            name(text, plan, link, link.b());
        }
        Files.writeString(file, text);
    }

    private static void name(StringBuilder text, AddressPlan plan, Link link, Node node) {
        IpAddress address = plan.linkEnd(link, link.end(node)).address();
        if (address instanceof Ipv4Address) {
            text.append(address).append(' ');
            text.append(node.name()).append('.').append(link.other(node).name()).append('\n');
        }
    }

    /** Closes all namespaces, also if one of them fails, and then says so. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (KernelNamespace namespace : namespaces.values()) {
            try {
                namespace.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        namespaces.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
