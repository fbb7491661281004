package vini.bench;

import vini.forwarder.io.Endpoint;
import vini.net.Ipv4Address;
import vini.overlay.host.KernelNamespace;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.host.Tree;
import vini.overlay.world.Holdings;
import vini.vpn.wireguard.PublicKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Two WireGuard servers on one machine of the {@link Testbed}, Vini's and wireguard-go, and two
 * such clients on the other; each client is known to both servers. All run all the time, and take
 * nothing while nobody sends.
 */
final class VpnEnds implements AutoCloseable {
    private static final String GO_SERVER = "10.8.1.1";
    private static final String VINI_SERVER = "10.8.2.1";
    private static final String GO_CLIENT = "10.8.0.2";
    private static final String VINI_CLIENT = "10.8.0.3";
    private static final int GO_PORT = 51820;
    private static final int VINI_PORT = 51821;
    private static final int CLIENT_PORT = 51822;
    private static final int MTU = 1420;
    private static final int SECONDS = 10;
    private static final long POLL_MS = 20;
    private static final int POLLS = 250;

    private final Holdings held = new Holdings();
    private final Testbed bed;
    private final Path folder;
    private final String device = "vb" + Long.toString(ProcessHandle.current().pid(), 36);

    @SuppressWarnings("NullAway.Init") // set by start
    private VpnKeys viniServerKeys;

    @SuppressWarnings("NullAway.Init")
    private Program goServer;

    @SuppressWarnings("NullAway.Init")
    private ForwarderProcess viniServer;

    @SuppressWarnings("NullAway.Init")
    private Program goClient;

    @SuppressWarnings("NullAway.Init")
    private ForwarderProcess viniClient;

    @SuppressWarnings("NullAway.Init")
    private KernelNamespace serverHost;

    @SuppressWarnings("NullAway.Init")
    private KernelNamespace clientHost;

    private VpnEnds(Testbed bed) throws IOException {
        this.bed = bed;
        folder = Files.createTempDirectory("vini-bench");
        held.add(() -> Tree.remove(folder));
    }

    /** Starts all. */
    static VpnEnds start(Testbed bed) throws IOException, InterruptedException {
        VpnEnds ends = new VpnEnds(bed);
        try {
            ends.start();
            return ends;
        } catch (Throwable e) {
            ends.close();
            throw e;
        }
    }

    private void start() throws IOException, InterruptedException {
        VpnKeys goServerKeys = VpnKeys.make(folder, "go-server");
        viniServerKeys = VpnKeys.make(folder, "vini-server");
        VpnKeys goClientKeys = VpnKeys.make(folder, "go-client");
        VpnKeys viniClientKeys = VpnKeys.make(folder, "vini-client");
        serverHost = host(VINI_SERVER);
        clientHost = host(VINI_CLIENT);
        viniServer = vini(bed.fwd(), Testbed.FWD_SRC, VINI_PORT, viniServerKeys, serverHost);
        viniClient = vini(bed.src(), Testbed.SRC, CLIENT_PORT, viniClientKeys, clientHost);
        goServer = go(bed.fwd(), device + "s", GO_SERVER);
        goClient = go(bed.src(), device + "c", GO_CLIENT);

        String port = Integer.toString(GO_PORT);
        set(bed.fwd(), device + "s", "listen-port", port, "private-key", "" + goServerKeys.file());
        peer(bed.fwd(), device + "s", goClientKeys, GO_CLIENT, "");
        peer(bed.fwd(), device + "s", viniClientKeys, VINI_CLIENT, "");
        set(bed.src(), device + "c", "private-key", goClientKeys.file().toString());
        peer(bed.src(), device + "c", goServerKeys, GO_SERVER, Testbed.FWD_SRC + ":" + GO_PORT);
        peer(
                bed.src(),
                device + "c",
                viniServerKeys,
                VINI_SERVER,
                Testbed.FWD_SRC + ":" + VINI_PORT);

        viniServer.await();
        viniClient.await();
        add(viniServer, "go", goClientKeys, GO_CLIENT);
        add(viniServer, "vini", viniClientKeys, VINI_CLIENT);
        add(viniClient, "go", goServerKeys, GO_SERVER);
        add(viniClient, "vini", viniServerKeys, VINI_SERVER);
        endpoint(viniClient, "go", GO_PORT);
        endpoint(viniClient, "vini", VINI_PORT);
    }

    private KernelNamespace host(String address) throws IOException {
        KernelNamespace host = KernelNamespace.create(List.of(Ipv4Address.parse(address)), MTU);
        held.add(host::close);
        return host;
    }

    private ForwarderProcess vini(
            NetworkNamespace at, String address, int port, VpnKeys keys, KernelNamespace host)
            throws IOException {
        String graph =
                "users :: WireGuard(%s:%d, KEY_FILE %s); host :: Host(NETNS %s, MTU %d);\n"
                                .formatted(address, port, keys.file(), host.path(), MTU)
                        + "host -> users -> host;\n";
        ForwarderProcess process =
                ForwarderProcess.start("vpn-" + port, at, Collections.singletonMap("vpn", graph));
        held.add(process::close);
        return process;
    }

    private Program go(NetworkNamespace at, String name, String address)
            throws IOException, InterruptedException {
        Program program =
                Program.start(
                        at,
                        "env",
                        "WG_PROCESS_FOREGROUND=1",
                        "LOG_LEVEL=error",
                        "wireguard-go",
                        "-f",
                        name);
        held.add(program::close);
        Path socket = Path.of("/var/run/wireguard/" + name + ".sock");
        for (int i = 0; !Files.exists(socket); i++) {
            program.mustRun();
            if (i == POLLS) {
                throw new IOException("wireguard-go does not start");
            }
            Thread.sleep(POLL_MS);
        }
        ip(at, "address add " + address + "/16 dev " + name);
        ip(at, "link set " + name + " mtu " + MTU + " up");
        return program;
    }

    private static void ip(NetworkNamespace at, String words)
            throws IOException, InterruptedException {
        String _ = Program.run(at, SECONDS, ("ip " + words).split(" ", -1));
    }

    private static void set(NetworkNamespace at, String name, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wg", "set", name));
        command.addAll(List.of(words));
        String _ = Program.run(at, SECONDS, command.toArray(String[]::new));
    }

    private static void peer(
            NetworkNamespace at, String name, VpnKeys keys, String address, String endpoint)
            throws IOException, InterruptedException {
        String words = "peer " + keys.key() + " allowed-ips " + address + "/32";
        set(
                at,
                name,
                (endpoint.isEmpty() ? words : words + " endpoint " + endpoint).split(" ", -1));
    }

    private static void add(ForwarderProcess to, String name, VpnKeys keys, String address)
            throws IOException {
        to.write("vpn/users.add", name + " " + keys.key() + " " + address + "/32");
    }

    private static void endpoint(ForwarderProcess of, String name, int port) throws IOException {
        of.write("vpn/users.endpoint", name + " " + Testbed.FWD_SRC + ":" + port);
    }

    /** Where the client's programs run: those of wireguard-go, or of Vini. */
    private NetworkNamespace client(boolean vini) {
        return vini ? clientHost.namespace() : bed.src();
    }

    /** Where the server's programs run. */
    private NetworkNamespace server(boolean vini) {
        return vini ? serverHost.namespace() : bed.fwd();
    }

    /** The process of a server. */
    long serverPid(boolean vini) {
        return vini ? viniServer.pid() : goServer.pid();
    }

    /** The process of a client. */
    long clientPid(boolean vini) {
        return vini ? viniClient.pid() : goClient.pid();
    }

    /** Payload by TCP from a client to a server. */
    Iperf up(boolean viniClient, boolean viniServer, int seconds)
            throws IOException, InterruptedException {
        String to = viniServer ? VINI_SERVER : GO_SERVER;
        return Iperf.tcp(client(viniClient), server(viniServer), to, 1, seconds);
    }

    /** Payload by TCP from a server to a client, which must have sent something before. */
    Iperf down(boolean viniClient, boolean viniServer, int seconds)
            throws IOException, InterruptedException {
        String to = viniClient ? VINI_CLIENT : GO_CLIENT;
        return Iperf.tcp(server(viniServer), client(viniClient), to, 1, seconds);
    }

    /** Who Vini's server is. */
    PublicKey viniServerKey() {
        return viniServerKeys.key();
    }

    /** Where it is. */
    Endpoint viniServerEndpoint() {
        return Endpoint.parse(Testbed.FWD_SRC + ":" + VINI_PORT);
    }

    /** What has happened to it, a line each. */
    String counts() throws IOException {
        return viniServer.read("vpn/users.counts");
    }

    /** What Vini's server has dropped. */
    List<String> drops() throws IOException {
        return viniServer.drops();
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
