package vini.experiment.report;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.SnapshotsResult;
import vini.experiment.run.Network;
import vini.experiment.run.RunFolder;
import vini.experiment.run.Snapshots;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a report says of snapshots: how large each was, and what changed from one to the next. */
@AutoService(ProbeChapter.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class SnapshotsChapter implements ProbeChapter<SnapshotsResult> {
    /** More would make a table that nobody reads. */
    private static final int ROWS_MAX = 40;

    /** So many destinations or neighbours are named; of others there is only their number. */
    private static final int NAMED_MAX = 4;

    @Override
    public Class<SnapshotsResult> of() {
        return SnapshotsResult.class;
    }

    @Override
    public int place() {
        return 70;
    }

    @Override
    public void tables(HtmlPage page, List<SnapshotsResult> results) {
        page.element("h2", "", "Snapshots");
        for (SnapshotsResult result : results) {
            List<Snapshots.Shot> shots = result.probe().shots();
            boolean fib = result.probe().kind() == Snapshots.Kind.FIB;
            Map<String, String> names = names(result.network());
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < shots.size() && rows.size() < ROWS_MAX; i++) {
                rows.add(head(result, i));
                if (i > 0) {
                    rows.addAll(changes(result.changes().get(i - 1), names));
                }
            }
            boolean cut = rows.size() > ROWS_MAX;
            page.table(
                    List.of(
                            "probe",
                            ">time",
                            fib ? ">routes" : ">neighbours",
                            ">changed",
                            "node",
                            "what"),
                    rows.subList(0, Math.min(ROWS_MAX, rows.size())));
            page.element(
                    "p",
                    "note",
                    (fib
                                    ? "Routes of all FIBs that were looked at, and which of them"
                                            + " had another next hop than in the snapshot before."
                                    : "Neighbours of all routers that were looked at, and whose"
                                            + " state was another than in the snapshot before.")
                            + " Times in seconds. "
                            + (cut ? "There is more; all" : "All")
                            + " entries are in "
                            + RunFolder.csv(result.probe().name())
                            + ".");
        }
    }

    private static List<String> head(SnapshotsResult result, int number) {
        Snapshots.Shot shot = result.probe().shots().get(number);
        List<String> what = new ArrayList<>();
        long entries = shot.entries();
        if (result.probe().kind() == Snapshots.Kind.NEIGHBORS) {
            long full = SnapshotsResult.full(shot);
            what.add(full == entries ? "all full" : Decimals.count(full) + " full");
        }
        if (!shot.away().isEmpty()) {
            what.add("not to be asked: " + named(shot.away()));
        }
        return List.of(
                result.probe().name(),
                Decimals.seconds(shot.timeS()),
                Decimals.count(entries),
                number == 0
                        ? "–"
                        : Decimals.count(result.changes().get(number - 1).entries().size()),
                "",
                String.join("; ", what));
    }

    /** A row for each node, in which entries that changed alike stand together. */
    private static List<List<String>> changes(
            SnapshotsResult.Change change, Map<String, String> names) {
        Map<String, Map<String, List<String>>> byNode = new LinkedHashMap<>();
        for (SnapshotsResult.Entry entry : change.entries()) {
            byNode.computeIfAbsent(entry.node(), node -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            value(entry.before()) + " → " + value(entry.after()),
                            how -> new ArrayList<>())
                    .add(names.getOrDefault(entry.key(), entry.key()));
        }
        List<List<String>> rows = new ArrayList<>();
        byNode.forEach(
                (node, changes) -> {
                    int count = changes.values().stream().mapToInt(List::size).sum();
                    List<String> parts = new ArrayList<>();
                    changes.forEach((how, keys) -> parts.add(named(keys) + ": " + how));
                    rows.add(
                            List.of(
                                    "",
                                    "",
                                    "",
                                    Integer.toString(count),
                                    node,
                                    String.join("; ", parts)));
                });
        return rows;
    }

    private static String named(List<String> keys) {
        int more = keys.size() - NAMED_MAX;
        return more <= 1
                ? String.join(" ", keys)
                : String.join(" ", keys.subList(0, NAMED_MAX)) + " and " + more + " more";
    }

    private static String value(@Nullable String value) {
        return value == null ? "none" : value.isEmpty() ? "here" : value;
    }

    /** The nodes by the prefixes of their addresses. */
    private static Map<String, String> names(Network network) {
        Map<String, String> names = new TreeMap<>();
        for (Network.Node node : network.nodes()) {
            if (node.address() != null) {
                names.put(node.address() + "/" + node.address().bitLength(), node.name());
            }
        }
        return names;
    }
}
