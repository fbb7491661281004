package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.overlay.graph.Door;
import vini.overlay.graph.EgressDoor;
import vini.overlay.graph.IngressDoor;
import vini.overlay.graph.SocketEgressDoor;
import vini.overlay.host.Capabilities;
import vini.overlay.host.EgressDevice;
import vini.overlay.host.MachineException;
import vini.overlay.host.MachineRouting;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.host.Possibility;
import vini.overlay.topology.DoorPlan;
import vini.overlay.topology.Egress;
import vini.overlay.topology.Egress.Through;
import vini.overlay.topology.Ingress;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.Holdings;
import vini.vpn.user.UserBook;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The doors of a live slice as they are on this machine: ports and keys of ingresses, devices of
 * egresses. They outlive a forwarder and are given back by the keeper.
 */
final class SliceDoors implements AutoCloseable {
    /** What UDP over IPv6 and the protocol's header take of an underlay of 1500 bytes. */
    private static final int VPN_MTU = 1420;

    private static final int PORT_MAX = 65_535;

    private final DoorPlan plan;
    private final UserBook book;
    private final SliceOutside outside;
    private final Path state;
    private final int slot;
    private final Holdings held = new Holdings();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, EgressDevice> devices = new LinkedHashMap<>();
    private final Map<String, OtherSlice> others = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final boolean configuresHost;

    private SliceDoors(
            Topology topology,
            UserBook book,
            SliceOutside outside,
            boolean configuresHost,
            Path state,
            int slot) {
        this.state = state;
        this.configuresHost = configuresHost;
        this.plan = DoorPlan.of(topology);
        this.book = book;
        this.outside = outside;
        this.slot = slot;
    }

    /**
     * Makes what the doors of a topology need.
     *
     * @param state the slice's folder, in which the users of outside hosts are
     * @param number the slice's on this machine, taken if there is any door
     * @throws MachineException the machine does not allow an egress that is demanded
     */
    static SliceDoors create(
            Topology topology,
            Outsiders outsiders,
            SliceOutside outside,
            Path state,
            SliceNumber number)
            throws IOException {
        boolean any = !DoorPlan.of(topology).isEmpty();
        Path users = outsiders.hosts().isEmpty() ? outsiders.users() : state.resolve("users");
        SliceDoors doors =
                new SliceDoors(
                        topology,
                        new UserBook(users, new SecureRandom()),
                        outside,
                        outsiders.configuresHost(),
                        state,
                        any ? number.get() : 0);
        try {
            for (Node node : topology.nodes()) {
                doors.make(node);
            }
            return doors;
        } catch (Throwable e) {
            doors.held.closeAfter(e);
            throw e;
        }
    }

    private void make(Node node) throws IOException {
        Ingress ingress = node.ingress();
        if (ingress != null && ingress.backs() == null) {
            ports.put(node.name(), choosePort(node, ingress));
        }
        Egress egress = node.egress();
        Through through = egress == null ? null : egress.through();
        if (through != null) {
            String door = state.getFileName() + "/" + node.name();
            OtherSlice other =
                    OtherSlice.enter(state, through, door, slot, others.size(), sliceMtu());
            held.add(other::close);
            others.put(node.name(), other);
        }
        if (egress != null && egress.way() == Egress.Way.KERNEL) {
            Possibility possible = Capabilities.kernelHosts();
            if (!possible.possible()) {
                throw new MachineException(
                        "the egress at "
                                + node.name()
                                + " needs a device of the machine: "
                                + possible.sentence());
            }
            EgressDevice device =
                    EgressDevice.create(
                            namespace(node),
                            "vini" + slot + "e" + devices.size(),
                            plan.egressAddress(node, slot),
                            sliceMtu());
            held.add(device::close);
            devices.put(node.name(), device);
            if (namespace(node) == null) {
                routeOn(device.name(), plan.egressAddress(node, slot));
            }
        }
    }

    private void routeOn(String device, Ipv4Address address) throws IOException {
        if (configuresHost) {
            MachineRouting routing = MachineRouting.configure(device, address);
            held.add(routing::close);
        } else {
            notes.addAll(MachineRouting.obstacles(address));
        }
    }

    /** Whether packets leave by other slices. */
    boolean leadElsewhere() {
        return !others.isEmpty();
    }

    /** Says to the other slices again that packets of this one want to come in. */
    void renew() {
        others.values().forEach(OtherSlice::renew);
    }

    /** What the user of the machine should know: what stands in the way of packets. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** What the topology says, or what it was the last time, or the first that is free. */
    private int choosePort(Node node, Ingress ingress) throws IOException {
        Integer port = ingress.port() == null ? book.port(node.name()) : ingress.port();
        if (port == null) {
            port = Ingress.FIRST_PORT;
            while (ports.containsValue(port) || (namespace(node) == null && !isFree(port))) {
                if (++port > PORT_MAX) {
                    throw new MachineException(
                            "no UDP port is free for the users of " + node.name());
                }
            }
        }
        book.remember(node.name(), port);
        return port;
    }

    private static boolean isFree(int port) {
        try (DatagramSocket socket = new DatagramSocket(port)) {
            return socket.isBound();
        } catch (SocketException e) {
            return false;
        }
    }

    private @Nullable String namespace(Node node) {
        NetworkNamespace machine = outside.machineOf(node.name());
        return machine == null ? null : machine.path();
    }

    DoorPlan plan() {
        return plan;
    }

    UserBook book() {
        return book;
    }

    /** The UDP port at which the users of an ingress enter. */
    int port(Node home) {
        Integer port = ports.get(home.name());
        if (port == null) {
            throw new IllegalArgumentException(home.name() + " is no ingress with users");
        }
        return port;
    }

    /** The longest packet to a user. */
    int userMtu() {
        return Math.min(VPN_MTU, sliceMtu());
    }

    /** Of an egress' device, too: so the machine's stack tells senders outside what fits. */
    int sliceMtu() {
        return plan.mtuBytes();
    }

    /** The address that clients send to, as far as the machine knows it. */
    IpAddress endpoint(Node home) throws IOException {
        Ingress ingress = home.ingress();
        IpAddress pinned = ingress == null ? null : ingress.address();
        if (pinned != null) {
            return pinned;
        }
        return namespace(home) == null
                ? IpAddress.parse(wayOut().getHostAddress())
                : outside.address(home.name());
    }

    /**
     * The source of what this machine would send far away (nothing is sent); without a way there,
     * the address of its first device.
     */
    private static InetAddress wayOut() throws IOException {
        InetAddress far = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(far, 9));
            return socket.getLocalAddress();
        } catch (SocketException e) {
            return NetworkInterface.networkInterfaces()
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address)
                    .filter(address -> !address.isLoopbackAddress())
                    .findFirst()
                    .orElse(InetAddress.getLoopbackAddress());
        }
    }

    /** What the graph of a node gets for its doors. */
    List<Door> of(Node node) throws IOException {
        List<Door> doors = new ArrayList<>();
        if (node.ingress() != null) {
            Node home = plan.home(node);
            doors.add(
                    new IngressDoor(
                            port(home),
                            book.ingressKey(home.name()).toString(),
                            namespace(home),
                            userMtu(),
                            plan.users(node)));
        }
        Egress egress = node.egress();
        if (egress != null && egress.way() == Egress.Way.SOCKETS) {
            doors.add(
                    new SocketEgressDoor(
                            egress,
                            plan.insideWithMachine(),
                            namespace(node),
                            sliceMtu(),
                            machineAddresses(node)));
        } else if (egress != null) {
            EgressDevice device = devices.get(node.name());
            OtherSlice other = others.get(node.name());
            String name = device == null ? "" : device.name();
            int mtu = other == null ? sliceMtu() : other.mtuBytes();
            doors.add(
                    new EgressDoor(
                            egress,
                            other == null ? plan.egressAddress(node, slot) : other.address(),
                            plan.insideWithMachine(),
                            other == null
                                    ? EgressDoor.device(name, namespace(node), mtu)
                                    : other.element(),
                            mtu,
                            other == null ? machineAddresses(node) : List.of()));
        }
        return doors;
    }

    private List<IpAddress> machineAddresses(Node node) throws IOException {
        if (namespace(node) != null) {
            return List.of(outside.address(node.name()));
        }
        List<IpAddress> all = new ArrayList<>();
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .forEach(address -> all.add(IpAddress.parse(address.getHostAddress())));
        return all;
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
