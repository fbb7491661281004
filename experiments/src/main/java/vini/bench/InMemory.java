package vini.bench;

import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.Graph;
import vini.forwarder.HandlerException;
import vini.forwarder.Shared;
import vini.forwarder.VirtualLoop;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * A process of a forwarder's flags that measures a graph in memory, without a socket, and prints
 * its figures: {@code NAME VALUE}, nanoseconds, bytes or numbers. What is measured is the graph
 * alone, on one thread.
 */
public final class InMemory {
    private static final int ROUNDS = 9;
    private static final long SEED = 7;

    private final VirtualLoop loop = new VirtualLoop(new VirtualClock());

    private InMemory() {}

    /** Runs what the words say: {@code graph PREFIXES CLASSES}, {@code fib}, {@code napt FLOWS}. */
    public static void main(String[] words) throws ConfigException, HandlerException {
        InMemory memory = new InMemory();
        switch (words[0]) {
            case "graph" -> memory.graph(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private Graph start(String text) throws ConfigException {
        return Graph.start("bench", "bench.click", text, loop, new Shared(), new Seed(SEED));
    }

    /** The thread's own processor time: others that run meanwhile do not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void say(String name, double value) {
        System.out.println(name + " " + value);
    }

    private void graph(int prefixes, int classes) throws ConfigException, HandlerException {
        RandomRoutes routes = new RandomRoutes(prefixes, SEED);
        Graph graph =
                start(
                        "Idle -> check :: CheckIPHeader -> DecIPTTL -> fib :: RadixIPLookup"
                                + " -> c :: Counter -> Discard;");
        graph.write("fib", "ctrl", routes.transaction("add"));
        int[] destinations = routes.destinations(1 << 20, SEED + 1);
        PacketFeed feed = feed(graph, "check", destinations);
        if (classes > 5) {
            Graph other =
                    start(
                            "Idle -> first :: Paint(1) -> CheckIPHeader -> Counter ->"
                                    + " GetIPAddress(16) -> Null -> CheckPaint(1) -> DecIPTTL ->"
                                    + " fib :: RadixIPLookup(0/0 0) -> Counter -> Discard;");
            PacketFeed feedOther = feed(other, "first", destinations);
            for (int i = 0; i < 400; i++) {
                feedOther.push(1 << 12);
                feed.push(1 << 12);
            }
        }
        time(feed, 1 << 20);
        say("dropped", graph.ledger().dropped().values().stream().mapToLong(n -> n).sum());
    }

    private PacketFeed feed(Graph graph, String element, int[] destinations) {
        Element into = graph.find(element, Element.class);
        if (into == null) {
            throw new IllegalStateException(element);
        }
        return new PacketFeed(loop.packets(), into, destinations, new int[0]);
    }

    private static void time(PacketFeed feed, int packets) {
        double[] nanos = new double[ROUNDS];
        feed.push(2 * packets);
        for (int i = 0; i < ROUNDS; i++) {
            long begin = cpuNanos();
            feed.push(packets);
            nanos[i] = (double) (cpuNanos() - begin) / packets;
        }
        Arrays.sort(nanos);
        say("median", nanos[ROUNDS / 2]);
        say("least", nanos[0]);
    }
}
