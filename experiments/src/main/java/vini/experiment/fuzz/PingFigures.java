package vini.experiment.fuzz;

import org.jspecify.annotations.Nullable;

import vini.overlay.world.Host;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a ping has counted, as its last word says. */
record PingFigures(long sent, long replies, long duplicates, long errors, long skipped) {
    private static final Pattern LAST_WORD =
            Pattern.compile(
                    "stopped sent (\\d+) replies (\\d+) duplicates (\\d+) errors (\\d+)"
                            + " stale \\d+ skipped (\\d+)");

    /** Reads the log of a ping that was stopped, which comes in pieces. */
    static PingFigures of(Host host, String app) throws IOException {
        long next = 0;
        Matcher words;
        do {
            String piece = host.log(app, next);
            long then = Long.parseLong(piece.lines().findFirst().orElse("").split(" ", -1)[2]);
            if (then == next) {
                throw new IllegalStateException("the ping " + app + " was stopped, and goes on");
            }
            next = then;
            words = LAST_WORD.matcher(piece);
        } while (!words.find());
        return new PingFigures(
                Long.parseLong(words.group(1)),
                Long.parseLong(words.group(2)),
                Long.parseLong(words.group(3)),
                Long.parseLong(words.group(4)),
                Long.parseLong(words.group(5)));
    }

    /**
     * What cannot be, or null.
     *
     * @param due how many echoes were to be sent
     * @param doubling whether packets may be sent twice by links
     */
    @Nullable String wrong(long due, boolean doubling) {
        if (sent != due || skipped != 0) {
            return sent + " echoes were sent, " + skipped + " skipped, and " + due + " were due";
        }
        if (replies > sent || !doubling && replies + errors > sent) {
            return "of "
                    + sent
                    + " echoes "
                    + replies
                    + " were answered and "
                    + errors
                    + " refused";
        }
        if (duplicates > 0 && !doubling) {
            return duplicates + " answers came twice";
        }
        return null;
    }
}
