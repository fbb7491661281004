package vini.overlay.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c"));
        command.add("trap '' HUP INT TERM; cat >/dev/null; { " + script + "; } >/dev/null 2>&1");
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
