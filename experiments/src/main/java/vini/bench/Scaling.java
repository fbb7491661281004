package vini.bench;

import vini.overlay.graph.LoopPlan;
import vini.overlay.topology.Node;
import vini.overlay.world.Holdings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a second loop brings: the packets of two flows that share no node, on one loop and on two.
 * The flows begin and end inside of the forwarder, so that nothing but it takes a processor.
 */
final class Scaling implements Scenario {
    private static final double TIMES = 1.7;

    /** Of what two processes reach, where the machine does not let even those reach that. */
    private static final double OF_APART = 0.9;

    private static final long WARM_UP_PACKETS = 6_000_000;
    private static final int WARM_UP_POLL_MS = 200;
    private static final int WARM_UP_POLLS_MAX = 100;
    private static final int SETTLE_MS = 300;
    private static final double MILLION = 1e6;

    private static final String TWO_FLOWS =
            """
            { "name": "bench", "loops": %d,
              "nodes": { "a0": {}, "a1": {}, "a2": {}, "b0": {}, "b1": {}, "b2": {} },
              "links": [ {"between": ["a0", "a1"]}, {"between": ["a1", "a2"]},
                         {"between": ["b0", "b1"]}, {"between": ["b1", "b2"]} ] }
            """;

    /** What came through, and what of it for a second of one processor. */
    private record Rates(Figure perSecond, Figure perProcessorSecond) {
        static Rates of(Sheet sheet, String subject, String side) {
            return new Rates(
                    sheet.figure(subject, side, "Mpps"),
                    sheet.figure(subject + ", per processor's second", side, "Mpps"));
        }
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String title() {
        return "two flows of packets that share no node, on one loop of the forwarder and on two";
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        String two = "two flows over 3 nodes each, delivered";
        Rates twoOnOne = Rates.of(sheet, two, "1 loop");
        Rates twoOnTwo = Rates.of(sheet, two, "2 loops");
        Rates apart = Rates.of(sheet, two, "2 processes of 1 loop");
        try (Holdings held = new Holdings()) {
            List<Flows> all =
                    List.of(
                            new Flows(two + ", 1 loop", twoOnOne, mesh(TWO_FLOWS.formatted(1))),
                            new Flows(two + ", 2 loops", twoOnTwo, mesh(TWO_FLOWS.formatted(2))),
                            new Flows(
                                    two + ", 2 processes of 1 loop", apart, flow("a"), flow("b")));
            for (Flows flows : all) {
                sheet.doing("warming up: " + flows.name);
                held.add(flows::close);
                flows.start();
                flows.warmUp();
            }
            int seconds = sheet.effort().seconds();
            sheet.rounds(
                    all.stream().map(f -> new Side(f.name, () -> f.measure(seconds))).toList());
        }
        int processors = Runtime.getRuntime().availableProcessors();
        if (apart.perSecond.times(twoOnOne.perSecond) >= TIMES) {
            sheet.bound(Bound.timesAtLeast(twoOnTwo.perSecond, TIMES, twoOnOne.perSecond));
        } else {
            // Two processes that know nothing of each other are what this machine has to give.
            sheet.bound(Bound.timesAtLeast(twoOnTwo.perSecond, OF_APART, apart.perSecond));
        }
        sheet.note(
                "Packets of 64 bytes from InfiniteSource, through the nodes' whole graphs, to a"
                    + " counter. Two processes are what the machine gives to two loops that share"
                    + " nothing. With 2 loops each of the two flows has a loop of its own. Per"
                    + " processor's second: what shows the cost of a packet where others use the"
                    + " machine, too. "
                        + processors
                        + " processors.");
    }

    private static Mesh flow(String name) {
        return mesh(
                """
                { "name": "bench",
                  "nodes": { "%1$s0": {}, "%1$s1": {}, "%1$s2": {} },
                  "links": [ {"between": ["%1$s0", "%1$s1"]}, {"between": ["%1$s1", "%1$s2"]} ] }
                """
                        .formatted(name));
    }

    private static Mesh mesh(String topology) {
        return new Mesh(Chain.topology(topology));
    }

    /** Some meshes, each a process of its own, whose flows run together or not at all. */
    private static final class Flows implements AutoCloseable {
        private final String name;
        private final Rates rates;
        private final List<Mesh> meshes;
        private final List<ForwarderProcess> forwarders = new ArrayList<>();
        private final Holdings held = new Holdings();

        Flows(String name, Rates rates, Mesh... meshes) {
            this.name = name;
            this.rates = rates;
            this.meshes = List.of(meshes);
        }

        void start() throws IOException, InterruptedException {
            for (Mesh mesh : meshes) {
                String process = "scale-" + (1 + forwarders.size());
                ForwarderProcess forwarder = Scaling.start(mesh, process);
                held.add(forwarder::close);
                forwarders.add(forwarder);
            }
        }

        /** By packets, not by time: where others use the machine, compiling takes long. */
        void warmUp() throws IOException, InterruptedException {
            send(true);
            for (int i = 0; i < WARM_UP_POLLS_MAX && delivered() < WARM_UP_PACKETS; i++) {
                Thread.sleep(WARM_UP_POLL_MS);
            }
            send(false);
        }

        /** What they deliver together. */
        void measure(int seconds) throws IOException, InterruptedException {
            send(true);
            Thread.sleep(SETTLE_MS);
            long before = delivered();
            long begin = System.nanoTime();
            long cpu = processorNanos();
            Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
            long packets = delivered() - before;
            double spent = Processor.seconds(processorNanos() - cpu);
            double elapsed = Processor.seconds(System.nanoTime() - begin);
            send(false);
            rates.perSecond.add(packets / elapsed / MILLION);
            rates.perProcessorSecond.add(packets / spent / MILLION);
        }

        private void send(boolean active) throws IOException {
            for (int i = 0; i < meshes.size(); i++) {
                for (Node node : meshes.get(i).topology().nodes()) {
                    if (node.name().endsWith("0")) {
                        forwarders.get(i).write(node.name() + "/source.active", "" + active);
                    }
                }
            }
        }

        private long processorNanos() {
            return forwarders.stream().mapToLong(each -> Processor.nanos(each.pid())).sum();
        }

        private long delivered() throws IOException {
            long sum = 0;
            for (int i = 0; i < meshes.size(); i++) {
                for (Node node : meshes.get(i).topology().nodes()) {
                    if (isLast(meshes.get(i), node)) {
                        String count = forwarders.get(i).read(node.name() + "/sink.count");
                        sum += Long.parseLong(count.strip());
                    }
                }
            }
            return sum;
        }

        @Override
        public void close() throws IOException {
            held.close();
        }
    }

    private static Node last(Mesh mesh, Node first) {
        return mesh.topology().nodes().reversed().stream()
                .filter(node -> node.name().charAt(0) == first.name().charAt(0))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isLast(Mesh mesh, Node node) {
        return node.equals(last(mesh, node));
    }

    private static ForwarderProcess start(Mesh mesh, String process)
            throws IOException, InterruptedException {
        Map<String, String> graphs = new LinkedHashMap<>(mesh.graphs());
        for (Node node : mesh.topology().nodes()) {
            if (node.name().endsWith("0")) {
                Node last = last(mesh, node);
                String packet = SmallPacket.hexadecimal(mesh.address(node), mesh.address(last));
                graphs.computeIfPresent(node.name(), (name, text) -> source(text, packet));
                graphs.computeIfPresent(last.name(), (name, text) -> sink(text));
            }
        }
        String loops = LoopPlan.of(mesh.topology()).text();
        ForwarderProcess forwarder = ForwarderProcess.start(process, null, graphs, loops);
        try {
            forwarder.await();
            mesh.route(forwarder);
            return forwarder;
        } catch (Throwable e) {
            forwarder.close();
            throw e;
        }
    }

    /** The node's text with a source, still silent, beside its host. */
    private static String source(String text, String packet) {
        return text
                + "source :: InfiniteSource(DATA \\<"
                + packet
                + ">, BURST 32, ACTIVE false) -> CheckIPHeader -> Paint(255) -> fib;\n";
    }

    /** The node's text with a counter in the place of its host. */
    private static String sink(String text) {
        String toHost = "fib[0] -> host;";
        if (!text.contains(toHost)) {
            throw new IllegalStateException("the node's graph has no '" + toHost + "': " + text);
        }
        return text.replace(toHost, "fib[0] -> sink :: Counter -> Discard; Idle -> host;");
    }
}
