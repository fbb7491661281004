package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.graph.AttachedDoor;
import vini.overlay.graph.NodeGraph;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.DoorPlan;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.LinkBook.Write;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which devices of the machine, and which other slices, should be attached to a running slice, and
 * where: their addresses are counted down from the last but one of the users' block, while those of
 * users are counted up. It says which handlers bring a forwarder or a router that knows nothing of
 * it into that state.
 */
final class AttachBook {
    /** Each is a door of a node's graph, and a shell that waits for the keeper's end. */
    static final int ATTACHED_MAX = 64;

    /**
     * Another slice whose packets come in.
     *
     * @param here the end of the tunnel to it at this slice, {@code ADDRESS:PORT}
     * @param there the other end
     * @param mtuBytes of its packets
     */
    record Guest(String slice, String here, String there, int mtuBytes) {}

    /**
     * A device that is attached.
     *
     * @param number from 1, the lowest that no other device of the slice has
     * @param device its name; that of the other slice and its egress, {@code SLICE/NODE}
     * @param guest the other slice; null for a device of the machine
     */
    record Attached(
            int number, String device, Node node, Ipv4Address address, @Nullable Guest guest) {
        private AttachedDoor door(int mtuBytes) {
            if (guest == null) {
                String element = AttachedDoor.device(device, mtuBytes);
                String who = "the machine itself by its device " + device;
                return new AttachedDoor(number, who, element, address, mtuBytes);
            }
            int mtu = Math.min(mtuBytes, guest.mtuBytes);
            String element = "UdpTunnel(%s, %s, MTU %d)".formatted(guest.here, guest.there, mtu);
            return new AttachedDoor(number, "slice " + guest.slice, element, address, mtu);
        }

        private String host() {
            return Prefix.host(address).toString();
        }
    }

    private final Topology topology;
    private final DoorPlan plan;
    private final Predicate<Node> shut;
    private final Set<IpAddress> taken = new LinkedHashSet<>();
    private final Map<String, Attached> all = new LinkedHashMap<>();

    /** Texts that a forwarder on its way may not have read, by node. */
    private final Map<String, String> unread = new LinkedHashMap<>();

    /**
     * A book of no devices.
     *
     * @param shut whether the doors of a node are shut now
     */
    AttachBook(Topology topology, AddressPlan addresses, DoorPlan plan, Predicate<Node> shut) {
        this.topology = topology;
        this.plan = plan;
        this.shut = shut;
        for (Node node : topology.nodes()) {
            taken.addAll(addresses.nodeAddresses(node));
        }
        for (Link link : topology.links()) {
            for (End end : End.values()) {
                taken.add(addresses.linkEnd(link, end).address());
            }
        }
    }

    /**
     * Adds a device.
     *
     * @throws IllegalArgumentException with a sentence for the user: there is no room, or no
     *     address
     */
    Attached add(String device, Node node) {
        return add(device, node, null, null);
    }

    /**
     * Adds a device, or another slice.
     *
     * @param wish the address that it had; null: any
     * @throws IllegalArgumentException likewise, or the address is another's
     */
    Attached add(String device, Node node, @Nullable Guest guest, @Nullable Ipv4Address wish) {
        if (all.containsKey(device)) {
            throw new IllegalArgumentException("\"" + device + "\" is attached already");
        }
        if (all.size() >= ATTACHED_MAX) {
            throw new IllegalArgumentException(
                    "a slice has at most " + ATTACHED_MAX + " devices of the machine");
        }
        int number = 1;
        while (isUsed(number)) {
            number++;
        }
        Attached added = new Attached(number, device, node, freeAddress(wish), guest);
        all.put(device, added);
        return added;
    }

    private boolean isUsed(int number) {
        return all.values().stream().anyMatch(each -> each.number == number);
    }

    private Ipv4Address freeAddress(@Nullable Ipv4Address wish) {
        Prefix block = topology.users();
        Ipv4Address first = (Ipv4Address) block.address();
        for (long n = (1L << (32 - block.length())) - 2; n > 0; n--) {
            Ipv4Address address = first.plus(n);
            Prefix users = usersWith(address);
            if (users != null) {
                // None of these; they may be millions.
                long below = Integer.toUnsignedLong(((Ipv4Address) users.address()).bits());
                n = Math.min(n, below - Integer.toUnsignedLong(first.bits()));
            } else if ((wish == null || wish.equals(address))
                    && !taken.contains(address)
                    && all.values().stream().noneMatch(each -> each.address.equals(address))) {
                return address;
            }
        }
        throw new IllegalArgumentException(
                wish != null
                        ? wish + " is another's now"
                        : "no address of the users' block "
                                + block
                                + " is left for a device; give the topology larger \"users\"");
    }

    /** The block of an ingress's users that has an address; null if none has. */
    private @Nullable Prefix usersWith(Ipv4Address address) {
        for (Node node : topology.nodes()) {
            Prefix users = plan.users(node);
            if (users != null && users.contains(address)) {
                return users;
            }
        }
        return null;
    }

    /** Removes a device. */
    void remove(Attached attached) {
        all.remove(attached.device);
    }

    /** The device of that name; null if it is not attached. */
    @Nullable Attached get(String device) {
        return all.get(device);
    }

    /** All, in the order in which they came. */
    Collection<Attached> all() {
        return List.copyOf(all.values());
    }

    /** Those at a node, in the order of its doors. */
    List<Attached> at(Node node) {
        return all.values().stream().filter(each -> each.node.equals(node)).toList();
    }

    /** The doors of a node's devices, which follow those of its topology. */
    List<AttachedDoor> doors(Node node, int mtuBytes) {
        List<AttachedDoor> doors = new ArrayList<>();
        for (Attached each : at(node)) {
            doors.add(each.door(mtuBytes));
        }
        return doors;
    }

    /** The forwarder is away, or has not said that it is there: it may have read another text. */
    void mayBeUnread(Node node, String text) {
        unread.put(node.name(), text);
    }

    /** Another text takes the place of a node's graph. */
    static Write swap(Node node, String text) {
        return new Write(node.name() + ".hotconfig", text);
    }

    /**
     * The routes to a node's devices, by its doors as they are now; if these are shut, nothing
     * comes in by the devices, and there is a way to none.
     */
    List<Write> ways(Node node) {
        List<Write> writes = new ArrayList<>();
        int output = NodeGraph.FIRST_DOOR;
        output += node.ingress() == null ? 0 : 1;
        output += node.egress() == null ? 0 : 1;
        for (Attached each : at(node)) {
            writes.add(
                    shut.test(node)
                            ? filter(each, AttachedDoor.NOBODY)
                            : new Write(node.name() + "/fib.set", each.host() + " " + output++));
        }
        return writes;
    }

    /** The devices of a node whose doors were shut may be heard again. */
    List<Write> opened(Node node) {
        return at(node).stream()
                .map(each -> filter(each, AttachedDoor.only(each.address)))
                .toList();
    }

    private static Write filter(Attached each, String config) {
        String filter = AttachedDoor.source(each.number);
        return new Write(each.node.name() + "/" + filter + ".config", config);
    }

    /** No routes to a node's devices: its doors change their numbers, or have just been shut. */
    List<Write> noRoutes(Node node) {
        List<Write> writes = new ArrayList<>();
        for (Attached each : at(node)) {
            writes.add(new Write(node.name() + "/fib.reset", each.host()));
        }
        return writes;
    }

    /** What to write to a forwarder that has just been started. */
    List<Write> forwarderWrites() {
        List<Write> writes = new ArrayList<>();
        unread.forEach((node, text) -> writes.add(new Write(node + ".hotconfig", text)));
        unread.clear();
        for (Node node : topology.nodes()) {
            writes.addAll(ways(node));
        }
        return writes;
    }

    /** What to write to a router that has just been started. */
    List<Write> routerWrites() {
        List<Write> writes = new ArrayList<>();
        all.values().forEach(each -> writes.addAll(announcement(each)));
        return writes;
    }

    /** The slice learns the way to a device, unless its door is shut. */
    List<Write> announcement(Attached attached) {
        return shut.test(attached.node)
                ? List.of()
                : List.of(
                        new Write(
                                attached.node.name() + ".announce",
                                attached.host() + DoorBook.METRIC));
    }

    /** The slice forgets the way to a device. */
    static Write withdraw(Attached attached) {
        return new Write(attached.node.name() + ".withdraw", attached.host());
    }
}
