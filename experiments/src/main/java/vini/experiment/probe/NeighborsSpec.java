package vini.experiment.probe;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.NeighborStateRow;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.ExactlyOne;
import vini.overlay.json.Range;
import vini.overlay.json.Ref;

import java.time.Duration;
import java.util.List;

/**
 * How far the neighbours of routers are at some moments.
 *
 * @param nodes whose; null: of all nodes
 */
@Called("neighbors")
@ExactlyOne({"at", "every"})
@Doc("How far the neighbours of routers are at some moments.")
public record NeighborsSpec(
        @Doc("The moments.") @Range(min = 1, max = 1000) @Bounds(max = "168h")
                @Nullable List<Duration> at,
        @Doc("Time between two moments, from the start on.") @Bounds(min = "100ms", max = "24h")
                @Nullable Duration every,
        @Doc("The nodes; all if absent.") @Range(min = 1, max = 10_000) @Ref("node")
                @Nullable List<String> nodes)
        implements ProbeSpec {
    public NeighborsSpec {
        at = at == null ? null : List.copyOf(at);
        nodes = nodes == null ? null : List.copyOf(nodes);
    }

    @Override
    public List<String> figures() {
        return SnapshotProbe.figures("neighbors", "full", "state.*.*");
    }

    @Override
    public List<String> head() {
        return List.of(NeighborStateRow.HEADER);
    }

    @Override
    public RunningProbe start(ProbeStart start) {
        Moments moments = Moments.of(start, at, every);
        return new SnapshotProbe(start, moments, nodes, new NeighborTable(start.world()));
    }

    /** Makes it known. */
    @AutoService(ProbeType.class)
    public static final class Type implements ProbeType {
        @Override
        public String key() {
            return "neighbors";
        }

        @Override
        public Class<NeighborsSpec> form() {
            return NeighborsSpec.class;
        }
    }
}
