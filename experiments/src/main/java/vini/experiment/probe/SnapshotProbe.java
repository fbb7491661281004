package vini.experiment.probe;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.NewLines;
import vini.forwarder.control.ControlException;
import vini.overlay.topology.Node;
import vini.time.Timer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Looks at a table of nodes at some moments: a row for each entry of each node. */
final class SnapshotProbe implements RunningProbe {
    /** So many rows are kept; later ones are counted as lost. */
    private static final int ROWS_MAX = 2_000_000;

    private final ProbeStart start;
    private final NodeTable table;
    private final List<Long> moments;
    private final List<Node> nodes;
    private final List<String> rows = new ArrayList<>();
    private final NewLines settled = new NewLines();
    private final Timer timer;
    private int next;
    private long lost;

    SnapshotProbe(
            ProbeStart start, Moments moments, @Nullable List<String> nodes, NodeTable table) {
        this.start = start;
        this.table = table;
        this.moments = moments.nanos();
        this.nodes =
                start.world().topology().nodes().stream()
                        .filter(node -> nodes == null || nodes.contains(node.name()))
                        .toList();
        rows.add(table.header());
        this.timer = start.world().clock().timer(this::look);
        timer.at(this.moments.getFirst());
    }

    /** The figures of any snapshots, and others of each. */
    static List<String> figures(String... others) {
        return new FigureNames()
                .list("snapshots", "t_s", "away", "changed")
                .list("snapshots", others)
                .names();
    }

    private void look() {
        double now = start.seconds(start.world().clock().nowNanos() + Moments.BEFORE_NANOS);
        String trouble = null;
        for (Node node : nodes) {
            if (trouble == null) {
                try {
                    add(table.rows(node, now));
                    continue;
                } catch (ControlException e) {
                    // This node alone has crashed.
                } catch (IOException e) {
                    trouble = e.getMessage();
                    start.listener().note(now, start.name() + " sees nothing: " + trouble);
                }
            }
            add(List.of(table.away(node, now)));
        }
        next++;
        if (next < moments.size()) {
            timer.at(moments.get(next));
        }
    }

    private void add(List<String> more) {
        if (rows.size() + more.size() > ROWS_MAX) {
            lost += more.size();
        } else {
            rows.addAll(more);
        }
    }

    @Override
    public void stop() {
        timer.cancel();
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public Supplier<List<String>> settled() {
        return settled.of(rows, row -> row);
    }

    @Override
    public List<String> lines() {
        return rows;
    }
}
