package vini.overlay.world;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What somebody has taken from the machine so far, so that all of it is given back: the last first,
 * each whatever becomes of the others. Used by one thread at a time.
 */
public final class Holdings implements AutoCloseable {
    /** Gives one thing back. */
    public interface Release {
        void run() throws IOException;
    }

    private final Deque<Release> releases = new ArrayDeque<>();

    /** Something was taken, and this gives it back. */
    public void add(Release release) {
        releases.push(release);
    }

    /** Gives all back because of that failure, to which those on the way are added. */
    public void closeAfter(Throwable failure) {
        while (!releases.isEmpty()) {
            try {
                releases.pop().run();
            } catch (IOException | RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /**
     * Gives all back; a second time does nothing.
     *
     * @throws IOException some things could not be given back; all others were
     */
    @Override
    public void close() throws IOException {
        while (!releases.isEmpty()) {
            try {
                releases.pop().run();
            } catch (IOException | RuntimeException e) {
                closeAfter(e);
                throw e;
            }
        }
    }
}
