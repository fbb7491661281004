package vini.experiment.probe;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.CaptureRow;
import vini.forwarder.capture.CaptureFile;
import vini.forwarder.capture.CaptureFilter;
import vini.forwarder.capture.CaptureOrder;
import vini.forwarder.capture.Captured;
import vini.forwarder.capture.CapturedPacket;
import vini.forwarder.filter.FilterException;
import vini.net.Ipv4Address;
import vini.overlay.graph.CapturePlan;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A capture in a run. The packets go to the file as they come, so that no more of them is in memory
 * than what has come since the last look. Times in the file are those of the run: t = 0 is the
 * beginning of 1970 there, so that a program that shows seconds shows those of the events.
 */
final class CaptureProbe implements RunningProbe {
    /** For what comes between two looks, some 100 ms apart: that of 2 Gb/s in whole packets. */
    private static final int ROOM_BYTES = 32 << 20;

    /** What has become of packets at a place. */
    private static final class Fate {
        private long packets;
        private long bytes;
        private long written;
    }

    private record Kind(int point, @Nullable String place, @Nullable String reason) {}

    private final ProbeStart start;
    private final CapturePlan plan;
    private final CaptureOrder order;
    private final CaptureFile file;
    private final long limitBytes;
    private final Map<Kind, Fate> fates = new LinkedHashMap<>();

    /** Of the process that counts now, and of those before it. */
    private long missed;

    private long missedBefore;
    private boolean begun;
    private boolean isFull;
    private boolean over;
    private @Nullable String trouble;

    CaptureProbe(ProbeStart start, CaptureSpec spec) throws IOException {
        this.start = start;
        this.plan = plan(start.world().topology(), spec);
        this.limitBytes = spec.limit().bytes();
        int snap = (int) spec.snap().bytes();
        String filter = spec.filter() == null ? "" : spec.filter();
        order =
                new CaptureOrder(
                        plan.points(),
                        filter,
                        hosts(filter),
                        snap,
                        (int) Math.min(ROOM_BYTES, limitBytes));
        file =
                new CaptureFile(
                        Files.newOutputStream(
                                start.folder().resolve(CaptureSpec.packets(start.name()))),
                        "vini",
                        "Times are seconds since t = 0 of the run, as if that were the beginning of"
                                + " 1970."
                                + (filter.isEmpty() ? "" : " Filter: " + filter),
                        plan.interfaces(),
                        snap);
        start.world().clock().timer(this::begin).at(start.startNanos());
    }

    private static CapturePlan plan(Topology topology, CaptureSpec spec) {
        CapturePlan plan = new CapturePlan(topology);
        for (Link link : topology.links()) {
            boolean wanted =
                    spec.links() == null
                            ? spec.nodes() == null
                            : spec.links().stream()
                                    .anyMatch(name -> link.connects(name.from(), name.to()));
            if (wanted) {
                plan.add(link);
            }
        }
        for (Node node : topology.nodes()) {
            if (spec.nodes() != null && spec.nodes().contains(node.name())) {
                plan.add(node);
            }
        }
        return plan;
    }

    /** The addresses of the hosts that the filter names. */
    private Map<String, Ipv4Address> hosts(String filter) throws IOException {
        try {
            return CaptureFilter.hosts(filter, start::addressOrNull);
        } catch (FilterException e) {
            throw new IOException("probe " + start.name() + ": filter: " + e.getMessage(), e);
        }
    }

    private void begin() {
        if (over) {
            return;
        }
        try {
            start.world().capture(start.name(), order);
            begun = true;
            trouble = null;
        } catch (IOException e) {
            trouble(e);
        }
    }

    /** The forwarder is away for a while: another one begins again, at the next look. */
    private void trouble(IOException e) {
        if (trouble == null) {
            trouble = String.valueOf(e.getMessage());
            double now = start.seconds(start.world().clock().nowNanos());
            start.listener().note(now, start.name() + " cannot capture: " + trouble);
        }
        if (begun) {
            begun = false;
            missedBefore += missed;
            missed = 0;
        }
    }

    @Override
    public void poll() throws IOException {
        if (!begun) {
            begin();
        }
        if (begun) {
            fetch();
        }
    }

    private void fetch() throws IOException {
        Captured captured;
        try {
            captured = start.world().captured(start.name());
        } catch (IOException e) {
            trouble(e);
            return;
        }
        missed = captured.missed();
        for (CapturedPacket packet : captured.packets()) {
            take(packet);
        }
        file.flush();
    }

    private void take(CapturedPacket packet) throws IOException {
        Kind kind = new Kind(packet.point(), packet.place(), packet.reason());
        Fate fate = fates.computeIfAbsent(kind, k -> new Fate());
        fate.packets++;
        fate.bytes += packet.length();
        if (isFull) {
            return;
        }
        CapturePlan.Seen seen = plan.seen(packet.point());
        if (file.bytes() + CaptureFile.bytesOf(seen.direction(), packet) > limitBytes) {
            // Also for packets that would still fit: a file with holes would mislead.
            isFull = true;
            start.listener()
                    .note(
                            start.seconds(packet.nanos()),
                            start.name() + " is full: later packets are only counted");
            return;
        }
        fate.written++;
        long nanos = Math.max(0, packet.nanos() - start.startNanos());
        file.add(seen.number(), seen.direction(), nanos, packet);
    }

    @Override
    public void stop() throws IOException {
        over = true;
        try {
            if (begun) {
                fetch();
                start.world().endCapture(start.name());
            }
        } finally {
            file.close();
        }
    }

    @Override
    public boolean isInForwarder() {
        return false;
    }

    @Override
    public int ports() {
        return 0;
    }

    @Override
    public long lost() {
        return missedBefore + missed;
    }

    @Override
    public Supplier<List<String>> settled() {
        List<String> now = lines();
        return () -> now;
    }

    /** Its rows are counts, which grow. */
    @Override
    public boolean settlesAnew() {
        return true;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(CaptureRow.HEADER));
        fates.forEach((kind, fate) -> lines.add(row(kind, fate).line()));
        if (lost() > 0) {
            lines.add(new CaptureRow(CaptureRow.MISSED, "", null, null, lost(), 0, 0).line());
        }
        return lines;
    }

    private CaptureRow row(Kind kind, Fate fate) {
        CapturePlan.Seen seen = plan.seen(kind.point());
        return new CaptureRow(
                seen.at().name(),
                switch (seen.direction()) {
                    case UNKNOWN -> "";
                    case INBOUND -> "in";
                    case OUTBOUND -> "out";
                },
                kind.place(),
                kind.reason(),
                fate.packets,
                fate.bytes,
                fate.written);
    }
}
