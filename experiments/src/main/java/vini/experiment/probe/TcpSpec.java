package vini.experiment.probe;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.ArrivalRow;
import vini.forwarder.host.Congestion;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.Ref;
import vini.overlay.json.Size;
import vini.overlay.json.WrongKey;
import vini.overlay.world.OutsideHost;

import java.io.IOException;
import java.util.List;

/** One bulk TCP flow that lasts as long as the run. */
@Called("tcp")
@Doc("One bulk TCP flow that lasts as long as the run.")
public record TcpSpec(
        @Doc("The node or outside host that sends.") @Ref({"node", OutsideHost.SORT}) String from,
        @Doc("The node or outside host that receives.") @Ref({"node", OutsideHost.SORT}) String to,
        @Doc("The advertised window; the system's own choice if absent.")
                @Bounds(min = "2KB", max = "64MB")
                @Nullable Size window,
        @Doc(
                        "The sender's congestion control; cubic if absent at a builtin host, the"
                                + " system's own choice at a kernel host.")
                @Nullable Congestion congestion)
        implements ProbeSpec {
    public TcpSpec {
        if (from.equals(to)) {
            throw new WrongKey("to", "the same as \"from\"; name another");
        }
    }

    @Override
    public List<String> figures() {
        return new FigureNames()
                .whole("bytes", "window_bytes")
                .list("stalls", "from_s", "to_s")
                .phases("bytes", "steady_from_s", "mbps")
                .names();
    }

    @Override
    public List<String> head() {
        return List.of(ArrivalRow.HEADER);
    }

    @Override
    public RunningProbe start(ProbeStart start) throws IOException {
        return new TcpProbe(start, this);
    }

    /** Makes it known. */
    @AutoService(ProbeType.class)
    public static final class Type implements ProbeType {
        @Override
        public String key() {
            return "tcp";
        }

        @Override
        public Class<TcpSpec> form() {
            return TcpSpec.class;
        }
    }
}
