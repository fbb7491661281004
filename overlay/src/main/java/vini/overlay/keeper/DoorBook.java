package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;

import vini.net.Prefix;
import vini.overlay.graph.ChosenEgress;
import vini.overlay.graph.IngressDoor;
import vini.overlay.graph.NodeGraph;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.DoorPlan;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.LinkBook.Write;
import vini.overlay.world.NodeBook;
import vini.vpn.user.User;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How the doors of a running slice should be: who its users are, where they were heard last, where
 * what they send is to leave, and which nodes are shut. The users of an ingress enter at the first
 * of its nodes that is open: at itself, or else at one that backs it, and there the slice's routes
 * to them lead.
 */
final class DoorBook {
    /** Costs as much as a link of cost 1, so that the nearest of several egresses is taken. */
    static final String METRIC = " 1 type 1";

    private final Topology topology;
    private final AddressPlan addresses;
    private final DoorPlan plan;
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, String> endpoints = new LinkedHashMap<>();
    private final Predicate<Node> down;
    private final Set<String> shut = new LinkedHashSet<>();

    /** At which node the forwarder's route to the users of an ingress ends; at first at home. */
    private final Map<String, Node> routes = new LinkedHashMap<>();

    /** Which node the routers were told to announce the users of an ingress at. */
    private final Map<String, Node> announcers = new LinkedHashMap<>();

    /**
     * All doors are open.
     *
     * @param down whether a node has crashed, so that its doors are shut whatever else they are
     */
    DoorBook(Topology topology, AddressPlan addresses, DoorPlan plan, Predicate<Node> down) {
        this.topology = topology;
        this.down = down;
        this.addresses = addresses;
        this.plan = plan;
    }

    private List<Node> homes() {
        return topology.nodes().stream().filter(node -> plan.users(node) != null).toList();
    }

    private Node home(User user) {
        Node node = topology.node(user.ingress());
        if (node == null || plan.users(node) == null) {
            throw new IllegalArgumentException(
                    "the ingress of user \"" + user.name() + "\" is no more: " + user.ingress());
        }
        return node;
    }

    /** The node at which the users of an ingress enter now; null if all are shut. */
    @Nullable Node active(Node home) {
        for (Node node : plan.ingresses(home)) {
            if (!isShut(node)) {
                return node;
            }
        }
        return null;
    }

    boolean isShut(Node node) {
        return shut.contains(node.name()) || down.test(node);
    }

    /** A node's doors are shut or opened; true if they were not, and are now. */
    boolean shut(Node node, boolean shuts) {
        boolean before = isShut(node);
        boolean _ = shuts ? shut.add(node.name()) : shut.remove(node.name());
        return before != isShut(node);
    }

    /** Where users were heard last, by name, as {@code ADDRESS:PORT}. */
    void heard(String user, String endpoint) {
        if (users.containsKey(user)) {
            endpoints.put(user, endpoint);
        }
    }

    /** The users are these from now on; users of nodes that are no ingresses are left out. */
    List<Write> become(List<User> all) {
        List<Write> writes = new ArrayList<>();
        Map<String, User> next = new LinkedHashMap<>();
        for (User user : all) {
            Node home = topology.node(user.ingress());
            if (home != null && plan.users(home) != null) {
                next.put(user.name(), user);
            }
        }
        for (User old : List.copyOf(users.values())) {
            User now = next.get(old.name());
            if (now == null || !old.leavingAt(now.egress()).equals(now)) {
                each(home(old), "remove", old.name(), writes);
                choose(old, null, writes);
                users.remove(old.name());
                endpoints.remove(old.name());
            }
        }
        for (User user : next.values()) {
            User before = users.put(user.name(), user);
            if (before == null) {
                each(home(user), "add", line(user), writes);
            }
            choose(before == null ? user.leavingAt(null) : before, user.egress(), writes);
        }
        return writes;
    }

    private void each(Node home, String handler, String value, List<Write> writes) {
        for (Node node : plan.ingresses(home)) {
            writes.add(users(node, handler, value));
        }
    }

    /** What a user sends leaves at another egress, at that which routing says if it is null. */
    private void choose(User user, @Nullable String egress, List<Write> writes) {
        if (Objects.equals(user.egress(), egress)) {
            return;
        }
        for (Node node : plan.ingresses(home(user))) {
            String table = node.name() + "/" + ChosenEgress.TABLE;
            writes.add(
                    egress == null
                            ? new Write(table + ".remove", user.address() + "/32")
                            : new Write(table + ".set", user.address() + "/32 " + way(egress)));
        }
    }

    /** The way to an egress in the table of users who have chosen one. */
    private String way(String egress) {
        Node node = topology.node(egress);
        return node == null || node.egress() == null
                ? "- " + ChosenEgress.GONE
                : addresses.routerId(node) + " " + ChosenEgress.TUNNEL;
    }

    private static Write users(Node node, String handler, String value) {
        return new Write(node.name() + "/" + IngressDoor.ELEMENT + "." + handler, value);
    }

    private static String line(User user) {
        return user.name()
                + " "
                + user.publicKey()
                + " "
                + user.address()
                + "/32,"
                + DoorPlan.ipv6(user.address())
                + "/128";
    }

    /** What to write to a forwarder that has just been started. */
    List<Write> forwarderWrites() {
        List<Write> writes = new ArrayList<>();
        homes().forEach(home -> routes.put(home.name(), home));
        for (User user : users.values()) {
            each(home(user), "add", line(user), writes);
            choose(user.leavingAt(null), user.egress(), writes);
        }
        for (Node home : homes()) {
            writes.addAll(forwarderWrites(home));
        }
        return writes;
    }

    /** What to write for the doors of a node that has just been started: who its users are. */
    List<Write> forwarderWritesOfFresh(Node node) {
        List<Write> writes = new ArrayList<>();
        for (User user : users.values()) {
            if (plan.ingresses(home(user)).contains(node)) {
                each(home(user), "add", line(user), writes);
                choose(user.leavingAt(null), user.egress(), writes);
            }
        }
        return NodeBook.of(node, writes);
    }

    /** What to write to the forwarder so that the users of an ingress enter where they should. */
    List<Write> forwarderWrites(Node home) {
        List<Write> writes = new ArrayList<>();
        Node active = active(home);
        for (Node node : plan.ingresses(home)) {
            if (!node.equals(active)) {
                writes.add(users(node, "active", "false"));
            }
        }
        Node before = routes.getOrDefault(home.name(), home);
        if (active != null && !active.equals(before)) {
            routes.put(home.name(), active);
            for (Prefix half : IngressDoor.halves(block(home))) {
                writes.add(new Write(before.name() + "/fib.remove", half.toString()));
                writes.add(
                        new Write(active.name() + "/fib.set", half + " " + NodeGraph.FIRST_DOOR));
            }
        }
        if (active != null) {
            writes.add(users(active, "active", "true"));
            for (Map.Entry<String, String> heard : endpoints.entrySet()) {
                User user = users.get(heard.getKey());
                if (user != null && user.ingress().equals(home.name())) {
                    writes.add(users(active, "endpoint", heard.getKey() + " " + heard.getValue()));
                    writes.add(users(active, "handshake", heard.getKey()));
                }
            }
        }
        return writes;
    }

    private Prefix block(Node home) {
        Prefix block = plan.users(home);
        if (block == null) {
            throw new IllegalArgumentException(home.name() + " has no users of its own");
        }
        return block;
    }

    /** What to write to a router that has just been started: each node's announcements. */
    List<Write> routerWrites() {
        List<Write> writes = new ArrayList<>();
        for (Node home : homes()) {
            announce(home, writes);
        }
        for (Node node : topology.nodes()) {
            egress(node, writes);
        }
        return writes;
    }

    /** What to write to the router when a node's doors were shut or opened. */
    List<Write> routerWrites(Node node) {
        List<Write> writes = new ArrayList<>();
        if (node.ingress() != null) {
            Node home = plan.home(node);
            Node before = announcers.get(home.name());
            if (before != null && !before.equals(active(home))) {
                writes.add(new Write(before.name() + ".withdraw", block(home).toString()));
            }
            announce(home, writes);
        }
        if (node.egress() != null && isShut(node)) {
            node.egress()
                    .prefixes()
                    .forEach(p -> writes.add(new Write(node.name() + ".withdraw", p.toString())));
        }
        egress(node, writes);
        return writes;
    }

    private void announce(Node home, List<Write> writes) {
        Node active = active(home);
        announcers.remove(home.name());
        if (active != null) {
            announcers.put(home.name(), active);
            writes.add(new Write(active.name() + ".announce", block(home) + METRIC));
        }
    }

    private void egress(Node node, List<Write> writes) {
        if (node.egress() != null && !isShut(node)) {
            node.egress()
                    .prefixes()
                    .forEach(p -> writes.add(new Write(node.name() + ".announce", p + METRIC)));
        }
    }
}
