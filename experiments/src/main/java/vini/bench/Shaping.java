package vini.bench;

import vini.overlay.host.KernelNamespace;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.world.Holdings;

import java.io.IOException;
import java.util.List;

/** What a link does is what was configured: rate, delay and loss, as programs in hosts see them. */
final class Shaping implements Scenario {
    private static final String TOPOLOGY =
            """
            { "name": "bench",
              "nodes": { "a": {}, "b": {} },
              "links": [ { "between": ["a", "b"], "delay": "5ms" } ] }
            """;

    private static final List<Integer> MEGABITS = List.of(10, 100, 1000);
    private static final double DELAY_MICROS = 5000;
    private static final double RATE_OFF = 0.02;
    private static final double DELAY_OFF_MICROS = 200;
    private static final double LOSS = 0.01;

    /** 99 % of a normal distribution lie within so many standard deviations. */
    private static final double SIGMAS = 2.5758;

    private static final int HEADERS_BYTES = 52;
    private static final int ECHO_BYTES = 84;
    private static final int ECHOES = 10;
    private static final int MEANS = 20;
    private static final int QUICK_MEANS = 5;
    private static final int OMIT_S = 2;
    private static final int WARM_UP_S = 4;
    private static final long LOSSY_BITS_PER_SECOND = 20_000_000L;
    private static final int LOSSY_BYTES = 1000;
    private static final String VINI = "vini";
    private static final double MEGA_PER_GIGA = 1000;
    private static final double PERCENT = 100;

    @Override
    public String name() {
        return "shape";
    }

    @Override
    public String title() {
        return "links of 10, 100 and 1000 Mb/s and 5 ms, and of 1 % loss: what iperf3 and ping see,"
                + " beside what was configured";
    }

    @Override
    public List<Need> needs() {
        return Needs.SLICE;
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        try (Holdings held = new Holdings()) {
            sheet.doing("starting a slice of two nodes");
            Slice slice = Slice.start(TOPOLOGY);
            held.add(slice::close);
            Link link = slice.link(0);
            // Java compiles what it uses.
            sheet.doing("warming up");
            Iperf ignored = Iperf.tcp(slice.host(0), slice.host(1), slice.address(1), 1, WARM_UP_S);
            for (int megabits : MEGABITS) {
                set(slice, link, "rate", megabits + "Mbps");
                // A queue of a bandwidth-delay product, so that one TCP flow fills the link.
                set(slice, link, "queue", Integer.toString(Math.max(100, megabits)));
                rate(sheet, slice, megabits);
                delay(sheet, slice, megabits);
            }
            set(slice, link, "rate", "none");
            slice.keeper().links().set(link, End.A, "loss", "1%");
            loss(sheet, slice);
        }
        sheet.note(
                "A rate is that of IP packets: what iperf3 received by TCP (cubic), and 52 bytes of"
                    + " headers for each segment. A round trip is twice the delay and the time that"
                    + " 84 bytes take at the rate. Loss is in one direction.");
    }

    private static void set(Slice slice, Link link, String property, String value)
            throws IOException {
        for (End end : End.values()) {
            slice.keeper().links().set(link, end, property, value);
        }
    }

    private static void configured(Sheet sheet, String subject, String unit, double value) {
        sheet.figure(subject, "configured", unit).add(value);
    }

    private static void rate(Sheet sheet, Slice slice, int megabits)
            throws IOException, InterruptedException {
        String subject = "TCP over " + megabits + " Mb/s, as IP packets";
        configured(sheet, subject, "Mb/s", megabits);
        Figure rate = sheet.figure(subject, VINI, "Mb/s");
        NetworkNamespace from = slice.host(0);
        NetworkNamespace to = slice.host(1);
        sheet.rounds(
                List.of(
                        new Side(
                                subject,
                                () -> {
                                    Iperf run =
                                            Iperf.tcpSettled(
                                                    from,
                                                    to,
                                                    slice.address(1),
                                                    OMIT_S,
                                                    sheet.effort().seconds());
                                    double whole = 1 + (double) HEADERS_BYTES / run.segmentBytes();
                                    rate.add(run.gigabits() * MEGA_PER_GIGA * whole);
                                })));
        sheet.bound(Bound.between(rate, megabits * (1 - RATE_OFF), megabits * (1 + RATE_OFF)));
    }

    private static void delay(Sheet sheet, Slice slice, int megabits)
            throws IOException, InterruptedException {
        String subject = "round trip over " + megabits + " Mb/s, means of " + ECHOES;
        double expected = 2 * (DELAY_MICROS + ECHO_BYTES * 8.0 / megabits);
        configured(sheet, subject, "us", expected);
        Figure trip = sheet.figure(subject, VINI, "us");
        int means = sheet.effort().quick() ? QUICK_MEANS : MEANS;
        NetworkNamespace from = slice.host(0);
        sheet.rounds(
                List.of(
                        new Side(
                                subject,
                                () -> {
                                    for (int i = 0; i < means; i++) {
                                        trip.add(Ping.mean(from, slice.address(1), ECHOES));
                                    }
                                })));
        sheet.bound(Bound.between(trip, expected - DELAY_OFF_MICROS, expected + DELAY_OFF_MICROS));
    }

    private static void loss(Sheet sheet, Slice slice) throws IOException, InterruptedException {
        String subject = "UDP packets lost over 1 % loss";
        configured(sheet, subject, "%", PERCENT * LOSS);
        Figure lost = sheet.figure(subject, VINI, "%");
        long[] packets = new long[2];
        long[] others = new long[1];
        NetworkNamespace from = slice.host(0);
        NetworkNamespace to = slice.host(1);
        sheet.rounds(
                List.of(
                        new Side(
                                subject,
                                () -> {
                                    long full = kernelDrops(from, to);
                                    Iperf run =
                                            Iperf.udp(
                                                    from,
                                                    to,
                                                    slice.address(1),
                                                    LOSSY_BITS_PER_SECOND,
                                                    LOSSY_BYTES,
                                                    sheet.effort().seconds());
                                    full = kernelDrops(from, to) - full;
                                    long onTheLink = run.lostPackets() - full;
                                    others[0] += full;
                                    packets[0] += run.packets();
                                    packets[1] += onTheLink;
                                    lost.add(PERCENT * onTheLink / run.packets());
                                })));
        Figure all = sheet.figure(subject, "vini, all rounds together", "%");
        all.add(PERCENT * packets[1] / packets[0]);
        double spread = SIGMAS * Math.sqrt(LOSS * (1 - LOSS) / packets[0]);
        sheet.bound(Bound.between(all, PERCENT * (LOSS - spread), PERCENT * (LOSS + spread)));
        sheet.note(
                "Of "
                        + packets[0]
                        + " UDP packets "
                        + packets[1]
                        + " were lost on the link. Not counted are "
                        + others[0]
                        + " that the queues of iperf3's socket and of the hosts' devices could not"
                        + " hold, since others had the processor.");
    }

    private static long kernelDrops(NetworkNamespace from, NetworkNamespace to)
            throws IOException, InterruptedException {
        return KernelDrops.ofSockets(to)
                + KernelDrops.ofDevice(from, KernelNamespace.DEVICE)
                + KernelDrops.ofDevice(to, KernelNamespace.DEVICE);
    }
}
