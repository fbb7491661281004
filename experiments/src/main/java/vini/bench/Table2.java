package vini.bench;

import org.jspecify.annotations.Nullable;

import vini.overlay.host.KernelNamespace;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.world.Holdings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Table 2 of "In VINI Veritas": TCP through one forwarder. The paper had 195 Mb/s where the kernel,
 * without offloads, had 940.
 */
final class Table2 implements Scenario {
    private static final Path CONGESTION_CONTROL =
            Path.of("/proc/sys/net/ipv4/tcp_congestion_control");

    private static final List<Integer> STREAMS = List.of(1, 20);
    private static final int VINI_PORT = 5000;
    private static final int PACKETS_PORT = 6000;
    private static final int CLICK_PORT = 7000;
    private static final long UDP_BITS_PER_SECOND = 1_000_000_000L;
    private static final int UDP_BYTES = 1430;
    private static final int WARM_UP_S = 3;

    private static final String VINI = "vini";
    private static final String PACKETS = "vini, one packet a call";
    private static final String KERNEL = "kernel";
    private static final String VXLAN = "kernel VXLAN";
    private static final String WITHOUT = ", no offloads";

    private static final double OF_KERNEL = 0.4;
    private static final double OF_VXLAN = 0.6;
    private static final double OF_PACKETS = 10;

    /**
     * Two ends between which is measured, what is in between, and who may fail there alone, if
     * somebody may.
     */
    private record Way(
            String name,
            NetworkNamespace from,
            NetworkNamespace to,
            String address,
            boolean offloads,
            Supplier<List<Processor.Of>> processes,
            @Nullable Guest guest) {
        Figure figure(Sheet sheet, String subject, String unit) {
            Figure figure = sheet.figure(subject, name, unit);
            return guest == null ? figure : guest.own(figure);
        }

        Side side(String subject, Side.Measurement measurement) {
            String what = subject + ", " + name;
            return guest == null ? new Side(what, measurement) : guest.side(what, measurement);
        }

        boolean isKernel() {
            return processes.get().isEmpty();
        }
    }

    @Override
    public String name() {
        return "table2";
    }

    @Override
    public String title() {
        return "TCP and UDP from Src through Fwdr to Sink, a forwarder process on each, beside the"
                + " kernel's own forwarding and VXLAN";
    }

    @Override
    public List<Need> needs() {
        return Needs.TESTBED;
    }

    @Override
    public void run(Sheet sheet) throws IOException, InterruptedException {
        try (Holdings held = new Holdings()) {
            sheet.doing("building the testbed");
            Testbed bed = Testbed.create();
            held.add(bed::close);
            Chain vini = Chain.start(bed, Chain.Units.OFFLOAD, VINI_PORT);
            held.add(vini::close);
            Chain packets = Chain.start(bed, Chain.Units.PACKETS, PACKETS_PORT);
            held.add(packets::close);
            List<Way> ways =
                    new ArrayList<>(
                            List.of(
                                    way(VINI, vini),
                                    kernel(bed, KERNEL, Testbed.SNK, true),
                                    kernel(bed, VXLAN, Testbed.VXLAN_SNK, true),
                                    way(PACKETS, packets),
                                    kernel(bed, KERNEL + WITHOUT, Testbed.SNK, false),
                                    kernel(bed, VXLAN + WITHOUT, Testbed.VXLAN_SNK, false)));
            Click click = sheet.click();
            if (click != null) {
                ways.add(click(click, bed, held));
            }
            for (Way way : ways) {
                if (!way.isKernel()) {
                    // Java compiles what is used.
                    sheet.doing("warming up: " + way.name());
                    way.side("", () -> transfer(way, 1, WARM_UP_S)).measurement().run();
                }
            }
            for (int streams : STREAMS) {
                tcp(sheet, bed, ways, streams);
            }
            bed.offloads(true);
            udp(sheet, bed, vini, ways.subList(0, 2));
        }
        sheet.note(
                "Gb/s is payload that iperf3 received. No offloads: TSO, GSO and GRO of all devices"
                        + " are off, checksums as before.");
        sheet.note(
                "TCP is that of the machine's default: "
                        + Files.readString(CONGESTION_CONTROL).strip()
                        + ".");
    }

    private static Iperf transfer(Way way, int streams, int seconds)
            throws IOException, InterruptedException {
        return Iperf.tcp(way.from(), way.to(), way.address(), streams, seconds);
    }

    /** Its hosts are the machines of the testbed. */
    private static Way click(Click click, Testbed bed, Holdings held) throws InterruptedException {
        ClickChain chain = new ClickChain(click, bed, CLICK_PORT);
        held.add(chain::close);
        Guest guest = new Guest();
        guest.attempt(chain::start);
        return new Way(
                "click", bed.src(), bed.snk(), ClickPeer.address(2), true, chain::processes, guest);
    }

    private static Way way(String name, Chain chain) {
        return new Way(
                name, chain.host(0), chain.host(2), chain.address(2), true, chain::processes, null);
    }

    private static Way kernel(Testbed bed, String name, String address, boolean offloads) {
        return new Way(name, bed.src(), bed.snk(), address, offloads, List::of, null);
    }

    private static void tcp(Sheet sheet, Testbed bed, List<Way> ways, int streams)
            throws IOException, InterruptedException {
        String subject = streams == 1 ? "TCP, 1 stream" : "TCP, " + streams + " streams";
        List<Figure> figures = new ArrayList<>();
        List<Side> sides = new ArrayList<>();
        for (Way way : ways) {
            Figure figure = way.figure(sheet, subject, "Gb/s");
            figures.add(figure);
            sides.add(
                    way.side(
                            subject,
                            () -> {
                                bed.offloads(way.offloads());
                                figure.add(measure(sheet, subject, way, streams));
                            }));
        }
        sheet.rounds(sides);
        Figure ours = figures.get(0);
        sheet.bound(Bound.timesAtLeast(ours, OF_KERNEL, figures.get(1)));
        sheet.bound(Bound.timesAtLeast(ours, OF_VXLAN, figures.get(2)));
        sheet.bound(Bound.timesAtLeast(ours, OF_PACKETS, figures.get(3)));
    }

    private static double measure(Sheet sheet, String subject, Way way, int streams)
            throws IOException, InterruptedException {
        String side = subject + ", " + way.name();
        Processor processor = new Processor(way.processes().get());
        Iperf run = transfer(way, streams, sheet.effort().seconds());
        processor.report(sheet, side);
        sheet.cpu(side, "iperf3 sender", run.senderCpuSeconds());
        sheet.cpu(side, "iperf3 receiver", run.receiverCpuSeconds());
        sheet.moved(side, run.gigabits() * sheet.effort().seconds());
        return run.gigabits();
    }

    private static void udp(Sheet sheet, Testbed bed, Chain vini, List<Way> ways)
            throws IOException, InterruptedException {
        String subject = "UDP of 1430 bytes at 1 Gb/s";
        List<Side> sides = new ArrayList<>();
        List<Figure> onTheWay = new ArrayList<>();
        List<String> before = vini.drops();
        long[] tunnels = new long[1];
        long[] devices = new long[1];
        for (Way way : ways) {
            Figure lost = sheet.figure(subject + ", lost on the way", way.name(), "packets");
            Figure overflow = sheet.figure(subject + ", lost at iperf3", way.name(), "packets");
            Figure sent = sheet.figure(subject + ", as iperf3 sent it", way.name(), "Gb/s");
            onTheWay.add(lost);
            sides.add(
                    new Side(
                            subject + ", " + way.name(),
                            () -> {
                                long full = KernelDrops.ofSockets(way.to());
                                long tunnelsFull = tunnelOverflow(bed, way);
                                long devicesFull = deviceDrops(way);
                                Iperf run = udp(sheet, way);
                                full = KernelDrops.ofSockets(way.to()) - full;
                                tunnels[0] += tunnelOverflow(bed, way) - tunnelsFull;
                                devices[0] += deviceDrops(way) - devicesFull;
                                // What comes after iperf3 has counted is dropped by its socket,
                                // too.
                                lost.add(Math.max(0.0, (double) run.lostPackets() - full));
                                overflow.add((double) full);
                                sent.add(run.sentGigabits());
                            }));
        }
        sheet.rounds(sides);
        sheet.bound(Bound.atMost(onTheWay.getFirst(), 0));
        List<String> after = vini.drops();
        after.removeAll(before);
        sheet.note(
                "UDP that is lost at iperf3 has passed the chain and found the buffer of iperf3's"
                        + " own socket full. Of the rest "
                        + tunnels[0]
                        + " datagrams found the buffer of a tunnel full, "
                        + devices[0]
                        + " packets the queue of a host's device, and the forwarders' books say: "
                        + (after.isEmpty() ? "none dropped." : "dropped " + after + "."));
    }

    /** Datagrams that found a tunnel's socket full; the kernel's way has none. */
    private static long tunnelOverflow(Testbed bed, Way way)
            throws IOException, InterruptedException {
        return way.isKernel()
                ? 0
                : KernelDrops.ofSockets(bed.src())
                        + KernelDrops.ofSockets(bed.fwd())
                        + KernelDrops.ofSockets(bed.snk());
    }

    /** Packets that the device of a kernel host could not queue; the kernel's way has none. */
    private static long deviceDrops(Way way) throws IOException, InterruptedException {
        return way.isKernel()
                ? 0
                : KernelDrops.ofDevice(way.from(), KernelNamespace.DEVICE)
                        + KernelDrops.ofDevice(way.to(), KernelNamespace.DEVICE);
    }

    private static Iperf udp(Sheet sheet, Way way) throws IOException, InterruptedException {
        return Iperf.udp(
                way.from(),
                way.to(),
                way.address(),
                UDP_BITS_PER_SECOND,
                UDP_BYTES,
                sheet.effort().seconds());
    }
}
