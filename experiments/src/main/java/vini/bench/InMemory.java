package vini.bench;

import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.Graph;
import vini.forwarder.HandlerException;
import vini.forwarder.Packet;
import vini.forwarder.Shared;
import vini.forwarder.VirtualLoop;
import vini.net.Ipv6Address;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A process of a forwarder's flags that measures a graph in memory, without a socket, and prints
 * its figures: {@code NAME VALUE}, nanoseconds, bytes or numbers. What is measured is the graph
 * alone, on one thread.
 */
public final class InMemory {
    private static final int ROUNDS = 9;
    private static final long SEED = 7;
    private static final int WARM_UP = 40_000;

    /** Packets are pushed in pieces of that size until they get no faster. */
    private static final int PIECE = 1 << 20;

    /** Then nothing is left to be compiled, whatever the clock says. */
    private static final int PIECES_MAX = 16;

    /** So many pieces that are hardly faster than the fastest before them end it. */
    private static final int NO_FASTER = 4;

    private static final double HARDLY = 0.97;

    private static final int UPDATES = 200_000;
    private static final int FLOWS_OF_USER = 64;

    private final VirtualLoop loop = new VirtualLoop(new VirtualClock());

    /** A graph, and who pushes packets into it. */
    record Fed(Graph graph, PacketFeed feed) {}

    InMemory() {}

    /**
     * Runs what the words say: {@code graph PREFIXES CLASSES}, {@code fib PREFIXES}, {@code fib6
     * PREFIXES}, {@code rewriter FLOWS} or {@code napt FLOWS}.
     */
    public static void main(String[] words) throws ConfigException, HandlerException {
        InMemory memory = new InMemory();
        switch (words[0]) {
            case "graph" -> memory.graph(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "fib" -> memory.fib(Integer.parseInt(words[1]));
            case "fib6" -> memory.fib6(Integer.parseInt(words[1]));
            case "rewriter" -> memory.rewriter(Integer.parseInt(words[1]));
            case "napt" -> memory.napt(Integer.parseInt(words[1]));
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

    private static void say(String name, long value) {
        System.out.println(name + " " + value);
    }

    private static void say(String name, double value) {
        System.out.println(name + " " + value);
    }

    private void graph(int prefixes, int classes) throws ConfigException, HandlerException {
        RandomRoutes routes = new RandomRoutes(prefixes, SEED);
        int[] destinations = routes.destinations(1 << 20, SEED + 1);
        Fed fed = forwarding(routes, destinations);
        PacketFeed feed = fed.feed();
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
        say("dropped", fed.graph().ledger().dropped().values().stream().mapToLong(n -> n).sum());
    }

    /** Packets to those destinations through six elements. */
    Fed forwarding(RandomRoutes routes, int[] destinations)
            throws ConfigException, HandlerException {
        Graph graph =
                start(
                        "Idle -> check :: CheckIPHeader -> DecIPTTL -> fib :: RadixIPLookup"
                                + " -> c :: Counter -> Discard;");
        graph.write("fib", "ctrl", routes.transaction("add"));
        return new Fed(graph, feed(graph, "check", destinations));
    }

    private PacketFeed feed(Graph graph, String element, int[] destinations) {
        Element into = graph.find(element, Element.class);
        if (into == null) {
            throw new IllegalStateException(element);
        }
        return new PacketFeed(loop.packets(), into, destinations, new int[0]);
    }

    /** How long it takes to load a table at once, what it takes, and single updates of it. */
    private void fib(int prefixes) throws ConfigException, HandlerException {
        Graph graph =
                start(
                        "Idle -> check :: CheckIPHeader -> DecIPTTL -> fib :: RadixIPLookup"
                                + " -> Discard;");
        RandomRoutes routes = new RandomRoutes(prefixes, SEED);
        warmUp(routes);
        PacketFeed feed = feed(graph, "check", routes.destinations(1 << 16, SEED + 1));
        long before = heapBytes();
        load(graph, routes.transaction("set"));
        say("bytes", heapBytes() - before);
        updates(graph, routes, feed);
        say("dropped", graph.ledger().dropped().values().stream().mapToLong(n -> n).sum());
    }

    /** So that what is measured is the table and not the compiler; on another table. */
    private void warmUp(RandomRoutes routes) throws ConfigException, HandlerException {
        Graph other = start("Idle -> fib :: RadixIPLookup -> Discard;");
        for (int i = 0; i < WARM_UP && i < routes.size(); i++) {
            other.write("fib", "set", routes.route(i, i));
        }
        for (int i = 0; i < WARM_UP && i < routes.size(); i++) {
            other.write("fib", "remove", routes.prefix(i));
        }
        other.close();
    }

    private static void updates(Graph graph, RandomRoutes routes, PacketFeed feed)
            throws HandlerException {
        SplittableRandom random = new SplittableRandom(SEED);
        long begin = cpuNanos();
        for (int i = 0; i < UPDATES; i += 2) {
            int route = random.nextInt(routes.size());
            graph.write("fib", "remove", routes.prefix(route));
            feed.push(Batch.CAPACITY);
            graph.write("fib", "set", routes.route(route, i));
        }
        say("update", (double) (cpuNanos() - begin) / UPDATES);
        long longest = 0;
        for (int i = 0; i < UPDATES; i++) {
            int route = random.nextInt(routes.size());
            long one = cpuNanos();
            graph.write("fib", "set", routes.route(route, i));
            longest = Math.max(longest, cpuNanos() - one);
        }
        say("longest", longest);
    }

    /** Time at work, and in collections, which another thread does. */
    private static void load(Graph graph, String text) throws HandlerException {
        long collected = collectionNanos();
        long begin = cpuNanos();
        graph.write("fib", "ctrl", text);
        say("load", cpuNanos() - begin + collectionNanos() - collected);
    }

    private static long collectionNanos() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(
                        collector -> TimeUnit.MILLISECONDS.toNanos(collector.getCollectionTime()))
                .sum();
    }

    private static long heapBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** The same of an IPv6 table, and what a lookup takes in it. */
    private void fib6(int prefixes) throws ConfigException, HandlerException {
        SplittableRandom random = new SplittableRandom(SEED);
        StringBuilder text = new StringBuilder();
        long[] networks = new long[prefixes];
        for (int i = 0; i < prefixes; i++) {
            int length = random.nextInt(3) == 0 ? 32 : 33 + random.nextInt(16);
            networks[i] =
                    (0x2000L << 48
                                    | (long) random.nextInt(1 << 20) << 36
                                    | random.nextLong() >>> 28)
                            & -1L << (64 - length);
            text.append("set ").append(new Ipv6Address(networks[i], 0)).append('/').append(length);
            text.append(" fd00::").append(1 + i % 64).append(" 0\n");
        }
        long[] destinations = new long[1 << 16];
        for (int i = 0; i < destinations.length; i++) {
            destinations[i] = networks[random.nextInt(prefixes)];
        }
        Graph other = start("Idle -> fib :: LookupIP6Route -> Discard;");
        other.write("fib", "ctrl", text.substring(0, text.indexOf("\n", text.length() / 4)));
        other.close();
        Graph graph = start("Idle -> fib :: LookupIP6Route -> Discard;");
        long before = heapBytes();
        load(graph, text.toString());
        text.setLength(0);
        text.trimToSize();
        say("bytes", heapBytes() - before);
        Element fib = Objects.requireNonNull(graph.find("fib", Element.class));
        int packets = 1 << 20;
        double[] nanos = new double[ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            long start = cpuNanos();
            for (int i = 0; i < packets; i += Batch.CAPACITY) {
                push(fib, destinations, i & destinations.length - 1);
            }
            if (round >= 0) {
                nanos[round] = (double) (cpuNanos() - start) / packets;
            }
        }
        Arrays.sort(nanos);
        say("median", nanos[ROUNDS / 2]);
        say("least", nanos[0]);
        say("dropped", graph.ledger().dropped().values().stream().mapToLong(n -> n).sum());
    }

    private void push(Element fib, long[] destinations, int from) {
        Batch batch = loop.packets().batch();
        for (int i = from; i < from + Batch.CAPACITY; i++) {
            Packet packet = loop.packets().allocate(Batch.CAPACITY);
            packet.annotation(0, Integer.BYTES, destinations[i] >>> Integer.SIZE);
            packet.annotation(Integer.BYTES, Integer.BYTES, destinations[i]);
            batch.add(packet);
        }
        fib.push(0, batch);
    }

    /** Flows that live at once, in turn: the way out through a table of them. */
    private void rewriter(int flows) throws ConfigException {
        translation(flows, rewriterText(flows), "table_size");
    }

    /** The same through the NAPT of an egress: 64 flows of each user. */
    private void napt(int flows) throws ConfigException {
        translation(flows, naptText(flows), "nmappings");
    }

    static String rewriterText(int flows) {
        return "IPRewriter(pattern 192.0.2.0/24 1024-65535# - - 0 0, MAPPING_CAPACITY "
                + flows
                + ") -> Discard;";
    }

    static String naptText(int flows) {
        return "NAPT(192.0.2.0/24, INSIDE 10.0.0.0/8, FILTERING address-and-port, MAPPINGS "
                + flows
                + ") -> Discard; Idle -> [1]nat; nat[1] -> Discard;";
    }

    private void translation(int flows, String nat, String size) throws ConfigException {
        long before = heapBytes();
        Fed fed = translating(flows, nat);
        PacketFeed feed = fed.feed();
        Graph graph = fed.graph();
        long arrays = 12L * flows;
        feed.push(flows);
        say("bytes", heapBytes() - before - arrays);
        time(feed, Math.max(flows, 1 << 20));
        say("dropped", graph.ledger().dropped().values().stream().mapToLong(n -> n).sum());
        try {
            say("flows", Double.parseDouble(graph.read("nat", size, "")));
        } catch (HandlerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Packets of so many flows, each of another flow than the one before it, to {@code nat}. */
    Fed translating(int flows, String nat) throws ConfigException {
        Graph graph = start("Idle -> check :: CheckIPHeader -> nat :: " + nat);
        SplittableRandom random = new SplittableRandom(SEED);
        int[] sources = new int[flows];
        int[] destinations = new int[flows];
        int[] ports = new int[flows];
        for (int i = 0; i < flows; i++) {
            sources[i] = 10 << 24 | 1 + i / FLOWS_OF_USER;
            destinations[i] = random.nextInt(1, 224) << 24 | random.nextInt(1 << 24);
            ports[i] = 1024 + 1009 * (i % FLOWS_OF_USER) << 16 | 53;
        }
        shuffle(random, sources, ports);
        PacketFeed feed =
                new PacketFeed(
                        loop.packets(),
                        Objects.requireNonNull(graph.find("check", Element.class)),
                        destinations,
                        ports);
        feed.from(sources);
        return new Fed(graph, feed);
    }

    /** Brings two columns into one random order. */
    private static void shuffle(SplittableRandom random, int[] first, int[] second) {
        for (int i = first.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int value = first[i];
            first[i] = first[other];
            first[other] = value;
            value = second[i];
            second[i] = second[other];
            second[other] = value;
        }
    }

    private static void warmUp(PacketFeed feed) {
        double fastest = Double.POSITIVE_INFINITY;
        int same = 0;
        for (int i = 0; i < PIECES_MAX && same < NO_FASTER; i++) {
            long begin = cpuNanos();
            feed.push(PIECE);
            double took = (double) cpuNanos() - begin;
            same = took < fastest * HARDLY ? 0 : same + 1;
            fastest = Math.min(fastest, took);
        }
    }

    private static void time(PacketFeed feed, int packets) {
        double[] nanos = new double[ROUNDS];
        warmUp(feed);
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
