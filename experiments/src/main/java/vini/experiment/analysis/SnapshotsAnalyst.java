package vini.experiment.analysis;

import com.google.auto.service.AutoService;

import tools.jackson.databind.JsonNode;

import vini.experiment.run.Snapshots;
import vini.experiment.spec.FigurePath;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Works out what changed from one snapshot to the next. */
@AutoService(ProbeAnalyst.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class SnapshotsAnalyst implements ProbeAnalyst<Snapshots> {
    /** Where {@code probes.NAME.snapshots[0].next.FROM.TO} has its parts. */
    private static final int NODE_STEP = 5;

    @Override
    public Class<Snapshots> of() {
        return Snapshots.class;
    }

    @Override
    public SnapshotsResult analyse(Snapshots snapshots, Analysis ground) {
        List<SnapshotsResult.Change> changes = new ArrayList<>();
        for (int i = 1; i < snapshots.shots().size(); i++) {
            changes.add(
                    SnapshotsResult.Change.between(
                            snapshots.shots().get(i - 1), snapshots.shots().get(i)));
        }
        SortedSet<SnapshotsResult.Pair> asked = new TreeSet<>();
        collect(ground.run().experiment().path("expect"), snapshots.name(), asked);
        return new SnapshotsResult(snapshots, ground.run().network(), changes, List.copyOf(asked));
    }

    /** Of which pairs of nodes the expectations want an entry. */
    private static void collect(
            JsonNode expect, String probe, SortedSet<SnapshotsResult.Pair> pairs) {
        FigurePath path = expect.isString() ? FigurePath.parse(expect.asString()) : null;
        if (path != null && path.steps().size() > NODE_STEP + 1) {
            List<Object> steps = path.steps();
            if (steps.get(1).equals(probe)
                    && steps.get(NODE_STEP) instanceof String node
                    && steps.get(NODE_STEP + 1) instanceof String other) {
                pairs.add(new SnapshotsResult.Pair(node, other));
            }
        }
        expect.forEach(child -> collect(child, probe, pairs));
    }
}
