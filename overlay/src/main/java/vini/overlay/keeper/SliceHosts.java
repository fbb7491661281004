package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;

import vini.overlay.graph.HostPort;
import vini.overlay.host.Capabilities;
import vini.overlay.host.KernelNamespace;
import vini.overlay.host.MachineException;
import vini.overlay.host.Possibility;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.HostsMode;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hosts of a live slice. Kernel hosts are namespaces without a name, which this object holds by
 * their descriptors: they outlive a forwarder and die with the keeper.
 */
public final class SliceHosts implements AutoCloseable {
    private static final int MTU_BYTES = 1500;

    private final AddressPlan plan;
    private final int mtuBytes;
    private final Holdings held = new Holdings();
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
                    hosts.put(node, KernelNamespace.create(plan.nodeAddresses(node), mtu));
                }
            }
            return hosts;
        } catch (Throwable e) {
            hosts.held.closeAfter(e);
            throw e;
        }
    }

    private void put(Node node, KernelNamespace namespace) {
        held.add(namespace::close);
        namespaces.put(node, namespace);
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

    /** Closes all namespaces, also if one of them fails, and then says so. */
    @Override
    public void close() throws IOException {
        namespaces.clear();
        held.close();
    }
}
