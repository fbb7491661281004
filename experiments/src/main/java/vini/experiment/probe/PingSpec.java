package vini.experiment.probe;

import com.google.auto.service.AutoService;

import vini.experiment.run.EchoRow;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.Ref;
import vini.overlay.json.Size;
import vini.overlay.json.WrongKey;
import vini.overlay.world.OutsideHost;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** ICMP echoes at a fixed pace. */
@Called("ping")
@Doc("ICMP echoes at a fixed pace.")
public record PingSpec(
        @Doc("The node or outside host that sends.") @Ref({"node", OutsideHost.SORT}) String from,
        @Doc("The node or outside host that answers.") @Ref({"node", OutsideHost.SORT}) String to,
        @Doc("Time between two echoes.") @Bounds(min = "1ms", max = "60s") @Default("1s")
                Duration every,
        @Doc("Bytes of data in an echo, without headers.") @Bounds(max = "1472B") @Default("56B")
                Size size)
        implements ProbeSpec {
    public PingSpec {
        if (from.equals(to)) {
            throw new WrongKey("to", "the same as \"from\"; name another");
        }
    }

    @Override
    public List<String> figures() {
        return new FigureNames()
                .whole("sent", "received")
                .outages()
                .phasesOfWays(
                        "sent", "received", "rtt_ms", "rtt_ms.min", "rtt_ms.median", "rtt_ms.max")
                .names();
    }

    @Override
    public List<String> head() {
        return List.of(EchoRow.HEADER);
    }

    @Override
    public RunningProbe start(ProbeStart start) throws IOException {
        return new PingProbe(start, this);
    }

    /** Makes it known. */
    @AutoService(ProbeType.class)
    public static final class Type implements ProbeType {
        @Override
        public String key() {
            return "ping";
        }

        @Override
        public Class<PingSpec> form() {
            return PingSpec.class;
        }
    }
}
