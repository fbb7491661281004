package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.host.Rtnetlink;
import vini.overlay.world.Holdings;
import vini.overlay.world.OutsideHost;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outside of a live slice, as far as it is made for it. The doors of a node with hosts behind
 * them are in a network namespace of their own, which stands for the machine at that place; each
 * host is a namespace with a wire to it. Two such machines are joined by nothing but the slice.
 */
final class SliceOutside implements AutoCloseable {
    /** A host's device. */
    static final String DEVICE = "out0";

    /** TEST-NET-2 (RFC 5737): machines have .1, .2, ..., hosts .128, .129, ... */
    private static final Ipv4Address BLOCK = new Ipv4Address(0xc633_6400);

    private static final int FIRST_HOST = 128;
    private static final Prefix EVERYWHERE = Prefix.parse("0.0.0.0/0");

    /** A host and where it is. */
    record Place(OutsideHost host, NetworkNamespace namespace, Ipv4Address address) {}

    private final Holdings held = new Holdings();
    private final Map<String, NetworkNamespace> machines = new LinkedHashMap<>();
    private final Map<String, Ipv4Address> addresses = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    private SliceOutside() {}

    /** Makes the hosts and the machines whose doors they are at; with no hosts, nothing. */
    static SliceOutside create(List<OutsideHost> hosts) throws IOException {
        SliceOutside outside = new SliceOutside();
        try {
            for (OutsideHost host : hosts) {
                outside.place(host);
            }
            return outside;
        } catch (Throwable e) {
            outside.held.closeAfter(e);
            throw e;
        }
    }

    private NetworkNamespace hold(NetworkNamespace namespace) throws IOException {
        held.add(namespace::close);
        namespace.sysctl("ipv6/conf/all/disable_ipv6", "1");
        namespace.sysctl("ipv6/conf/default/disable_ipv6", "1");
        try (Rtnetlink links = Rtnetlink.open(namespace.path())) {
            links.up(links.index("lo"));
        }
        return namespace;
    }

    private NetworkNamespace machine(String node) throws IOException {
        NetworkNamespace machine = machines.get(node);
        if (machine == null) {
            machine = hold(NetworkNamespace.create());
            machine.sysctl("ipv4/ip_forward", "1");
            machines.put(node, machine);
            addresses.put(node, BLOCK.plus(machines.size()));
        }
        return machine;
    }

    private void place(OutsideHost host) throws IOException {
        NetworkNamespace machine = machine(host.behind());
        Ipv4Address gateway = address(host.behind());
        NetworkNamespace namespace = hold(NetworkNamespace.create());
        Ipv4Address address =
                host.address() == null ? BLOCK.plus(FIRST_HOST + places.size()) : host.address();
        String wire = "host" + places.size();
        try (Rtnetlink here = Rtnetlink.open(machine.path());
                Rtnetlink there = Rtnetlink.open(namespace.path())) {
            here.addWire(wire, namespace, DEVICE);
            int end = here.index(wire);
            here.addAddress(end, gateway, gateway.bitLength(), null);
            here.up(end);
            int device = there.index(DEVICE);
            there.addAddress(device, address, address.bitLength(), null);
            there.up(device);
            here.addRoute(Prefix.host(address), end, null, gateway);
            there.addRoute(Prefix.host(gateway), device, null, address);
            if (!host.vpn()) {
                there.addRoute(EVERYWHERE, device, gateway, address);
            }
        }
        places.put(host.name(), new Place(host, namespace, address));
    }

    /** The namespace that a node's doors are in; null: that of the machine itself. */
    @Nullable NetworkNamespace machineOf(String node) {
        return machines.get(node);
    }

    /** The address by which hosts reach the machine of a node that has hosts behind it. */
    Ipv4Address address(String node) {
        Ipv4Address address = addresses.get(node);
        if (address == null) {
            throw new IllegalArgumentException("there are no hosts behind " + node);
        }
        return address;
    }

    /** The hosts in the order of the file. */
    List<Place> places() {
        return List.copyOf(places.values());
    }

    @Nullable Place place(String host) {
        return places.get(host);
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
