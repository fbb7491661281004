package vini.cli;

import org.jspecify.annotations.Nullable;

import vini.experiment.RunListener;
import vini.experiment.analysis.Outage;
import vini.experiment.analysis.Walk;
import vini.experiment.report.Transcript;
import vini.experiment.run.ArrivalRow;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.RequestRow;
import vini.experiment.run.UdpRow;
import vini.overlay.json.Shown;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A run as lines of text at one moment: what is known goes in, lines come out. */
final class RunScreen {
    private static final int BAR_MAX = 28;
    private static final int SPARK_MAX = 40;
    private static final int BESIDE_BAR = 18;
    private static final int BESIDE_SPARK = 44;
    private static final int UP_COLUMN = 66;
    private static final int HEAD_INDENT = 2;

    /** So many flows of datagrams and requests are shown. */
    private static final int OTHERS_MAX = 4;

    /** Of which a line is drawn. */
    private static final int DRAWN_MAX = 20_000;

    /** Where the text of what happened begins, below which its further lines go. */
    private static final int INDENT = 14;

    private final Transcript transcript;
    private final List<String> happened = new ArrayList<>();
    private final Map<String, Integer> eventLines = new TreeMap<>();
    private final RunTally tally = new RunTally();
    private final List<EchoRow> echoes = new ArrayList<>();
    private final List<ArrivalRow> arrivals = new ArrayList<>();
    private RunListener.@Nullable Start start;
    private String up = "";
    private String upTook = "";
    private String pinged = "";
    private String flowing = "";
    private double nowS;

    /** Of so many echoes one is drawn. */
    private long stride = 1;

    private long seen;

    RunScreen(Transcript transcript) {
        this.transcript = transcript;
    }

    String started(RunListener.Start started) {
        this.start = started;
        return head(started);
    }

    private String head(RunListener.Start s) {
        return String.join(
                transcript.dot(),
                s.experiment(),
                s.world(),
                s.hosts() + " hosts",
                s.tunnels() + " tunnels",
                Shown.count(s.nodes(), "node") + ", " + Shown.count(s.links(), "link"),
                "seed " + s.seed());
    }

    String up(int full, int routers, int routes, double startupS) {
        up = "  up          " + full + "/" + routers + " routers full, " + routes + " routes";
        upTook = String.format(Locale.ROOT, "%.1f s", startupS);
        return up(UP_COLUMN);
    }

    private String up(int column) {
        return up + " ".repeat(Math.max(2, column - up.length())) + upTook;
    }

    void progress(double seconds) {
        nowS = seconds;
    }

    /** The first ping probe is the one that is drawn. */
    void echo(String probe, EchoRow row) {
        pinged = pinged.isEmpty() ? probe : pinged;
        tally.echo(row);
        if (pinged.equals(probe) && seen++ % stride == 0) {
            echoes.add(row);
            if (echoes.size() > DRAWN_MAX) {
                thin(echoes);
                stride *= 2;
            }
        }
    }

    /** The first flow is the one that is drawn. */
    void arrived(String probe, ArrivalRow row) {
        flowing = flowing.isEmpty() ? probe : flowing;
        if (flowing.equals(probe)) {
            arrivals.add(row);
            if (arrivals.size() > DRAWN_MAX) {
                arrivals.subList(0, DRAWN_MAX / 2).clear();
            }
        }
    }

    void datagrams(String probe, UdpRow row, double mbps) {
        tally.datagrams(probe, row, mbps);
    }

    void exchanged(String probe, RequestRow row) {
        tally.exchanged(probe, row);
    }

    /** How the run stands, as a line for who has heard nothing for a while; empty if unknown. */
    String standing() {
        String standing = tally.standing();
        return standing.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%7.1f s    so far %s", nowS, standing);
    }

    /** The flows and requests that there is room for, each by its name. */
    private String others() {
        List<String> parts = new ArrayList<>();
        tally.datagrams().forEach((probe, each) -> parts.add(probe + "  " + each.words()));
        tally.requests().forEach((probe, each) -> parts.add(probe + "  " + each.words(nowS)));
        int more = parts.size() - OTHERS_MAX;
        return String.join("      ", parts.subList(0, Math.min(OTHERS_MAX, parts.size())))
                + (more > 0 ? "      and " + more + " more" : "");
    }

    /** Every other one is enough for a line of so few signs, and drawing it stays cheap. */
    private static void thin(List<EchoRow> rows) {
        List<EchoRow> kept = new ArrayList<>();
        for (int i = 0; i < rows.size(); i += 2) {
            kept.add(rows.get(i));
        }
        rows.clear();
        rows.addAll(kept);
    }

    void planned(List<RunListener.Coming> events) {
        tally.planned(events);
    }

    /** Returns the event's line; one that was told before is told anew, in its old place. */
    String event(EventRow row) {
        String line = transcript.event(row);
        String key = row.plannedS() + " " + row.words();
        Integer place = eventLines.get(key);
        if (place == null) {
            eventLines.put(key, happened.size());
            happened.add(line);
        } else {
            happened.set(place, line);
        }
        return line;
    }

    String way(double seconds, Walk way, double rttMs, @Nullable Outage outage) {
        String line = transcript.way(seconds, way, rttMs, outage);
        happened.add(line);
        if (outage != null) {
            tally.outage(outage);
        }
        return line;
    }

    String note(double seconds, String sentence) {
        String line = String.format(Locale.ROOT, "%7.1f s    %s", seconds, sentence);
        happened.add(line);
        return line;
    }

    /** All of it, for a terminal of that width. */
    List<String> lines(int columns) {
        RunListener.Start known = start;
        if (known == null) {
            return List.of();
        }
        // A line that the terminal wraps would be drawn over wrongly.
        WrappedLines lines = new WrappedLines(columns - 1);
        lines.add(head(known), HEAD_INDENT);
        if (up.isEmpty()) {
            lines.add("  coming up", INDENT);
        } else {
            lines.add(up(Math.min(UP_COLUMN, columns - 1 - upTook.length())), INDENT);
            int bar = Math.clamp(columns - BESIDE_BAR, 1, BAR_MAX);
            lines.add("  " + transcript.progress(nowS, known.durationS(), bar), INDENT);
        }
        happened.forEach(line -> lines.add(line, INDENT));
        int spark = Math.clamp(columns - BESIDE_SPARK, 1, SPARK_MAX);
        String live = transcript.live(echoes, arrivals, nowS, spark);
        if (!live.isEmpty()) {
            lines.add("  " + live, HEAD_INDENT);
        }
        String others = others();
        if (!others.isEmpty()) {
            lines.add("  " + others, HEAD_INDENT);
        }
        String standing = tally.standing();
        if (!standing.isEmpty()) {
            lines.add("  so far      " + standing, INDENT);
        }
        String next = tally.next(nowS);
        if (!next.isEmpty()) {
            lines.add("  to come     " + next, INDENT);
        }
        return lines.all();
    }
}
