package vini.experiment.probe;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.UdpRow;
import vini.net.Quantity;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.ExactlyOne;
import vini.overlay.json.Range;
import vini.overlay.json.Rate;
import vini.overlay.json.Ref;
import vini.overlay.json.Size;
import vini.overlay.json.WrongKey;
import vini.overlay.world.OutsideHost;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Datagrams at a constant rate.
 *
 * @param rate of whole IP packets, as links count
 * @param size of the payload
 * @param until when it stops sending; null: at the end of the run
 * @param every how long the slices of time are for which there is a row
 */
@Called("udp")
@ExactlyOne({"rate", "pps"})
@Doc("UDP datagrams at a constant rate.")
public record UdpSpec(
        @Doc("The node or outside host that sends.") @Ref({"node", OutsideHost.SORT}) String from,
        @Doc("The node or outside host that receives.") @Ref({"node", OutsideHost.SORT}) String to,
        @Doc("Bits per second, with all headers from IP on.") @Nullable Rate rate,
        @Doc("Packets per second.") @Range(min = 1, max = 1_000_000) @Nullable Integer pps,
        @Doc("Bytes of data in a datagram, without headers.")
                @Bounds(min = "64B", max = "1472B")
                @Default("1400B")
                Size size,
        @Doc("When it begins to send.") @Bounds(max = "168h") @Default("0s") Duration at,
        @Doc("When it stops sending; at the end of the run if absent.") @Bounds(max = "168h")
                @Nullable Duration until,
        @Doc("How long the slices of time are for which there is a row.")
                @Bounds(min = "10ms", max = "10s")
                @Default("100ms")
                Duration every)
        implements ProbeSpec {
    private static final List<String> DELAYS = List.of("min", "median", "p95", "p99", "max");

    public UdpSpec {
        if (from.equals(to)) {
            throw new WrongKey("to", "the same as \"from\"; name another");
        }
        if (until != null && until.compareTo(at) <= 0) {
            throw new WrongKey("until", "not after \"at\"; write a later time");
        }
    }

    /** What the sending app is told of rate and size. */
    String load() {
        String pace = rate == null ? "PPS " + pps : "RATE " + rate;
        return pace + ", SIZE " + size.bytes() + "B, EVERY " + Quantity.ofNanos(every.toNanos());
    }

    @Override
    public List<String> figures() {
        return new FigureNames()
                .outages()
                .whole("late_ms_mean", "late_ms_max")
                .phasesOfWays()
                .both("sent", "skipped", "received", "lost", "loss_percent", "duplicates")
                .both("reordered", "mbps", "jitter_ms", "delay_ms")
                .both(DELAYS.stream().map(delay -> "delay_ms." + delay).toArray(String[]::new))
                .names();
    }

    @Override
    public List<String> head() {
        return List.of(UdpRow.HEADER);
    }

    @Override
    public RunningProbe start(ProbeStart start) throws IOException {
        return new UdpProbe(start, this);
    }

    /** Makes it known. */
    @AutoService(ProbeType.class)
    public static final class Type implements ProbeType {
        @Override
        public String key() {
            return "udp";
        }

        @Override
        public Class<UdpSpec> form() {
            return UdpSpec.class;
        }
    }
}
