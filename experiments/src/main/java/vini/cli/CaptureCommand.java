package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vini.forwarder.capture.CaptureFile;
import vini.forwarder.capture.CaptureFilter;
import vini.forwarder.capture.CaptureOrder;
import vini.forwarder.capture.Captured;
import vini.forwarder.capture.CapturedPacket;
import vini.forwarder.control.ControlClient;
import vini.forwarder.control.ControlException;
import vini.forwarder.filter.FilterException;
import vini.net.Ipv4Address;
import vini.net.Quantity;
import vini.overlay.graph.CapturePlan;
import vini.overlay.json.Problems;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Shows or keeps the packets of links and nodes of a slice that runs. */
@Command(
        name = "capture",
        header = "Show or keep the packets of links and nodes of a slice that runs.",
        description = {
            "",
            "PLACE is a link (A-B; each packet once, when it has crossed the link or is dropped) or"
                    + " a node (what comes, what goes and what ends there); without one it is all"
                    + " links."
        },
        footer = {
            "",
            "  vini capture abilene",
            "  vini capture abilene dnvr-kscy --filter 'icmp and host sttl'",
            "  vini capture abilene dnvr wash -w packets.pcapng --for 30s",
            "  vini capture abilene -w - | wireshark -k -i -",
            "",
            "Exit status: 0 good, 2 no such slice or place, or a mistake in the filter, 3 the"
                    + " forwarder does not answer, 130 interrupted, 143 terminated."
        })
final class CaptureCommand implements Callable<Integer> {
    private static final int POLL_MS = 100;
    private static final int ROOM_BYTES = 32 << 20;
    private static final String STANDARD_OUTPUT = "-";
    private static final double SECOND = 1e9;

    private final Terminal terminal;
    private final Slices slices;

    @Parameters(index = "0", paramLabel = "SLICE", description = "A slice that runs.")
    private String slice = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PLACE",
            description = "A link or a node.")
    private List<String> places = List.of();

    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            description = "Write pcapng there (-: standard output) instead of lines.")
    private @Nullable String file;

    @Option(
            names = "--filter",
            paramLabel = "EXPRESSION",
            description = "Which packets, as in tcpdump; hosts may be nodes' names.")
    private String filter = "";

    @Option(
            names = "--snap",
            paramLabel = "BYTES",
            description = "How much of each packet is kept; default: all.")
    private int snap = CaptureOrder.SNAP_BYTES_MAX;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "End after this time; default: at Ctrl-C.")
    private @Nullable String time;

    CaptureCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        long end = time == null ? Long.MAX_VALUE : System.nanoTime() + nanos(time);
        Topology topology =
                TopologyFile.read(slices.folder(slice).resolve("topology.json"), new Problems());
        CapturePlan plan = CapturePlaces.plan(topology, places);
        CaptureOrder order = order(topology, plan);
        String name = "cli" + ProcessHandle.current().pid();
        try (ControlClient forwarder = slices.connect(slice, "forwarder");
                Interruption _ = Interruption.ofThisThread()) {
            forwarder.write("capture", name + "\n" + order.text());
            long missed;
            try (Sink sink = sink(plan)) {
                missed = follow(forwarder, name, end, sink);
            } finally {
                forwarder.write("capture_end", name);
            }
            if (missed > 0) {
                terminal.complain(missed + " packets came faster than they were read");
            }
        }
        return Exit.GOOD.status();
    }

    private static long nanos(String text) {
        try {
            return Quantity.nanos(text);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongInput("--for " + e.getMessage());
        }
    }

    private CaptureOrder order(Topology topology, CapturePlan plan) {
        AddressPlan addresses = AddressPlan.of(topology);
        try {
            Map<String, Ipv4Address> hosts =
                    CaptureFilter.hosts(
                            filter,
                            name -> {
                                Node node = topology.node(name);
                                return node == null ? null : addresses.routerId(node);
                            });
            return new CaptureOrder(plan.points(), filter, hosts, snap, ROOM_BYTES);
        } catch (FilterException e) {
            throw CommandException.wrongInput("--filter: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongInput(String.valueOf(e.getMessage()));
        }
    }

    /** Where packets go. */
    private interface Sink extends AutoCloseable {
        void take(CapturedPacket packet) throws IOException;

        /** Whoever looks on sees what has come so far; returns whether anybody still does. */
        boolean flush() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Returns how many packets were missed. */
    private static long follow(ControlClient forwarder, String name, long end, Sink sink)
            throws IOException {
        while (true) {
            boolean over = System.nanoTime() >= end || !pause();
            Captured captured;
            try {
                captured = Captured.from(() -> forwarder.read("captured", name));
            } catch (ControlException e) {
                throw CommandException.machineCannot("the forwarder was started anew");
            }
            for (CapturedPacket packet : captured.packets()) {
                sink.take(packet);
            }
            if (!sink.flush() || over) {
                return captured.missed();
            }
        }
    }

    /** Returns whether nobody wants it to end. */
    private static boolean pause() {
        try {
            Thread.sleep(POLL_MS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private Sink sink(CapturePlan plan) throws IOException {
        return file == null ? new Lines(plan) : new Kept(plan, file);
    }

    private final class Lines implements Sink {
        private final CapturePlan plan;
        private final long begin = System.nanoTime();

        Lines(CapturePlan plan) {
            this.plan = plan;
        }

        @Override
        public void take(CapturedPacket packet) {
            CapturePlan.Seen seen = plan.seen(packet.point());
            double seconds = Math.max(0, packet.nanos() - begin) / SECOND;
            terminal.say(PacketLine.of(seconds, seen.at().name(), packet));
        }

        @Override
        public boolean flush() {
            return !terminal.out().checkError();
        }

        @Override
        public void close() {}
    }

    private final class Kept implements Sink {
        private final CapturePlan plan;
        private final CaptureFile to;
        private final String name;

        /** What must be added to the forwarder's clock to get the time since 1970. */
        private final long epochNanos = System.currentTimeMillis() * 1_000_000 - System.nanoTime();

        private final StandardOutput standard = new StandardOutput();
        private long packets;

        Kept(CapturePlan plan, String name) throws IOException {
            this.plan = plan;
            this.name = name;
            OutputStream out =
                    name.equals(STANDARD_OUTPUT) ? standard : Files.newOutputStream(Path.of(name));
            to = new CaptureFile(out, "vini", "slice " + slice, plan.interfaces(), snap);
        }

        @Override
        public void take(CapturedPacket packet) throws IOException {
            packets++;
            CapturePlan.Seen seen = plan.seen(packet.point());
            to.add(seen.number(), seen.direction(), epochNanos + packet.nanos(), packet);
        }

        @Override
        public boolean flush() throws IOException {
            to.flush();
            return !standard.isBroken;
        }

        @Override
        public void close() throws IOException {
            to.close();
            if (!name.equals(STANDARD_OUTPUT)) {
                terminal.say(name + "  " + packets + (packets == 1 ? " packet" : " packets"));
            }
        }
    }

    /** The standard output, which stays open; that nobody reads it any more is no error. */
    private static final class StandardOutput extends OutputStream {
        private final OutputStream out = new FileOutputStream(FileDescriptor.out);
        private boolean isBroken;

        @Override
        public void write(int oneByte) {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                isBroken = true;
            }
        }
    }
}
