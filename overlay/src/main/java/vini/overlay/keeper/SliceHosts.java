package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;

import vini.net.EtherAddress;
import vini.net.IpAddress;
import vini.net.Ipv4Address;
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
import vini.overlay.world.Holdings;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The hosts of a live slice. Kernel hosts are namespaces without a name, which this object holds by
 * their descriptors: they outlive a forwarder and die with the keeper.
 */
public final class SliceHosts implements AutoCloseable {
    private static final int MTU_BYTES = 1500;

    /**
     * The Ethernet address of node 0, as a gateway; counted from 1, so none has it. The second bit
     * says that it is locally administered; then comes VIN.
     */
    private static final long GATEWAY_ETHER = 0x0256_494e_0000L;

    private final AddressPlan plan;
    private final int mtuBytes;
    private final Holdings held = new Holdings();
    private final Map<Node, KernelNamespace> namespaces = new LinkedHashMap<>();
    private final HostsMode mode;
    private final @Nullable String fallback;

    private SliceHosts(AddressPlan plan, int mtuBytes, HostsMode mode, @Nullable String fallback) {
        this.plan = plan;
        this.mtuBytes = mtuBytes;
        this.mode = mode;
        this.fallback = fallback;
    }

    /**
     * Makes the hosts that the topology asks for; {@code auto} takes kernel hosts where the machine
     * allows them.
     *
     * @throws MachineException kernel hosts were demanded and are impossible
     */
    static SliceHosts create(Topology topology, AddressPlan plan) throws IOException {
        HostsMode asked = topology.hosts();
        Possibility possible =
                asked == HostsMode.BUILTIN
                        ? new Possibility(false, "builtin hosts were asked for")
                        : Capabilities.kernelHosts();
        if ((asked == HostsMode.KERNEL || asked == HostsMode.TAP) && !possible.possible()) {
            throw new MachineException("kernel hosts are not possible: " + possible.sentence());
        }
        boolean fellBack = asked == HostsMode.AUTO && !possible.possible();
        HostsMode mode =
                !possible.possible()
                        ? HostsMode.BUILTIN
                        : asked == HostsMode.AUTO ? HostsMode.KERNEL : asked;
        int mtu = topology.links().stream().mapToInt(Link::mtu).min().orElse(MTU_BYTES);
        SliceHosts hosts = new SliceHosts(plan, mtu, mode, fellBack ? possible.sentence() : null);
        try {
            if (mode != HostsMode.BUILTIN) {
                for (Node node : topology.nodes()) {
                    List<IpAddress> addresses = plan.nodeAddresses(node);
                    hosts.put(
                            node,
                            mode == HostsMode.TAP
                                    ? KernelNamespace.createEthernet(addresses, mtu)
                                    : KernelNamespace.create(addresses, mtu));
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

    /** {@code kernel}, {@code tap} or {@code builtin}. */
    public String kind() {
        return mode.name().toLowerCase(Locale.ROOT);
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
        Ipv4Address address = plan.routerId(node);
        if (namespace == null) {
            return new HostPort.Builtin(address);
        }
        return mode == HostsMode.TAP
                ? new HostPort.Tap(
                        namespace.path(),
                        KernelNamespace.DEVICE,
                        mtuBytes,
                        address,
                        KernelNamespace.GATEWAY,
                        new EtherAddress(GATEWAY_ETHER + node.number() + 1))
                : new HostPort.Kernel(namespace.path(), KernelNamespace.DEVICE, mtuBytes);
    }

    /** Closes all namespaces, also if one of them fails, and then says so. */
    @Override
    public void close() throws IOException {
        namespaces.clear();
        held.close();
    }
}
