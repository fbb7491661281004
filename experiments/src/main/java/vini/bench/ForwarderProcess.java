package vini.bench;

import org.jspecify.annotations.Nullable;

import vini.forwarder.control.ControlClient;
import vini.overlay.host.Cgroup;
import vini.overlay.host.ChildProcess;
import vini.overlay.host.JvmCommand;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.host.Tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A forwarder as a keeper starts it, with the same flags, in a namespace of the testbed: a lab
 * machine's.
 */
final class ForwarderProcess implements AutoCloseable {
    private static final int PATIENCE_S = 20;
    private static final String SEED = "1";

    private final String name;
    private final Path folder;
    private final ChildProcess process;
    private final CountDownLatch ready;
    private @Nullable ControlClient control;

    private ForwarderProcess(String name, Path folder, ChildProcess process, CountDownLatch ready) {
        this.name = name;
        this.folder = folder;
        this.process = process;
        this.ready = ready;
    }

    /**
     * Starts it; {@link #await} says when it serves.
     *
     * @param graphs the Click text of each node
     */
    static ForwarderProcess start(
            String name, @Nullable NetworkNamespace namespace, Map<String, String> graphs)
            throws IOException {
        return start(name, namespace, graphs, "");
    }

    /**
     * The same.
     *
     * @param loops which node lives on which loop, see {@link vini.forwarder.io.LoopsFile}
     */
    static ForwarderProcess start(
            String name,
            @Nullable NetworkNamespace namespace,
            Map<String, String> graphs,
            String loops)
            throws IOException {
        Path folder = Files.createTempDirectory("vini-bench");
        try {
            Path texts = Files.createDirectory(folder.resolve("graphs"));
            for (Map.Entry<String, String> graph : graphs.entrySet()) {
                Files.writeString(texts.resolve(graph.getKey() + ".click"), graph.getValue());
            }
            Files.writeString(folder.resolve("loops"), loops);
            List<String> command =
                    JvmCommand.of(
                            JvmCommand.Role.FORWARDER,
                            "vini.forwarder.io.ForwarderMain",
                            List.of(folder.toString(), SEED));
            CountDownLatch ready = new CountDownLatch(1);
            ChildProcess process =
                    ChildProcess.start(
                            Program.within(namespace, command),
                            folder.resolve("forwarder.log"),
                            Cgroup.open("bench", name),
                            new ChildProcess.Listener() {
                                @Override
                                public void ready() {
                                    ready.countDown();
                                }

                                @Override
                                public void exited(int status) {
                                    ready.countDown();
                                }
                            });
            return new ForwarderProcess(name, folder, process, ready);
        } catch (Throwable e) {
            Tree.remove(folder);
            throw e;
        }
    }

    /** Waits until it serves. */
    void await() throws IOException, InterruptedException {
        boolean said = ready.await(PATIENCE_S, TimeUnit.SECONDS);
        if (!said || !process.isAlive()) {
            throw new IOException(
                    "the forwarder " + name + " does not start: " + process.lastWords());
        }
        control = ControlClient.connect(folder.resolve("forwarder.sock"));
    }

    private ControlClient control() {
        if (control == null) {
            throw new IllegalStateException("the forwarder " + name + " is not awaited yet");
        }
        return control;
    }

    String name() {
        return name;
    }

    /** The first of its nodes: its name up to the dash. */
    String node() {
        return name.substring(0, name.indexOf('-'));
    }

    long pid() {
        return process.pid();
    }

    String read(String handler) throws IOException {
        return control().read(handler);
    }

    String read(String handler, String argument) throws IOException {
        return control().read(handler, argument);
    }

    void write(String handler, String value) throws IOException {
        control().write(handler, value);
    }

    /** A row of the books over all its nodes: sent, delivered, tunnelled, untunnelled. */
    long count(String row) throws IOException {
        return read("books")
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(words -> words[1].equals(row))
                .mapToLong(words -> Long.parseLong(words[2]))
                .sum();
    }

    /** What it has dropped so far: {@code NODE ELEMENT REASON N}. */
    List<String> drops() throws IOException {
        return read("books")
                .lines()
                .filter(line -> line.contains(" drop "))
                .map(line -> line.replace(" drop ", " "))
                .toList();
    }

    @Override
    public void close() throws IOException {
        try {
            if (control != null) {
                control.close();
            }
        } finally {
            process.stop();
            Cgroup.open("bench", name).remove();
            Tree.remove(folder);
        }
    }
}
