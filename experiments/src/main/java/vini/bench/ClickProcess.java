package vini.bench;

import org.jspecify.annotations.Nullable;

import vini.forwarder.control.ControlClient;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.host.Tree;
import vini.overlay.world.Holdings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Click} that runs one configuration, and is asked by its control socket. */
final class ClickProcess implements AutoCloseable {
    private static final long POLL_MS = 20;

    /** A full table as text takes a while. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final int SAID_MAX = 300;

    private final String name;
    private final Holdings held;
    private final Path socket;
    private final Program program;

    private ClickProcess(String name, Holdings held, Path socket, Program program) {
        this.name = name;
        this.held = held;
        this.socket = socket;
        this.program = program;
    }

    /**
     * Writes a configuration into Click's folder and starts it; {@link #await} says when it runs.
     *
     * @param name of the file, without {@code .click}
     */
    static ClickProcess start(Click click, String name, @Nullable NetworkNamespace at, String text)
            throws IOException {
        Holdings held = new Holdings();
        try {
            Files.createDirectories(click.folder());
            Path file = click.folder().toAbsolutePath().resolve(name + ".click");
            Files.writeString(file, text);
            // A Unix socket's path is short; that of the user's folder need not be.
            Path own = Files.createTempDirectory("vini-bench");
            held.add(() -> Tree.remove(own));
            Path socket = own.resolve("control");
            List<String> command = new ArrayList<>(click.command());
            command.addAll(List.of("-u", socket.toString(), file.toString()));
            Program program = Program.start(at, command.toArray(String[]::new));
            held.add(program::close);
            return new ClickProcess(name, held, socket, program);
        } catch (Throwable e) {
            held.closeAfter(e);
            throw e;
        }
    }

    /** Waits until it serves its handlers: then the configuration has been taken. */
    ControlClient await() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!Files.exists(socket)) {
            mustRun();
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IOException(name + ".click does not start: " + said());
            }
            Thread.sleep(POLL_MS);
        }
        ControlClient control = ControlClient.connect(socket);
        held.add(control::close);
        return control;
    }

    /** Says so, with its last words, if it has ended. */
    void mustRun() throws IOException {
        if (!program.isAlive()) {
            throw new IOException(name + ".click has ended: " + said());
        }
    }

    private String said() throws IOException {
        String said = program.said().strip().replaceAll("\\s+", " ");
        return said.isEmpty()
                ? "it said nothing"
                : said.substring(Math.max(0, said.length() - SAID_MAX));
    }

    /** Of its configuration. */
    String name() {
        return name;
    }

    long pid() {
        return program.pid();
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
