package vini.experiment.probe;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.NewLines;
import vini.experiment.run.UdpRow;
import vini.forwarder.host.app.DatagramSender;
import vini.forwarder.host.app.UdpArrived;
import vini.forwarder.host.app.UdpSent;
import vini.net.Quantity;
import vini.overlay.world.Host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A flow of datagrams in a run: one row a slice of time, from what both ends say of it. */
final class UdpProbe implements RunningProbe {
    private static final int FIRST_PORT = 5001;
    private static final double MILLIS = 1e6;
    private static final double BITS_PER_BYTE = 8;

    /** So long after the end of a slice the receiver has said what it got of it. */
    private static final double KNOWN_AFTER_S = 1.2;

    /** What the ends have said of a slice. */
    private record Slice(@Nullable UdpSent sent, @Nullable UdpArrived arrived) {
        static final Slice NOTHING = new Slice(null, null);
    }

    private final ProbeStart start;
    private final ProbeApps apps = new ProbeApps();
    private final AppLogReader sent;
    private final AppLogReader arrived;
    private final double atS;
    private final double everyS;
    private final double megabits;
    private final SortedMap<Long, Slice> slices = new TreeMap<>();

    private final NewLines settled = new NewLines(UdpRow.HEADER);

    /** The first slice that the run's listener has not heard of. */
    private long told;

    /** The first slice that has not been given as settled. */
    private long given;

    private double goneS = Double.POSITIVE_INFINITY;

    UdpProbe(ProbeStart start, UdpSpec spec) throws IOException {
        this.start = start;
        Host sender = start.host(spec.from());
        this.atS = spec.at().toNanos() / 1e9;
        this.everyS = spec.every().toNanos() / 1e9;
        this.megabits = (spec.size().bytes() + DatagramSender.HEADER_BYTES) * BITS_PER_BYTE / 1e6;
        String flow =
                "PORT "
                        + (FIRST_PORT + start.number())
                        + ", FLOW "
                        + start.number()
                        + ", AT "
                        + (start.startNanos() + spec.at().toNanos());
        this.arrived =
                apps.start(
                        start.host(spec.to()),
                        start.name() + "-sink",
                        "udp-receive",
                        flow + ", EVERY " + Quantity.ofNanos(spec.every().toNanos()));
        long end =
                spec.until() == null
                        ? start.durationNanos()
                        : Math.min(spec.until().toNanos(), start.durationNanos());
        this.sent =
                apps.start(
                        sender,
                        start.name(),
                        "udp-send",
                        "DST "
                                + start.address(spec.to())
                                + ", "
                                + flow
                                + ", "
                                + spec.load()
                                + ", FOR "
                                + Quantity.ofNanos(Math.max(0, end - spec.at().toNanos())));
    }

    @Override
    public void poll() throws IOException {
        for (UdpSent some : ProbeApps.read(sent, UdpSent.class)) {
            Slice slice = slices.getOrDefault(some.slice(), Slice.NOTHING);
            slices.put(some.slice(), new Slice(some, slice.arrived()));
        }
        for (UdpArrived some : ProbeApps.read(arrived, UdpArrived.class)) {
            Slice slice = slices.getOrDefault(some.slice(), Slice.NOTHING);
            slices.put(some.slice(), new Slice(slice.sent(), some));
        }
        tell(start.seconds(start.world().clock().nowNanos()));
    }

    private void tell(double nowS) {
        for (Map.Entry<Long, Slice> entry : slices.tailMap(told).entrySet()) {
            UdpRow row = row(entry.getKey(), entry.getValue());
            if (row.timeS() + everyS + KNOWN_AFTER_S > nowS) {
                return;
            }
            told = entry.getKey() + 1;
            start.listener().datagrams(start.name(), row, row.received() * megabits / everyS);
        }
    }

    @Override
    public void stop() throws IOException {
        apps.stop();
        poll();
    }

    @Override
    public void gone() {
        goneS = start.seconds(start.world().clock().nowNanos());
    }

    @Override
    public ProbeApps apps() {
        return apps;
    }

    @Override
    public Supplier<List<String>> settled() {
        List<UdpRow> rows = new ArrayList<>();
        slices.subMap(given, told)
                .forEach(
                        (number, slice) -> {
                            if (isKnown(number, slice)) {
                                rows.add(row(number, slice));
                            }
                        });
        given = told;
        return settled.next(rows, UdpRow::line);
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(UdpRow.HEADER);
        slices.forEach(
                (number, slice) -> {
                    if (isKnown(number, slice)) {
                        lines.add(row(number, slice).line());
                    }
                });
        return lines;
    }

    /** Whether what arrived of it was said, or nothing did, before an end was gone. */
    private boolean isKnown(long number, Slice slice) {
        return slice.arrived() != null || atS + (number + 1) * everyS + KNOWN_AFTER_S <= goneS;
    }

    private UdpRow row(long number, Slice slice) {
        UdpSent out = slice.sent();
        UdpArrived in = slice.arrived();
        long received = in == null ? 0 : in.received();
        return new UdpRow(
                atS + number * everyS,
                out == null ? 0 : out.sent(),
                out == null ? 0 : out.skipped(),
                out == null || out.sent() == 0 ? 0 : out.lateNanos() / MILLIS / out.sent(),
                out == null ? 0 : out.lateNanosMax() / MILLIS,
                received,
                in == null ? 0 : in.duplicates(),
                in == null ? 0 : in.reordered(),
                in == null || received == 0 ? Double.NaN : in.jitterNanos() / MILLIS / received,
                in == null || received == 0 ? Double.NaN : in.minNanos() / MILLIS,
                in == null || received == 0 ? Double.NaN : in.sumNanos() / MILLIS / received,
                in == null || received == 0 ? Double.NaN : in.maxNanos() / MILLIS,
                in == null ? "" : in.delays());
    }
}
