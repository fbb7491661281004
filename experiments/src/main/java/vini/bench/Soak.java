package vini.bench;

import vini.experiment.Books;
import vini.experiment.run.PacketBooks;
import vini.overlay.world.FailureMode;
import vini.overlay.world.Holdings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Load, failures and churn for long: nothing leaks, the books balance, and traffic stands still no
 * longer than routing and TCP explain.
 */
final class Soak implements Scenario {
    /**
     * Two ways from src to sink, of which that by {@code left} is shorter, and two nodes whose best
     * ways from everywhere change with the cost of the link between them.
     */
    private static final String TOPOLOGY =
            """
            { "name": "bench", "tunnels": "udp",
              "routing": { "protocol": "ospf", "hello": "1s", "dead": "3s" },
              "nodes": { "src": {}, "left": {}, "right": {}, "sink": {}, "far": {}, "near": {} },
              "links": [
                { "between": ["src", "left"], "cost": 10 },
                { "between": ["left", "sink"], "cost": 10 },
                { "between": ["src", "right"], "cost": 15, "delay": "1ms" },
                { "between": ["right", "sink"], "cost": 15 },
                { "between": ["left", "far"], "cost": 10 },
                { "between": ["right", "near"], "cost": 20 },
                { "between": ["far", "near"], "cost": 5 } ] }
            """;

    private static final int SRC = 0;
    private static final int SINK = 3;
    private static final int CHURNING_LINK = 6;
    private static final double DEAD_S = 3;

    /** Flooding, and the longest that a calculation of routes waits for another change. */
    private static final double SPF_S = 0.2;

    private static final int STREAMS = 20;
    private static final String PORT = "5201";
    private static final double INTERVAL_S = 0.1;

    /** TCP's timer is at least so long; it doubles as long as nothing comes. */
    private static final double TCP_TIMER_S = 0.2;

    private static final int FULL_S = 120;

    /** Two failures in each half. */
    private static final int QUICK_S = 22;

    private static final int WARM_UP_S = 10;
    private static final int QUICK_WARM_UP_S = 3;
    private static final int PART_S = 30;
    private static final int PARTS_MAX = 6;
    private static final int PATIENCE_S = 30;

    private static final int DRAIN_MS = 10_000;
    private static final int DRAIN_POLL_MS = 50;
    private static final double GROWTH_MAX = 1.1;

    /** What classes, compiled code's tables and journals may still add. */
    private static final double HEAP_GROWTH_KIB = 2048;

    private static final String RESIDENT = "memory of the forwarder while it works";
    private static final double KIB = 1024;

    /** Something that is done to the slice before each transfer that is measured. */
    @FunctionalInterface
    interface Mischief {
        void make(Slice slice) throws IOException;
    }

    private final Mischief mischief;

    public Soak() {
        this(slice -> {});
    }

    /** One that should fail, to see that it can. */
    Soak(Mischief mischief) {
        this.mischief = mischief;
    }

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String title() {
        return "20 TCP streams while a link of their way fails each 5 s and forwarding tables"
                + " churn: what leaks, whether the books balance, how long traffic stands still";
    }

    @Override
    public List<Need> needs() {
        List<Need> needs = new ArrayList<>(Needs.SLICE);
        needs.add(HeapWatch.JCMD);
        return needs;
    }

    @Override
    public Effort effort(boolean quick) {
        return new Effort(1, quick ? QUICK_S : FULL_S, quick);
    }

    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    /** What is left in the forwarder when nothing is sent any more. */
    private record Rest(long packets, long bytes, long missing, double heapKib) {}

    /** The rows of the sheet. */
    private record Rows(
            Figure rate,
            Figure down,
            Figure silent,
            Figure stream,
            Figure packets,
            Figure bytes,
            Figure missing,
            Figure heap) {
        static Rows of(Sheet sheet) {
            String still = "longest time in which nothing arrived";
            String left = "when all has drained: ";
            return new Rows(
                    sheet.figure("TCP, 20 streams", "vini", "Gb/s"),
                    sheet.figure(still, "links down", "s"),
                    sheet.figure(still, "links silent", "s"),
                    sheet.figure(still, "one stream", "s"),
                    sheet.figure(left + "packets in use", "forwarder", "packets"),
                    sheet.figure(left + "memory of packets more than before", "forwarder", "KiB"),
                    sheet.figure("what the books miss", "all nodes", "packets"),
                    sheet.figure(left + "live heap more than before", "forwarder", "KiB"));
        }
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        Rows rows = Rows.of(sheet);
        List<Double> resident = new ArrayList<>();
        try (Holdings held = new Holdings()) {
            sheet.doing("starting a slice of six nodes");
            Slice slice = Slice.start(TOPOLOGY);
            held.add(slice::close);
            sheet.doing("warming up");
            List<Double> ignored = new ArrayList<>();
            int warmUp = sheet.effort().quick() ? QUICK_WARM_UP_S : WARM_UP_S;
            part(slice, warmUp, Rows.of(new Sheet(sheet.effort(), doing -> {})), ignored);
            Rest before = drain(slice);
            int seconds = sheet.effort().seconds();
            int parts = Math.clamp(seconds / PART_S, 2, PARTS_MAX);
            sheet.rounds(
                    IntStream.rangeClosed(1, parts)
                            .mapToObj(
                                    number ->
                                            new Side(
                                                    "part " + number + " of " + parts,
                                                    () -> {
                                                        int length = Math.max(1, seconds / parts);
                                                        mischief.make(slice);
                                                        part(slice, length, rows, resident);
                                                        compare(rows, before, drain(slice));
                                                    }))
                            .toList());
            books(sheet, slice);
        }
        bounds(sheet, rows, resident);
    }

    /** A transfer, with failures and churn while it goes on. */
    private static void part(Slice slice, int seconds, Rows rows, List<Double> resident)
            throws IOException, InterruptedException {
        String[] listen = {
            "iperf3",
            "-s",
            "-1",
            "-p",
            PORT,
            "-i",
            "" + INTERVAL_S,
            "-f",
            "k",
            "--forceflush",
            "--idle-timeout",
            "" + PATIENCE_S
        };
        String[] send = {
            "iperf3",
            "-J",
            "-c",
            slice.address(SINK),
            "-p",
            PORT,
            "-P",
            "" + STREAMS,
            "-t",
            "" + seconds,
            "-i",
            "0"
        };
        try (Program server = Program.start(slice.host(SINK), listen)) {
            server.await("listening");
            List<Trouble.Failure> failures;
            try (Program client = Program.start(slice.host(SRC), send)) {
                failures =
                        new Trouble(slice, SRC, SINK, CHURNING_LINK)
                                .make(seconds, client, resident);
                rows.rate().add(Iperf.read(client.end(PATIENCE_S)).gigabits());
            }
            Arrivals arrivals = Arrivals.of(server.end(PATIENCE_S));
            if (arrivals.seconds() < seconds - 1) {
                throw new IOException(
                        "iperf3 told of " + arrivals.seconds() + " s instead of " + seconds);
            }
            add(rows, arrivals, failures);
        }
    }

    private static void add(Rows rows, Arrivals arrivals, List<Trouble.Failure> failures) {
        double down = 0;
        double silent = 0;
        for (Arrivals.Gap gap : arrivals.gaps()) {
            if (modeBefore(gap, failures) == FailureMode.SILENT) {
                silent = Math.max(silent, gap.seconds());
            } else {
                down = Math.max(down, gap.seconds());
            }
        }
        rows.down().add(down);
        rows.silent().add(silent);
        rows.stream().add(arrivals.longestOfAStream());
    }

    /** How the link failed after which the gap began; the two clocks differ by a little. */
    private static FailureMode modeBefore(Arrivals.Gap gap, List<Trouble.Failure> failures) {
        return failures.stream()
                .filter(failure -> failure.at() <= gap.from() + 2 * INTERVAL_S)
                .reduce((earlier, later) -> later)
                .map(Trouble.Failure::mode)
                .orElse(FailureMode.DOWN);
    }

    /** Waits until packets in use are as few as they become, and looks at everything then. */
    private static Rest drain(Slice slice) throws IOException, InterruptedException {
        long packets = number(slice, "packets");
        long bytes = number(slice, "packet_bytes");
        for (int waited = 0; packets + bytes > 0 && waited < DRAIN_MS; waited += DRAIN_POLL_MS) {
            Thread.sleep(DRAIN_POLL_MS);
            packets = Math.min(packets, number(slice, "packets"));
            bytes = Math.min(bytes, number(slice, "packet_bytes"));
        }
        PacketBooks books = Books.of(slice.keeper().readForwarder("books"));
        return new Rest(
                packets, bytes, books.missing(), HeapWatch.live(slice.pid("forwarder")) / KIB);
    }

    private static long number(Slice slice, String handler) throws IOException {
        return Long.parseLong(slice.keeper().readForwarder(handler).strip());
    }

    private static void compare(Rows rows, Rest before, Rest after) {
        rows.packets().add((double) after.packets());
        rows.bytes().add((after.bytes() - before.bytes()) / KIB);
        rows.missing().add((double) Math.abs(after.missing()));
        rows.heap().add(after.heapKib() - before.heapKib());
    }

    private static void books(Sheet sheet, Slice slice) throws IOException, InterruptedException {
        PacketBooks books = Books.of(slice.keeper().readForwarder("books"));
        sheet.note(
                "Books: "
                        + books.sent()
                        + " packets sent, "
                        + books.delivered()
                        + " delivered, dropped "
                        + books.dropped()
                        + ". They miss what is neither of these, nor in use at that moment.");
    }

    private static void bounds(Sheet sheet, Rows rows, List<Double> resident) {
        int third = resident.size() / 3;
        Figure first = sheet.figure(RESIDENT, "first third", "KiB");
        Figure last = sheet.figure(RESIDENT, "last third", "KiB");
        resident.subList(0, third).forEach(first::add);
        resident.subList(resident.size() - third, resident.size()).forEach(last::add);
        sheet.bound(Bound.neverAbove(rows.down(), stall(SPF_S)));
        sheet.bound(Bound.neverAbove(rows.silent(), stall(DEAD_S + SPF_S)));
        sheet.bound(Bound.neverAbove(rows.packets(), 0));
        sheet.bound(Bound.neverAbove(rows.bytes(), 0));
        sheet.bound(Bound.neverAbove(rows.missing(), 0));
        sheet.bound(Bound.neverAbove(rows.heap(), HEAP_GROWTH_KIB));
        sheet.bound(Bound.timesAtMost(last, GROWTH_MAX, first));
        sheet.note(
                "Churn: "
                        + Trouble.ROUTES
                        + " routes come and go at each of six nodes each "
                        + 2 * Trouble.TICK_MS
                        + " ms, and a cost changes each second. Memory of packets includes the"
                        + " blocks that sockets and devices are read into next. The heap is"
                        + " measured after a collection, and both are compared with what they were"
                        + " after the first transfer.");
        sheet.note(
                "Of four failures one is silent, and only the dead interval of "
                        + Numbers.of(DEAD_S)
                        + " s tells; the others are told at once. Routes have changed at most "
                        + Numbers.of(SPF_S)
                        + " s later. TCP's timer, "
                        + Numbers.of(TCP_TIMER_S)
                        + " s or more, doubles as long as nothing comes: traffic may stand still"
                        + " for twice the outage and twice the timer, to the "
                        + Numbers.of(INTERVAL_S)
                        + " s of iperf3's intervals. One stream may lose its retransmissions, too,"
                        + " and wait longer.");
    }

    /** How long traffic may stand still when routing needs that long. */
    private static double stall(double outage) {
        return 2 * (outage + TCP_TIMER_S) + 2 * INTERVAL_S;
    }
}
