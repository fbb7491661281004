package vini.experiment;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of a run as they happen: planned, issued, effective, and observed, which is when the
 * first echo was sent that the event made stand out (it was lost, or took another time than the
 * last ones before it).
 */
final class EventLog implements EchoWatch {
    private static final int REMEMBERED = 20;
    private static final double MILLIS_THAT_COUNT = 1.0;
    private static final double SHARE_THAT_COUNTS = 0.03;

    private final RunListener listener;
    private final List<EventRow> rows = new ArrayList<>();
    private final Map<String, Deque<EchoRow>> recent = new LinkedHashMap<>();

    EventLog(RunListener listener) {
        this.listener = listener;
    }

    /** An event was carried out, or failed to be ({@code effectiveS} null). */
    void happened(EventRow row) {
        rows.add(row);
        listener.event(row);
    }

    List<EventRow> rows() {
        return rows;
    }

    @Override
    public void echo(String probe, int ports, EchoRow row) {
        Deque<EchoRow> before = recent.computeIfAbsent(probe, name -> new ArrayDeque<>());
        if (standsOut(before, row)) {
            for (int i = 0; i < rows.size(); i++) {
                observe(i, row);
            }
        }
        if (before.size() == REMEMBERED) {
            before.removeFirst();
        }
        before.addLast(row);
    }

    private void observe(int index, EchoRow echo) {
        EventRow row = rows.get(index);
        Double effective = row.effectiveS();
        boolean latest = index == rows.size() - 1 || rows.get(index + 1).plannedS() > echo.sentS();
        // What was under way when it happened shows it, too.
        if (row.observedS() == null
                && effective != null
                && latest
                && effective >= 0 // nobody looked before
                && echo.sentS() >= effective - 1.0
                && (!echo.answered() || echo.receivedS() >= effective)) {
            EventRow seen =
                    new EventRow(
                            row.event(),
                            row.turn(),
                            row.links(),
                            row.node(),
                            row.mode(),
                            row.plannedS(),
                            row.issuedS(),
                            effective,
                            Math.max(effective, echo.sentS()),
                            row.text());
            rows.set(index, seen);
            listener.event(seen);
        }
    }

    private static boolean standsOut(Deque<EchoRow> before, EchoRow row) {
        @Nullable Double usual = usual(before);
        if (usual == null || usual.isNaN()) {
            return usual != null && row.answered();
        }
        return !row.answered()
                || Math.abs(row.rttMs() - usual)
                        > Math.max(MILLIS_THAT_COUNT, usual * SHARE_THAT_COUNTS);
    }

    /** The median of the last round-trip times; NaN if the last echoes were lost; null if none. */
    private static @Nullable Double usual(Deque<EchoRow> before) {
        if (before.isEmpty()) {
            return null;
        }
        double[] times = before.stream().mapToDouble(EchoRow::rttMs).sorted().toArray();
        return times[times.length / 2];
    }
}
