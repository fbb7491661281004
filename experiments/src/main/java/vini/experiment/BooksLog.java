package vini.experiment;

import vini.experiment.run.BooksRow;
import vini.experiment.run.PacketBooks;
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

    /** Packets that a process has sent to another one, and that one has not got. */
    private static final String BETWEEN = "between";

    private final World world;
    private final List<BooksRow> rows = new ArrayList<>();
    private double lastEventS = Double.NEGATIVE_INFINITY;
    private long leastBetween = Long.MAX_VALUE;

    BooksLog(World world) {
        this.world = world;
    }

    /** Writes a row before an event, unless one has just been: a ramp has hundreds a second. */
    void beforeAnEvent(double timeS) {
        if (timeS - lastEventS >= JUST_S) {
            lastEventS = timeS;
            take(timeS);
        }
    }

    /** Writes a row, unless there is one of that time, or nobody who knows: the forwarder died. */
    void take(double timeS) {
        if (!rows.isEmpty() && timeS - rows.getLast().timeS() < SAME_S) {
            return;
        }
        try {
            rows.add(row(timeS, world.totals()));
        } catch (IOException e) {
            // Its supervisor starts it again; what it knew is lost, which others say.
        }
    }

    /** Whether no packet is on its way, or nobody knows. */
    boolean isQuiet() {
        try {
            String totals = world.totals();
            leastBetween = Math.min(leastBetween, between(totals));
            return row(0, totals).inFlight() == 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static long between(String totals) {
        return totals.lines()
                .filter(line -> line.startsWith(BETWEEN + " "))
                .mapToLong(line -> Long.parseLong(line.substring(BETWEEN.length() + 1)))
                .sum();
    }

    /**
     * Writes the last row. What was between two processes at each look of {@link #isQuiet} does not
     * arrive any more.
     *
     * @return the same, place by place; empty if nobody knows
     */
    PacketBooks close(double timeS) {
        try {
            PacketBooks books = Books.of(world.books(), leastBetween);
            rows.add(
                    new BooksRow(
                            timeS,
                            books.sent(),
                            books.delivered(),
                            books.inFlight(),
                            books.dropped()));
            return books;
        } catch (IOException e) {
            return Books.of("");
        }
    }

    /** Reads what {@link World#totals} says; what is between two processes is in flight. */
    static BooksRow row(double timeS, String text) {
        long sent = 0;
        long delivered = 0;
        long inFlight = 0;
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
                case BETWEEN, "in_use" -> inFlight += count;
                default -> dropped.merge(word[1], count, Long::sum);
            }
        }
        return new BooksRow(timeS, sent, delivered, inFlight, dropped);
    }

    List<BooksRow> rows() {
        return rows;
    }
}
