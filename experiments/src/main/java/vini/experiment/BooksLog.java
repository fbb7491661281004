package vini.experiment;

import vini.experiment.run.BooksRow;
import vini.overlay.world.World;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The books of the slice as they go: a row each second, one right before each event, and one soon
 * after each change of a FIB, so that what happened between two of those can be told apart.
 */
final class BooksLog {
    /** Rows closer than this are one. */
    private static final double SAME_S = 1e-6;

    private static final double JUST_S = 0.2;

    private static final String TUNNEL_LOST = "tunnelLost";

    private final World world;
    private final List<BooksRow> rows = new ArrayList<>();
    private double lastEventS = Double.NEGATIVE_INFINITY;

    BooksLog(World world) {
        this.world = world;
    }

    /** Writes a row, unless there is one of that time, or nobody who knows: the forwarder died. */
    void take(double timeS) {
        take(timeS, false);
    }

    /** Writes a row before an event, unless one has just been: a ramp has hundreds a second. */
    void beforeAnEvent(double timeS) {
        if (timeS - lastEventS >= JUST_S) {
            lastEventS = timeS;
            take(timeS);
        }
    }

    /** Writes the last row: what is still between two processes does not arrive any more. */
    void close(double timeS) {
        take(timeS, true);
    }

    private void take(double timeS, boolean last) {
        if (!rows.isEmpty() && timeS - rows.getLast().timeS() < SAME_S) {
            return;
        }
        try {
            rows.add(row(timeS, world.totals(), last));
        } catch (IOException e) {
            // Its supervisor starts it again; what it knew is lost, which others say.
        }
    }

    /** Reads what {@link vini.overlay.world.World#totals} says. */
    static BooksRow row(double timeS, String text, boolean last) {
        long sent = 0;
        long delivered = 0;
        long inUse = 0;
        long between = 0;
        SortedMap<String, Long> dropped = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            String[] word = line.split(" ", -1);
            if (word.length < 2) {
                continue;
            }
            long count = Long.parseLong(word[word.length - 1]);
            switch (word[0]) {
                case "sent" -> sent = count;
                case "delivered" -> delivered = count;
                case "between" -> between = count;
                case "in_use" -> inUse = count;
                default -> dropped.merge(word[1], count, Long::sum);
            }
        }
        if (last && between > 0) {
            dropped.merge(TUNNEL_LOST, between, Long::sum);
            between = 0;
        }
        return new BooksRow(timeS, sent, delivered, inUse + between, dropped);
    }

    List<BooksRow> rows() {
        return rows;
    }
}
