package vini.routing.process;

import vini.net.Ipv4Address;
import vini.routing.FibDoor;
import vini.routing.PuntPort;
import vini.routing.sim.SimulatedNetwork.Link;
import vini.routing.sim.SimulatedWire;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The routers of a slice as their process has them, joined by simulated wires, with forwarders that
 * do at once what they are told.
 */
final class VirtualSlice implements SliceRouters.Doors {
    final VirtualClock clock = new VirtualClock();
    final Map<String, NodeFib> fibs = new LinkedHashMap<>();
    final Map<String, SimulatedWire> wires = new LinkedHashMap<>();

    /** What each node's forwarder was told, transaction by transaction. */
    final Map<String, List<String>> transactions = new LinkedHashMap<>();

    final SliceRouters routers;

    private final Map<String, SimulatedWire.SimulatedPort> ports = new LinkedHashMap<>();

    VirtualSlice(int helloSeconds, int deadSeconds, List<Link> links) {
        Seed seed = new Seed(1);
        Map<String, List<String>> interfaces = new LinkedHashMap<>();
        for (Link link : links) {
            Ipv4Address subnet = Ipv4Address.parse("10.78.0.0").plus(4L * wires.size());
            SimulatedWire.End left = end(interfaces, link.left(), link.right(), subnet, 1, 2);
            SimulatedWire.End right = end(interfaces, link.right(), link.left(), subnet, 2, 1);
            String name = link.left() + "-" + link.right();
            wires.put(
                    name,
                    new SimulatedWire(clock, seed.generator(name), left, right, link.delayNanos()));
        }
        StringBuilder text = new StringBuilder();
        text.append("hello ").append(helloSeconds).append("\ndead ").append(deadSeconds);
        interfaces.forEach(
                (node, lines) -> {
                    Ipv4Address address = Ipv4Address.parse("10.77.0.0").plus(fibs.size() + 1);
                    text.append("\nnode ").append(node).append(' ').append(address);
                    text.append("\nstub ").append(address).append("/32\n");
                    text.append(String.join("\n", lines));
                    NodeFib fib = new NodeFib();
                    fibs.put(node, fib);
                    connect(node, fib, "");
                });
        routers = new SliceRouters(SliceConfig.parse(text.toString()), clock, seed, this);
    }

    private SimulatedWire.End end(
            Map<String, List<String>> interfaces,
            String node,
            String peer,
            Ipv4Address subnet,
            int own,
            int others) {
        List<String> lines = interfaces.computeIfAbsent(node, name -> new ArrayList<>());
        int number = lines.size();
        lines.add(
                "interface %d %s %s/30 %s 10 1500"
                        .formatted(number, peer, subnet.plus(own), subnet.plus(others)));
        return new SimulatedWire.End(
                ports.computeIfAbsent(node, name -> new SimulatedWire.SimulatedPort()), number);
    }

    /** The node's forwarder comes, or another one does, and its FIB has those rows. */
    void connect(String node, NodeFib fib, String table) {
        List<String> told = transactions.computeIfAbsent(node, name -> new ArrayList<>());
        fib.connected(
                transaction -> {
                    told.add(transaction);
                    fib.answered();
                },
                table);
    }

    @Override
    public PuntPort port(String node) {
        return of(ports, node);
    }

    @Override
    public FibDoor fib(String node) {
        return of(fibs, node);
    }

    @Override
    public void routerGone(String node) {
        of(fibs, node).disconnected();
    }

    @Override
    public boolean isReady(String node) {
        return of(fibs, node).isUpToDate();
    }

    @Override
    public long unsent() {
        return 0;
    }

    static <T> T of(Map<String, T> things, String name) {
        T thing = things.get(name);
        if (thing == null) {
            throw new IllegalArgumentException(name + " is none of " + things.keySet());
        }
        return thing;
    }
}
