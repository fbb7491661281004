package vini.overlay.host;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.forwarder.io.ProcessCalls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process of a slice: in a cgroup, with its errors in a log file, tied to this one by its
 * standard input, whose end tells it that nobody needs it any more. It says {@code ready} when it
 * is.
 */
public final class ChildProcess {
    /** Hears of the process, on threads of its own. */
    public interface Listener {
        void ready();

        /** The process has ended, be it asked or not. */
        void exited(int status);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final long PATIENCE_MS = 2000;
    private static final long TRAINING_PATIENCE_MS = 60_000;
    private static final int LOG_LINES = 20;

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param log a file that its standard error is appended to
     */
    public static ChildProcess start(
            List<String> command, Path log, Cgroup cgroup, Listener listener) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        if (cgroup.available()) {
            try {
                cgroup.add(process.pid());
            } catch (IOException e) {
                // It has ended already, which is told below, or it goes on without its group.
                LOG.warn("process {} is in no cgroup: {}", process.pid(), e.getMessage());
            }
        }
        Thread.ofPlatform()
                .daemon()
                .name("output of " + process.pid())
                .start(() -> follow(process, listener));
        return new ChildProcess(process, log);
    }

    private static void follow(Process process, Listener listener) {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals("ready")) {
                    listener.ready();
                }
            }
        } catch (IOException e) {
            // The pipe broke: the process is about to end, which is told below.
        }
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        listener.exited(process.exitValue());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines of its log, for a message that says why it has ended. */
    public List<String> lastWords() {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.filter(line -> !line.isBlank()).toList();
            return all.subList(Math.max(0, all.size() - LOG_LINES), all.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Ends it at once; the listener hears of it. */
    public void kill() {
        process.destroyForcibly();
    }

    /** It stands still until {@link #goOn}. */
    public void stopMoving() throws IOException {
        ProcessCalls.kill((int) process.pid(), ProcessCalls.SIGSTOP);
    }

    /** It goes on. */
    public void goOn() throws IOException {
        ProcessCalls.kill((int) process.pid(), ProcessCalls.SIGCONT);
    }

    /** Lets it end by itself, and kills it if that takes too long. */
    public void stop() {
        try {
            OutputStream input = process.getOutputStream();
            input.close();
        } catch (IOException e) {
            // It is gone already.
        }
        try {
            long patience = JvmCommand.isTraining() ? TRAINING_PATIENCE_MS : PATIENCE_MS;
            if (!process.waitFor(patience, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
