package vini.routing.sim;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.routing.NextHop;
import vini.routing.Rib;
import vini.routing.ospf.DropReason;
import vini.routing.ospf.NeighborMachine;
import vini.routing.ospf.OspfConfig;
import vini.routing.ospf.OspfInterface;
import vini.routing.ospf.OspfProcess;
import vini.routing.ospf.OspfRouter;
import vini.routing.ospf.wire.LsaHeader;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Routers joined by simulated wires. Node n has the address 10.77.0.n+1, link n the subnet
 * 10.77.128.4n/30. Each change of anything becomes a line of the transcript.
 */
public final class SimulatedNetwork {
    public static final long SECOND = 1_000_000_000L;
    public static final long MILLISECOND = 1_000_000L;

    /** One link: between which nodes, at which cost, how long in one direction. */
    public record Link(String left, String right, int cost, long delayNanos) {}

    /** One node of the network while it runs. */
    public static final class Node {
        final String name;
        final Ipv4Address address;
        final List<OspfInterface> interfaces = new ArrayList<>();
        final List<String> peers = new ArrayList<>();
        final SimulatedWire.SimulatedPort port = new SimulatedWire.SimulatedPort();
        final SimulatedFib fib;
        Rib rib;
        MortalClock life;

        Node(String name, Ipv4Address address, VirtualClock clock, SimulatedFib.Watcher watcher) {
            this.name = name;
            this.address = address;
            this.fib = new SimulatedFib(watcher);
            this.rib = new Rib(fib, clock);
            this.life = new MortalClock(clock);
        }

        public SimulatedFib fib() {
            return fib;
        }

        public Rib rib() {
            return rib;
        }

        public Ipv4Address address() {
            return address;
        }
    }

    private final VirtualClock clock = new VirtualClock();
    private final OspfProcess process = new OspfProcess(0);
    private final Seed seed;
    private final long helloNanos;
    private final long deadNanos;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, OspfRouter> routers = new LinkedHashMap<>();
    private final Map<String, SimulatedWire> wires = new LinkedHashMap<>();
    private final List<String> transcript = new ArrayList<>();
    private long lastFibChange;

    public SimulatedNetwork(long seed, long helloNanos, long deadNanos, List<Link> links) {
        this.seed = new Seed(seed);
        this.helloNanos = helloNanos;
        this.deadNanos = deadNanos;
        for (Link link : links) {
            node(link.left());
            node(link.right());
        }
        for (Link link : links) {
            connect(link);
        }
        nodes.values().forEach(this::addRouter);
    }

    private Node node(String name) {
        Node known = nodes.get(name);
        if (known != null) {
            return known;
        }
        Ipv4Address address = Ipv4Address.parse("10.77.0.0").plus(nodes.size() + 1);
        Node node =
                new Node(
                        name,
                        address,
                        clock,
                        transaction -> {
                            lastFibChange = clock.nowNanos();
                            transaction.forEach(change -> tell(name, change.toString()));
                        });
        nodes.put(name, node);
        return node;
    }

    private void connect(Link link) {
        Ipv4Address subnet = Ipv4Address.parse("10.77.128.0").plus(4L * wires.size());
        Node left = node(link.left());
        Node right = node(link.right());
        SimulatedWire.End leftEnd = end(left, right, subnet.plus(1), subnet.plus(2), link.cost());
        SimulatedWire.End rightEnd = end(right, left, subnet.plus(2), subnet.plus(1), link.cost());
        String name = link.left() + "-" + link.right();
        wires.put(
                name,
                new SimulatedWire(
                        clock,
                        seed.generator("wire " + name),
                        leftEnd,
                        rightEnd,
                        link.delayNanos()));
    }

    private static SimulatedWire.End end(
            Node node, Node peer, Ipv4Address local, Ipv4Address other, int cost) {
        int number = node.interfaces.size();
        node.interfaces.add(
                new OspfInterface(number, "to-" + peer.name, local, 30, other, cost, 1500));
        node.peers.add(peer.name);
        return new SimulatedWire.End(node.port, number);
    }

    private void addRouter(Node node) {
        OspfConfig config =
                new OspfConfig(
                        node.address,
                        List.of(Prefix.host(node.address)),
                        node.interfaces,
                        helloNanos,
                        deadNanos);
        routers.put(
                node.name,
                new OspfRouter(
                        config,
                        process,
                        node.life,
                        seed.generator("ospf " + node.name),
                        node.port,
                        node.rib,
                        event -> tell(node.name, event.toString())));
    }

    private void tell(String node, String what) {
        transcript.add(clock.nowNanos() + " " + node + " " + what);
    }

    public VirtualClock clock() {
        return clock;
    }

    public List<String> transcript() {
        return transcript;
    }

    public OspfRouter router(String name) {
        return require(routers, name);
    }

    public Node at(String name) {
        return require(nodes, name);
    }

    public SimulatedWire wire(String name) {
        return require(wires, name);
    }

    public Iterable<SimulatedWire> wires() {
        return wires.values();
    }

    private static <T> T require(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is none of " + map.keySet());
        }
        return value;
    }

    public void start() {
        routers.values().forEach(OspfRouter::start);
    }

    /** The router process of the node dies without a word and a new one takes its place. */
    public void replaceRouter(String name) {
        Node node = at(name);
        node.life.die();
        node.life = new MortalClock(clock);
        node.rib = new Rib(node.fib, clock);
        addRouter(node);
        router(name).start();
    }

    /** When a FIB changed last. */
    public long lastFibChange() {
        return lastFibChange;
    }

    /** The nodes on the way, as the FIBs have it now; ends with {@code lost} or {@code loop}. */
    public List<String> walk(String from, String to) {
        Prefix destination = Prefix.host(at(to).address);
        List<String> path = new ArrayList<>(List.of(from));
        String here = from;
        while (!here.equals(to)) {
            List<NextHop> nextHops = at(here).fib.routes().get(destination);
            if (nextHops == null) {
                path.add("lost");
                return path;
            }
            here = at(here).peers.get(nextHops.getFirst().link());
            path.add(here);
            if (path.size() > nodes.size()) {
                path.add("loop");
                return path;
            }
        }
        return path;
    }

    /** Whether packets would arrive: the FIBs lead there, by wires that carry. */
    public boolean reaches(String from, String to, List<String> deadWires) {
        List<String> path = walk(from, to);
        if (!path.getLast().equals(to)) {
            return false;
        }
        for (int i = 0; i + 1 < path.size(); i++) {
            if (deadWires.contains(path.get(i) + "-" + path.get(i + 1))
                    || deadWires.contains(path.get(i + 1) + "-" + path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether every node has a route to every other node's address. */
    public boolean isComplete() {
        for (Node node : nodes.values()) {
            for (Node other : nodes.values()) {
                if (node != other && !node.fib.routes().containsKey(Prefix.host(other.address))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether every neighbour anywhere is full. */
    public boolean isFull() {
        for (Node node : nodes.values()) {
            OspfRouter router = router(node.name);
            if (router.neighbors().size() != node.interfaces.size()
                    || router.neighbors().stream()
                            .anyMatch(n -> n.state() != NeighborMachine.State.FULL)) {
                return false;
            }
        }
        return true;
    }

    /** Runs until it holds, at most until {@code limit}; returns when that was. */
    public long runUntil(java.util.function.BooleanSupplier condition, long limit) {
        while (!condition.getAsBoolean()) {
            if (clock.nextDeadline() > limit) {
                throw new AssertionError("not within " + limit + " ns");
            }
            clock.runUntil(clock.nextDeadline());
        }
        return clock.nowNanos();
    }

    /** The instances that a router holds, ages aside, in the order of their keys. */
    public SortedSet<String> instances(String name) {
        SortedSet<String> instances = new TreeSet<>();
        for (LsaHeader header : router(name).database()) {
            instances.add(
                    header.key()
                            + " "
                            + Integer.toHexString(header.sequence())
                            + " "
                            + Integer.toHexString(header.checksum()));
        }
        return instances;
    }

    /** The sum of what all routers threw away for that reason. */
    public long drops(DropReason reason) {
        return routers.values().stream()
                .mapToLong(router -> router.drops().getOrDefault(reason, 0L))
                .sum();
    }

    /** The paper's backbone; costs and delays of the shipped topology. */
    public static List<Link> abilene() {
        return List.of(
                link("atla", "hstn", 1176, 8.23),
                link("atla", "ipls", 587, 4.70),
                link("atla", "wash", 846, 6.42),
                link("chin", "ipls", 260, 2.02),
                link("chin", "nycm", 700, 8.82),
                link("dnvr", "kscy", 639, 6.73),
                link("dnvr", "snva", 1295, 10.11),
                link("dnvr", "sttl", 2095, 12.32),
                link("hstn", "kscy", 902, 7.20),
                link("hstn", "losa", 1893, 16.55),
                link("ipls", "kscy", 548, 5.60),
                link("losa", "snva", 366, 3.78),
                link("nycm", "wash", 233, 2.51),
                link("snva", "sttl", 861, 8.52));
    }

    public static Link link(String left, String right, int cost, double delayMs) {
        return new Link(left, right, cost, Math.round(delayMs * MILLISECOND));
    }
}
