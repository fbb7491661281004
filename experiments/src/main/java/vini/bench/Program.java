package vini.bench;

import org.jspecify.annotations.Nullable;

import vini.overlay.host.NetworkNamespace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the machine's that was started, in a namespace or where this process is. */
final class Program implements AutoCloseable {
    private static final long PATIENCE_MS = 2000;
    private static final long POLL_MS = 5;

    private final List<String> command;
    private final Process process;
    private final Path out;

    private Program(List<String> command, Process process, Path out) {
        this.command = command;
        this.process = process;
        this.out = out;
    }

    /** The words that run a command in a namespace; its process is the command's own. */
    static List<String> within(@Nullable NetworkNamespace namespace, List<String> command) {
        List<String> all = new ArrayList<>();
        if (namespace != null) {
            all.addAll(List.of("nsenter", "--net=" + namespace.path(), "--"));
        }
        all.addAll(command);
        return all;
    }

    /** Starts it; what it prints goes to a file. */
    static Program start(@Nullable NetworkNamespace namespace, String... command)
            throws IOException {
        // To a file, not a pipe: reading from a pipe cannot be interrupted, and a pipe may be full.
        Path out = Files.createTempFile("vini-bench", ".out");
        try {
            Process process =
                    new ProcessBuilder(within(namespace, List.of(command)))
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            process.getOutputStream().close();
            return new Program(List.of(command), process, out);
        } catch (IOException e) {
            Files.deleteIfExists(out);
            throw e;
        }
    }

    /**
     * Runs it to its end.
     *
     * @return what it printed
     * @throws IOException it failed, or has not ended after so many seconds
     */
    static String run(@Nullable NetworkNamespace namespace, int seconds, String... command)
            throws IOException, InterruptedException {
        try (Program program = start(namespace, command)) {
            return program.end(seconds);
        }
    }

    /** Waits for its end, as {@link #run} does. */
    String end(int seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IOException(words() + " has not ended after " + seconds + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    words() + " ended with " + process.exitValue() + ": " + said().strip());
        }
        return said();
    }

    /** What it has printed so far. */
    String said() throws IOException {
        return Files.readString(out);
    }

    /** Waits until it has printed that. */
    void await(String text) throws IOException, InterruptedException {
        for (long waited = 0; !said().contains(text); waited += POLL_MS) {
            if (waited > PATIENCE_MS || !process.isAlive()) {
                throw new IOException(words() + " does not start: " + said().strip());
            }
            Thread.sleep(POLL_MS);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Says so if it has ended, which it should not yet. */
    void mustRun() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(words() + " has ended: " + said().strip());
        }
    }

    private String words() {
        return String.join(" ", command);
    }

    /** Ends it if it still runs. */
    @Override
    public void close() throws IOException {
        process.destroy();
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            process.destroyForcibly();
        }
        Files.deleteIfExists(out);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
