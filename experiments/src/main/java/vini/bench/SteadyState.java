package vini.bench;

import vini.overlay.host.NetworkNamespace;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.world.Holdings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/** What goes on when nothing new happens: no garbage per packet, short pauses, idle when idle. */
final class SteadyState implements Scenario {
    private static final int PORT = 5000;
    private static final int STREAMS = 20;
    private static final int WARM_UP_S = 5;
    private static final int SIDE = 4;

    /** Over less than some hellos and compilations of Java there is no telling. */
    private static final int IDLE_S_MIN = 5;

    private static final int CHURN_MS = 50;
    private static final int COSTS = 10;
    private static final double PERCENT = 100;

    /** Less than one object in sixteen packets. */
    private static final double BYTES_PER_PACKET = 1;

    private static final double PAUSE_MS = 2;
    private static final double IDLE_PERCENT = 1;

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public String title() {
        return "what forwarders allocate per packet, how long collections stop them while routing"
                + " churns, and what a slice takes when idle";
    }

    @Override
    public List<Need> needs() {
        List<Need> needs = new ArrayList<>(Needs.TESTBED);
        needs.add(HeapWatch.JCMD);
        return needs;
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        try (Holdings held = new Holdings()) {
            sheet.doing("starting a slice of 16 nodes");
            KeptSlice slice = KeptSlice.start(grid());
            held.add(slice::close);
            // Meanwhile Java has compiled what a slice does when it comes up.
            allocation(sheet);
            idle(sheet, slice);
        }
        try (Holdings held = new Holdings()) {
            sheet.doing("starting a slice of 16 nodes");
            Slice slice = Slice.start(grid());
            held.add(slice::close);
            churn(sheet, slice);
        }
    }

    private static void allocation(Sheet sheet) throws IOException, InterruptedException {
        try (Holdings held = new Holdings()) {
            sheet.doing("building the testbed");
            Testbed bed = Testbed.create();
            held.add(bed::close);
            Chain chain = Chain.start(bed, Chain.Units.OFFLOAD, PORT);
            held.add(chain::close);
            sheet.doing("warming up");
            Iperf ignored = transfer(chain, WARM_UP_S);
            List<Figure> figures = new ArrayList<>();
            for (ForwarderProcess forwarder : chain.forwarders()) {
                figures.add(sheet.figure("allocated per packet", forwarder.node(), "bytes"));
            }
            sheet.rounds(
                    List.of(
                            new Side(
                                    "TCP, 20 streams",
                                    () -> allocation(chain, figures, sheet.effort().seconds()))));
            figures.forEach(figure -> sheet.bound(Bound.atMost(figure, BYTES_PER_PACKET)));
        }
        sheet.note(
                "Allocated: all that a forwarder process allocates while TCP passes, by the"
                        + " counts of its threads, for each packet that left it.");
    }

    private static void allocation(Chain chain, List<Figure> figures, int seconds)
            throws IOException, InterruptedException {
        try (Holdings held = new Holdings()) {
            List<HeapWatch> watches = new ArrayList<>();
            List<Long> before = new ArrayList<>();
            for (ForwarderProcess forwarder : chain.forwarders()) {
                // What reading the books takes is not of the packets.
                before.add(left(forwarder));
                HeapWatch watch = HeapWatch.of(forwarder.pid());
                held.add(watch::close);
                watches.add(watch);
            }
            Iperf ignored = transfer(chain, seconds);
            for (int i = 0; i < watches.size(); i++) {
                long bytes = watches.get(i).allocated();
                long packets = left(chain.forwarders().get(i)) - before.get(i);
                figures.get(i).add((double) bytes / packets);
            }
        }
    }

    private static long left(ForwarderProcess forwarder) throws IOException {
        return forwarder.count("tunnelled") + forwarder.count("delivered");
    }

    private static Iperf transfer(Chain chain, int seconds)
            throws IOException, InterruptedException {
        return Iperf.tcp(chain.host(0), chain.host(2), chain.address(2), STREAMS, seconds);
    }

    /** Nodes in rows and columns, each linked to the right and downwards. */
    static String grid() {
        StringJoiner nodes = new StringJoiner(", ", "{ ", " }");
        StringJoiner links = new StringJoiner(", ", "[ ", " ]");
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                nodes.add("\"" + node(row, column) + "\": {}");
                if (column + 1 < SIDE) {
                    links.add(link(node(row, column), node(row, column + 1)));
                }
                if (row + 1 < SIDE) {
                    links.add(link(node(row, column), node(row + 1, column)));
                }
            }
        }
        return "{ \"name\": \"bench\", \"nodes\": " + nodes + ", \"links\": " + links + " }";
    }

    private static String node(int row, int column) {
        return "r" + row + "c" + column;
    }

    private static String link(String one, String other) {
        return "{\"between\": [\"" + one + "\", \"" + other + "\"], \"delay\": \"1ms\"}";
    }

    private static void idle(Sheet sheet, KeptSlice slice)
            throws IOException, InterruptedException {
        String subject = "idle slice of 16 nodes, of one processor";
        List<String> processes = List.of("forwarder", "router", "keeper");
        List<Figure> figures = new ArrayList<>();
        processes.forEach(process -> figures.add(sheet.figure(subject, process, "%")));
        Figure whole = sheet.figure(subject, "all of it", "%");
        long millis = TimeUnit.SECONDS.toMillis(Math.max(IDLE_S_MIN, sheet.effort().seconds()));
        sheet.rounds(
                List.of(
                        new Side(
                                "idle",
                                () -> {
                                    List<Long> before = nanos(slice, processes);
                                    long begin = System.nanoTime();
                                    Thread.sleep(millis);
                                    double elapsed = System.nanoTime() - begin;
                                    List<Long> after = nanos(slice, processes);
                                    double sum = 0;
                                    for (int i = 0; i < figures.size(); i++) {
                                        double share = (after.get(i) - before.get(i)) / elapsed;
                                        figures.get(i).add(PERCENT * share);
                                        sum += PERCENT * share;
                                    }
                                    whole.add(sum);
                                })));
        sheet.bound(Bound.atMost(whole, IDLE_PERCENT));
    }

    private static List<Long> nanos(KeptSlice slice, List<String> processes) throws IOException {
        List<Long> nanos = new ArrayList<>();
        for (String process : processes) {
            nanos.add(Processor.nanos(slice.pid(process)));
        }
        return nanos;
    }

    private static void churn(Sheet sheet, Slice slice) throws IOException, InterruptedException {
        String subject = "longest pause while routing churns";
        Figure forwarder = sheet.figure(subject, "forwarder", "ms");
        Figure router = sheet.figure(subject, "router", "ms");
        int[] collections = new int[2];
        sheet.rounds(
                List.of(
                        new Side(
                                "routing churns",
                                () -> {
                                    try (HeapWatch packets = HeapWatch.of(slice.pid("forwarder"));
                                            HeapWatch routes = HeapWatch.of(slice.pid("router"))) {
                                        churn(slice, sheet.effort().seconds());
                                        collections[0] += packets.pausesMs().size();
                                        collections[1] += routes.pausesMs().size();
                                        forwarder.add(longest(packets));
                                        router.add(longest(routes));
                                    }
                                })));
        sheet.bound(Bound.atMost(forwarder, PAUSE_MS));
        sheet.note(
                "Churn: the cost of a link changes each "
                        + CHURN_MS
                        + " ms, so that all 16 routers compute anew, while ping sends 100"
                        + " requests a second. Collections: "
                        + collections[0]
                        + " of the forwarder, "
                        + collections[1]
                        + " of the router, a process of its own, whose pauses stop no packet.");
    }

    private static void churn(Slice slice, int seconds) throws IOException, InterruptedException {
        NetworkNamespace from = slice.host(0);
        String far = slice.address(SIDE * SIDE - 1);
        try (Program ping = Program.start(from, "ping", "-i", "0.01", "-q", "-n", far)) {
            int links = slice.keeper().topology().links().size();
            int steps = (int) (TimeUnit.SECONDS.toMillis(seconds) / CHURN_MS);
            for (int step = 0; step < steps; step++) {
                Link link = slice.link(step % links);
                int cost = 1 + (step * 7) % COSTS;
                slice.keeper().links().cost(link, End.A, cost);
                slice.keeper().links().cost(link, End.B, cost);
                Thread.sleep(CHURN_MS);
                ping.mustRun();
            }
        }
    }

    private static double longest(HeapWatch watch) throws IOException {
        return watch.pausesMs().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
