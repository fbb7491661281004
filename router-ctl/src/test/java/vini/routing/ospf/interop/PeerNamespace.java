package vini.routing.ospf.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import vini.forwarder.io.ProcessCalls;
import vini.forwarder.io.TunDevice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A namespace with one tun device {@code tun0}, whose other end is ours, and the daemons that a
 * test starts there. Closing it ends them, by id.
 */
final class PeerNamespace implements AutoCloseable {
    private final String name;
    private final Path folder;
    private final TunDevice tun;
    private final List<Process> processes = new ArrayList<>();

    private PeerNamespace(String name, Path folder, TunDevice tun) {
        this.name = name;
        this.folder = folder;
        this.tun = tun;
    }

    /** Skips the test where the machine cannot do it. */
    static void assumePossible(String... programs) {
        assumeTrue(ProcessCalls.geteuid() == 0, "needs root to make namespaces");
        assumeTrue(Files.exists(Path.of("/dev/net/tun")), "needs /dev/net/tun");
        for (String program : programs) {
            assumeTrue(Files.isExecutable(Path.of(program)), "needs " + program);
        }
    }

    /**
     * @param address of tun0, with length
     * @param loopback another address of the node, for routes to it
     */
    static PeerNamespace make(String suffix, String address, String loopback) throws Exception {
        String name = "vini-it-" + ProcessHandle.current().pid() + "-" + suffix;
        Path folder = Files.createTempDirectory("vini-it");
        run("ip", "netns", "add", name);
        TunDevice tun = null;
        try {
            tun = TunDevice.attach("/run/netns/" + name, "tun0", TunDevice.Offload.NONE);
            PeerNamespace made = new PeerNamespace(name, folder, tun);
            made.inside("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1");
            made.inside("ip", "link", "set", "lo", "up");
            made.inside("ip", "address", "add", loopback + "/32", "dev", "lo");
            made.inside("ip", "address", "add", address, "dev", "tun0");
            made.inside("ip", "link", "set", "tun0", "mtu", "1500", "up");
            return made;
        } catch (Exception e) {
            if (tun != null) {
                tun.close();
            }
            run("ip", "netns", "delete", name);
            throw e;
        }
    }

    TunDevice tun() {
        return tun;
    }

    /** A folder for configurations and sockets. */
    Path folder() {
        return folder;
    }

    /** Runs a command in the namespace to its end; returns what it printed. */
    String inside(String... command) throws IOException {
        return run(inNamespace(command));
    }

    /** Starts a daemon that stays in the foreground. */
    Process start(String... command) throws IOException {
        Process process =
                new ProcessBuilder(inNamespace(command))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log-" + processes.size()).toFile())
                        .start();
        processes.add(process);
        return process;
    }

    private String[] inNamespace(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    static String run(String... command) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        end(process, 20);
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    private static void end(Process process, int seconds) throws IOException {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + process.info(), e);
        }
    }

    /** What the daemons printed and logged, for a test that failed. */
    String logs() throws IOException {
        StringBuilder logs = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.getFileName().toString().contains("log")).toList()) {
                logs.append(file.getFileName()).append(":\n").append(Files.readString(file));
            }
        }
        return logs.toString();
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes) {
            process.destroyForcibly();
            end(process, 5);
        }
        tun.close();
        run("ip", "netns", "delete", name);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
