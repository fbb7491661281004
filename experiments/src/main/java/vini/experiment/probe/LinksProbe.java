package vini.experiment.probe;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.LinkRow;
import vini.experiment.run.NewLines;
import vini.overlay.graph.NodeGraph;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.time.Timer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Looks at all links at once, at a fixed pace: one row for each direction that did something. */
final class LinksProbe implements RunningProbe {
    /** So many rows are kept; later ones are counted as lost. */
    private static final int ROWS_MAX = 4_000_000;

    private static final int NUMBERS = 7;

    /** What a direction had carried when it was looked at last. */
    private static final class Direction {
        final String from;
        final String to;
        long packets;
        long bytes;
        long dropped;

        Direction(String from, String to) {
            this.from = from;
            this.to = to;
        }
    }

    private final ProbeStart start;
    private final long everyNanos;
    private final Map<String, Direction> directions = new LinkedHashMap<>();
    private final List<String> rows = new ArrayList<>();
    private final NewLines settled = new NewLines();
    private final Timer timer;
    private double lookedS = Double.NaN;
    private long reading;
    private long dueNanos;
    private long lost;
    private @Nullable String trouble;

    LinksProbe(ProbeStart start, LinksSpec spec) {
        this.start = start;
        this.everyNanos = spec.every().toNanos();
        List<LinkName> wanted = spec.links();
        for (Link link : start.world().topology().links()) {
            if (wanted == null || wanted.stream().anyMatch(name -> is(link, name))) {
                for (End end : End.values()) {
                    String from = link.node(end).name();
                    String element = NodeGraph.linkElement(link.node(end.other()));
                    directions.put(
                            from + "/" + element,
                            new Direction(from, link.node(end.other()).name()));
                }
            }
        }
        rows.add(LinkRow.HEADER);
        this.timer = start.world().clock().timer(this::look);
        dueNanos = start.startNanos();
        timer.at(dueNanos);
    }

    private static boolean is(Link link, LinkName name) {
        return link.connects(name.from(), name.to());
    }

    private void look() {
        try {
            take(start.world().links(reading));
            trouble = null;
        } catch (IOException e) {
            // The forwarder is away for a while: what comes next counts from its beginning.
            if (trouble == null) {
                trouble = e.getMessage();
                start.listener().note(now(), "the links cannot be asked: " + trouble);
            }
        }
        dueNanos = Math.max(dueNanos + everyNanos, start.world().clock().nowNanos());
        if (dueNanos <= start.startNanos() + start.durationNanos()) {
            timer.at(dueNanos);
        }
    }

    private double now() {
        return start.seconds(start.world().clock().nowNanos());
    }

    private void take(String text) {
        double now = now();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String[] words = text.substring(at, end).split(" ", -1);
            at = end + 1;
            Direction direction = words.length == NUMBERS ? directions.get(words[0]) : null;
            if (direction != null) {
                take(direction, words, now);
            } else if (words[0].equals("reading")) {
                reading = Long.parseLong(words[1]);
            }
        }
        lookedS = now;
    }

    private void take(Direction direction, String[] words, double now) {
        long packets = Long.parseLong(words[1]);
        long bytes = Long.parseLong(words[2]);
        long dropped = Long.parseLong(words[3]);
        int queueMax = Integer.parseInt(words[5]);
        boolean anew = packets < direction.packets || dropped < direction.dropped;
        LinkRow row =
                new LinkRow(
                        lookedS,
                        now - lookedS,
                        direction.from,
                        direction.to,
                        packets - (anew ? 0 : direction.packets),
                        bytes - (anew ? 0 : direction.bytes),
                        dropped - (anew ? 0 : direction.dropped),
                        Integer.parseInt(words[4]),
                        queueMax,
                        Long.parseLong(words[6]));
        direction.packets = packets;
        direction.bytes = bytes;
        direction.dropped = dropped;
        boolean busy = row.packets() > 0 || row.dropped() > 0 || queueMax > 0;
        if (Double.isNaN(lookedS) || !busy) {
            return;
        }
        if (rows.size() > ROWS_MAX) {
            lost++;
        } else {
            rows.add(row.line());
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
