package vini.overlay.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What is to be undone at the machine when this process wants it, and also when it was killed: a
 * shell of its own session waits for the end of a pipe from here.
 */
public final class Afterwards implements AutoCloseable {
    private static final long PATIENCE_MS = 4000;

    private final Process shell;

    private Afterwards(Process shell) {
        this.shell = shell;
    }

    /**
     * Makes sure of it.
     *
     * @param script of sh(1), which says nothing and succeeds if there is nothing to undo
     * @param arguments its $1, $2, ...
     */
    public static Afterwards of(String script, List<String> arguments) throws IOException {
        return start("cat >/dev/null; " + quiet(script), arguments);
    }

    /**
     * Makes sure of it, and of something else that is due after a time, even if this process has
     * not been killed: it may hang.
     *
     * @param nanos when {@code then} is due
     * @param then a script, as {@code script}
     */
    public static Afterwards of(long nanos, String then, String script, List<String> arguments)
            throws IOException {
        String seconds = String.format(Locale.ROOT, "%.3f", nanos / 1e9);
        // timeout(1) says 128 + 9 if the pipe has not ended, and 127 is where there is none: then
        // only the pipe's end counts. Other signals than 9 are ignored by all of these.
        return start(
                "timeout -s KILL "
                        + seconds
                        + " cat >/dev/null; [ $? -lt 128 ] || "
                        + quiet(then)
                        + "; cat >/dev/null; "
                        + quiet(script),
                arguments);
    }

    private static String quiet(String script) {
        return "{ " + script + "; } >/dev/null 2>&1";
    }

    private static Afterwards start(String script, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c"));
        command.add("trap '' HUP INT TERM; " + script);
        command.add("vini-afterwards");
        command.addAll(arguments);
        return new Afterwards(
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /** Nothing is to be undone any more. */
    public void forget() {
        shell.destroyForcibly();
    }

    /** Has it done now. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        boolean interrupted = Thread.interrupted();
        try {
            if (!shell.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                throw new IOException("what is undone at the machine has not ended");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
