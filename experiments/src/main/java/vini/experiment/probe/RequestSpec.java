package vini.experiment.probe;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.RequestRow;
import vini.net.Quantity;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.ExactlyOne;
import vini.overlay.json.Range;
import vini.overlay.json.Ref;
import vini.overlay.json.Size;
import vini.overlay.json.WrongKey;
import vini.overlay.world.OutsideHost;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Requests and responses over TCP.
 *
 * @param every between two requests, whatever becomes of those before
 * @param concurrency how many go on at a time, each followed by the next
 * @param keep whether a connection serves for many
 * @param timeout after which a request has failed
 */
@Called("request")
@ExactlyOne({"every", "concurrency"})
@Doc("Requests and responses over TCP.")
public record RequestSpec(
        @Doc("The node or outside host that asks.") @Ref({"node", OutsideHost.SORT}) String from,
        @Doc("The node or outside host that answers.") @Ref({"node", OutsideHost.SORT}) String to,
        @Doc("Bytes of a request.") @Bounds(min = "1B", max = "1GB") @Default("100B") Size request,
        @Doc("Bytes of a response.") @Bounds(min = "1B", max = "1GB") @Default("10KB")
                Size response,
        @Doc("Time between two requests, whatever becomes of those before.")
                @Bounds(min = "1ms", max = "1h")
                @Nullable Duration every,
        @Doc("How many go on at a time, each followed by the next one.") @Range(min = 1, max = 1000)
                @Nullable Integer concurrency,
        @Doc("Whether one connection serves for many requests; else each has its own.")
                @Default("false")
                boolean keep,
        @Doc("After so long without a response a request has failed.")
                @Bounds(min = "10ms", max = "1h")
                @Default("10s")
                Duration timeout)
        implements ProbeSpec {
    public RequestSpec {
        if (from.equals(to)) {
            throw new WrongKey("to", "the same as \"from\"; name another");
        }
    }

    /** What the responding app is told of sizes, and the asking one, too. */
    String sizes() {
        return "REQUEST " + request.bytes() + "B, RESPONSE " + response.bytes() + "B";
    }

    /** What the asking app is told of when and how. */
    String rhythm() {
        return (every == null
                        ? "ATONCE " + concurrency
                        : "EVERY " + Quantity.ofNanos(every.toNanos()))
                + ", KEEP "
                + keep
                + ", PATIENCE "
                + Quantity.ofNanos(timeout.toNanos());
    }

    @Override
    public List<String> figures() {
        return new FigureNames()
                .phasesOfWays()
                .both("sent", "answered", "failed", "failures.*", "per_s", "time_ms")
                .both("time_ms.min", "time_ms.median", "time_ms.p95", "time_ms.p99", "time_ms.max")
                .names();
    }

    @Override
    public List<String> head() {
        return List.of(RequestRow.HEADER);
    }

    @Override
    public RunningProbe start(ProbeStart start) throws IOException {
        return new RequestProbe(start, this);
    }

    /** Makes it known. */
    @AutoService(ProbeType.class)
    public static final class Type implements ProbeType {
        @Override
        public String key() {
            return "request";
        }

        @Override
        public Class<RequestSpec> form() {
            return RequestSpec.class;
        }
    }
}
