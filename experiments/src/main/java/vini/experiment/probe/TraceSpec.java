package vini.experiment.probe;

import com.google.auto.service.AutoService;

import vini.experiment.run.TraceRow;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.Ref;
import vini.overlay.json.WrongKey;
import vini.overlay.world.OutsideHost;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The path of packets, by probes with growing TTL. */
@Called("trace")
@Doc("The path of packets, by ICMP echoes with growing TTL.")
public record TraceSpec(
        @Doc("The node or outside host that sends.") @Ref({"node", OutsideHost.SORT}) String from,
        @Doc("The node or outside host to which the path leads.") @Ref({"node", OutsideHost.SORT})
                String to,
        @Doc("Time between two rounds.") @Bounds(min = "10ms", max = "1h") @Default("1s")
                Duration every)
        implements ProbeSpec {
    public TraceSpec {
        if (from.equals(to)) {
            throw new WrongKey("to", "the same as \"from\"; name another");
        }
    }

    @Override
    public List<String> figures() {
        String[] change = {"from_s", "to_s", "rounds", "reached", "path", "path[]"};
        return new FigureNames()
                .phases("path", "path[]")
                .both("rounds", "reached", "changes", "disagreed")
                .list("paths", change)
                .list("disagreements", change)
                .whole("disagreements[].fib", "disagreements[].fib[]")
                .names();
    }

    @Override
    public List<String> head() {
        return List.of(TraceRow.HEADER);
    }

    @Override
    public RunningProbe start(ProbeStart start) throws IOException {
        return new TraceProbe(start, this);
    }

    /** Makes it known. */
    @AutoService(ProbeType.class)
    public static final class Type implements ProbeType {
        @Override
        public String key() {
            return "trace";
        }

        @Override
        public Class<TraceSpec> form() {
            return TraceSpec.class;
        }
    }
}
