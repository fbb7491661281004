package vini.vpn.elements.wireguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import vini.forwarder.Chatter;
import vini.forwarder.GraphProcess;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.ProcessCalls;
import vini.time.Seed;
import vini.vpn.KeyFile;
import vini.vpn.wireguard.Secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two namespaces with a cable between them: in one wireguard-go, the stock client, has the address
 * 10.9.0.1, and 10.8.0.2 in the tunnel; in the other our element is 10.9.0.2, and before it a host
 * 10.8.0.1. Graphs run in the test's own process. Closing it ends all, and says if a packet leaked.
 */
final class Lab implements AutoCloseable {
    static final List<String> PROGRAMS =
            List.of("/usr/bin/wireguard-go", "/usr/bin/wg", "/usr/bin/ping", "/usr/bin/iperf3");

    private static final int IPERF_PORT = 5201;

    final Secret serverKey = Secret.privateKey(new SecureRandom());
    final Secret clientKey = Secret.privateKey(new SecureRandom());
    final Secret preshared = Secret.presharedKey(new SecureRandom());
    final Path folder;

    /** What was said to the user. */
    final List<String> chatter = new CopyOnWriteArrayList<>();

    private final String id = Long.toString(ProcessHandle.current().pid(), 36);
    private final String client = "vini-wg-" + id + "-c";
    private final String server = "vini-wg-" + id + "-s";
    private final String device = "wg" + id;
    private final EventLoop loop = new EventLoop("test", EventLoop.Duty.ORDINARY);
    private final GraphProcess process = new GraphProcess(loop, new Seed(1));
    private final List<Process> processes = new ArrayList<>();

    /** Makes it, or skips the test where the machine cannot. */
    Lab() throws IOException {
        assumeTrue(ProcessCalls.geteuid() == 0, "needs root to make namespaces");
        assumeTrue(Files.exists(Path.of("/dev/net/tun")), "needs /dev/net/tun");
        for (String program : PROGRAMS) {
            assumeTrue(Files.isExecutable(Path.of(program)), "needs " + program);
        }
        folder = Files.createTempDirectory("vini-wg");
        process.shared().get(Chatter.class, Chatter::new).to(chatter::add);
        KeyFile.write(folder.resolve("server.key"), serverKey);
        KeyFile.write(folder.resolve("client.key"), clientKey);
        KeyFile.write(folder.resolve("psk"), preshared);
        ip("netns", "add", client);
        ip("netns", "add", server);
        ip(
                "link", "add", "v0", "netns", client, "type", "veth", "peer", "name", "v1", "netns",
                server);
        ip("-n", client, "address", "add", "10.9.0.1/24", "dev", "v0");
        ip("-n", server, "address", "add", "10.9.0.2/24", "dev", "v1");
        for (String[] up : new String[][] {{client, "v0"}, {server, "v1"}, {client, "lo"}}) {
            ip("-n", up[0], "link", "set", up[1], "up");
        }
    }

    private static void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        String _ = run(command);
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (end(process, 60) != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    private static int end(Process process, int seconds) throws IOException {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.destroyForcibly().waitFor();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + process.info(), e);
        }
    }

    /** Runs a command where the client is; returns what it printed. */
    String inClient(String command) throws IOException {
        return inside(client, command);
    }

    /** Runs a command where the server is; returns what it printed. */
    String inServer(String command) throws IOException {
        return inside(server, command);
    }

    private static String inside(String namespace, String command) throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command.split(" ")));
        return run(all);
    }

    /**
     * Starts iperf3 for one transfer where the server is; returns once it listens. The one before
     * it must be gone first: it keeps the port for a moment after its client has its result.
     */
    void startIperf() throws IOException {
        await().atMost(Duration.ofSeconds(10)).until(() -> !listens(IPERF_PORT));
        start(server, "iperf3 -s -1");
        await().atMost(Duration.ofSeconds(20)).until(() -> listens(IPERF_PORT));
    }

    private boolean listens(int port) throws IOException {
        return !inServer("ss -Hltn sport = :" + port).isBlank();
    }

    private void start(String namespace, String command) throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command.split(" ")));
        processes.add(
                new ProcessBuilder(all)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log-" + processes.size()).toFile())
                        .start());
    }

    /** The element as the graphs of a test write it; {@code more} are arguments of it. */
    String element(String more) {
        return element("10.9.0.2", more);
    }

    /** The same on another address of the server, or on all. */
    String element(String at, String more) {
        return "users :: WireGuard("
                + at
                + ":51820, KEY_FILE "
                + folder.resolve("server.key")
                + ", NETNS /run/netns/"
                + server
                + more
                + ");\n";
    }

    /** The host before it, on the server's side. */
    String host() {
        return "host :: Host(DEVICE vini0, NETNS /run/netns/" + server + ", MTU 1420);\n";
    }

    /** Starts a graph with a host. */
    void serve(String graph) throws Exception {
        boolean _ = loop.call(() -> process.start("n", "t.click", graph) != null);
        ip("-n", server, "address", "add", "10.8.0.1/24", "dev", "vini0");
        ip("-n", server, "address", "add", "fd00:8::1/64", "dev", "vini0", "nodad");
        ip("-n", server, "link", "set", "vini0", "mtu", "1420", "up");
    }

    /** Starts another graph. */
    void start2(String name, String graph) throws Exception {
        boolean _ = loop.call(() -> process.start(name, "t.click", graph) != null);
    }

    void replace(String graph) throws Exception {
        boolean _ = loop.call(() -> process.replace("n", "t.click", graph) != null);
    }

    String read(String path) throws Exception {
        return loop.call(() -> process.handlers().read(path, ""));
    }

    void write(String path, String value) throws Exception {
        boolean _ =
                loop.call(
                        () -> {
                            process.handlers().write(path, value);
                            return true;
                        });
    }

    /** How often an event was counted. */
    long counted(String event) throws Exception {
        return read("n/users.counts")
                .lines()
                .filter(line -> line.startsWith(event + " "))
                .mapToLong(line -> Long.parseLong(line.substring(event.length() + 1)))
                .sum();
    }

    /** The line that adds the client. */
    String clientLine() {
        return "client " + clientKey.publicKey() + " 10.8.0.2/32,fd00:8::2/128";
    }

    /** Starts the stock client; {@code more} is said of its peer. */
    void startClient(String more) throws Exception {
        startClient(more, "10.9.0.2");
    }

    /** The same, whose server is at that address. */
    void startClient(String more, String at) throws Exception {
        Files.writeString(
                folder.resolve("client.conf"),
                """
                [Interface]
                PrivateKey = %s
                [Peer]
                PublicKey = %s
                AllowedIPs = 10.8.0.0/24, fd00:8::/64
                Endpoint = %s:51820
                %s
                """
                        .formatted(clientKey.base64(), serverKey.publicKey(), at, more));
        start(client, "env WG_PROCESS_FOREGROUND=1 LOG_LEVEL=error wireguard-go -f " + device);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Files.exists(Path.of("/var/run/wireguard/" + device + ".sock")));
        String _ = inClient("wg setconf " + device + " " + folder.resolve("client.conf"));
        ip("-n", client, "address", "add", "10.8.0.2/24", "dev", device);
        ip("-n", client, "address", "add", "fd00:8::2/64", "dev", device, "nodad");
        ip("-n", client, "link", "set", device, "mtu", "1420", "up");
    }

    /** The client's device. */
    String device() {
        return device;
    }

    /** Whether a ping through the tunnel is answered within two seconds. */
    boolean pings(String address) {
        try {
            return inClient("ping -c 1 -W 2 " + address).contains(" 1 received");
        } catch (IOException e) {
            return false;
        }
    }

    void awaitPing(String address) {
        await().atMost(Duration.ofSeconds(15)).until(() -> pings(address));
    }

    @Override
    public void close() throws IOException {
        for (Process started : processes) {
            started.descendants().forEach(ProcessHandle::destroyForcibly);
            int _ = end(started.destroyForcibly(), 5);
        }
        long[] left = new long[1];
        loop.run(process::close);
        loop.run(() -> left[0] = loop.packets().inUse());
        loop.close();
        ip("netns", "delete", client);
        ip("netns", "delete", server);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        assertThat(left[0]).as("packets that leaked").isZero();
    }
}
