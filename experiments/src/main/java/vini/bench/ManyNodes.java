package vini.bench;

import vini.overlay.topology.Node;
import vini.time.Seed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A slice of many nodes in one forwarder: what a node takes, and what a hop takes. */
final class ManyNodes implements Scenario {
    private static final int NODES = 200;
    private static final int LINKS = 1000;
    private static final int HOPS = 50;
    private static final double KIB = 1024;

    private static final double KIB_PER_NODE = 300;
    private static final double MICROS_PER_HOP = 2;

    /** Until Java has compiled the path of packets. */
    private static final int WARM_UP_S = 4;

    private static final int PING_EVERY_US = 500;
    private static final double NANOS_PER_MICRO = 1000;

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public String title() {
        return "memory and start of a forwarder with 200 nodes and 1,000 links beside one with a"
                + " node, and what a hop between nodes of one process takes";
    }

    @Override
    public List<Need> needs() {
        return List.of(HeapWatch.JCMD);
    }

    /** What was seen of one process. */
    private record Sides(Figure start, Figure heap, Figure resident) {
        static Sides of(Sheet sheet, String side) {
            return new Sides(
                    sheet.figure("until it serves", side, "s"),
                    sheet.figure("heap in use", side, "KiB"),
                    sheet.figure("resident, of its own", side, "KiB"));
        }
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        Mesh one = Mesh.of(1, 0, new Seed(1).generator("mesh"));
        Mesh many = Mesh.of(NODES, LINKS, new Seed(1).generator("mesh"));
        Sides ofOne = Sides.of(sheet, "1 node");
        Sides ofMany = Sides.of(sheet, NODES + " nodes");
        Figure heap = sheet.figure("per node, with its FIB", "heap", "KiB");
        Figure resident = sheet.figure("per node, with its FIB", "resident", "KiB");
        Figure hop = sheet.figure("ping over " + HOPS + " hops, per hop", "vini", "us");
        sheet.rounds(
                List.of(
                        new Side("1 node", () -> measure(one, ofOne, forwarder -> {})),
                        new Side(
                                NODES + " nodes",
                                () -> measure(many, ofMany, f -> ping(sheet, many, f, hop)))));
        each(heap, ofMany.heap, ofOne.heap);
        each(resident, ofMany.resident, ofOne.resident);
        sheet.bound(Bound.atMost(heap, KIB_PER_NODE));
        sheet.bound(Bound.atMost(resident, KIB_PER_NODE));
        sheet.bound(Bound.atMost(hop, MICROS_PER_HOP));
        int routes = NODES - 1 + LINKS;
        sheet.note(
                "Per node: what the forwarder of "
                        + NODES
                        + " nodes takes beyond that of one, divided by those more; each node has"
                        + " some "
                        + routes
                        + " routes. The heap is measured after a collection; resident is that"
                        + " part of the process's memory which it shares with no other.");
        sheet.note(
                "Per hop: half of the median round trip, divided by the hops: one packet at a"
                        + " time, so that no node's work is shared by several.");
    }

    private static void each(Figure perNode, Figure many, Figure one) {
        for (int i = 0; i < many.values().size(); i++) {
            perNode.add((many.values().get(i) - one.values().get(i)) / (NODES - 1));
        }
    }

    /** Something to do with a forwarder that runs. */
    private interface Trial {
        void run(ForwarderProcess forwarder) throws IOException, InterruptedException;
    }

    private static void measure(Mesh mesh, Sides sides, Trial then)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (ForwarderProcess forwarder = ForwarderProcess.start("nodes-1", null, mesh.graphs())) {
            forwarder.await();
            sides.start.add(Processor.seconds(System.nanoTime() - begin));
            mesh.route(forwarder);
            sides.heap.add(HeapWatch.live(forwarder.pid()) / KIB);
            sides.resident.add(Resident.kib(forwarder.pid()));
            then.run(forwarder);
        }
    }

    private static void ping(Sheet sheet, Mesh mesh, ForwarderProcess forwarder, Figure hop)
            throws IOException, InterruptedException {
        mesh.routeAlongTheLine(forwarder, HOPS + 1);
        Node far = mesh.topology().nodes().get(HOPS);
        List<Long> ignored = roundTrips(forwarder, "warm", mesh.address(far), WARM_UP_S);
        int seconds = sheet.effort().seconds();
        List<Long> trips = roundTrips(forwarder, "ping", mesh.address(far), seconds);
        if (trips.isEmpty()) {
            throw new IOException("no answer over " + HOPS + " hops: " + forwarder.drops());
        }
        hop.add(trips.get(trips.size() / 2) / NANOS_PER_MICRO / 2 / HOPS);
    }

    /** In nanoseconds, the shortest first. */
    private static List<Long> roundTrips(
            ForwarderProcess forwarder, String app, Object to, int seconds)
            throws IOException, InterruptedException {
        String every = ", EVERY " + PING_EVERY_US + "us, FOR " + seconds + "s";
        forwarder.write("n0/host.start", app + " ping DST " + to + every);
        Thread.sleep(TimeUnit.SECONDS.toMillis(seconds) + TimeUnit.SECONDS.toMillis(1) / 2);
        forwarder.write("n0/host.stop", app);
        Map<String, Long> sent = new LinkedHashMap<>();
        List<Long> trips = new ArrayList<>();
        long next = 0;
        long from = -1;
        while (next > from) {
            from = next;
            // The first line says where the next part begins: "log FIRST NEXT LOST".
            for (String line : forwarder.read("n0/host.log", app + " " + from).split("\n", -1)) {
                String[] word = line.split(" ", -1);
                switch (word[0]) {
                    case "log" -> next = Long.parseLong(word[2]);
                    case "sent" -> sent.put(word[1], Long.parseLong(word[2]));
                    case "reply" -> {
                        Long begin = sent.remove(word[1]);
                        if (begin != null) {
                            trips.add(Long.parseLong(word[2]) - begin);
                        }
                    }
                    default -> {}
                }
            }
        }
        forwarder.write("n0/host.remove", app);
        trips.sort(null);
        return trips;
    }
}
