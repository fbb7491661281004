package vini.overlay.host;

import vini.net.IpAddress;
import vini.net.Prefix;
import vini.vpn.ClientConfig;
import vini.vpn.KeyFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A user's VPN client as anyone has it, {@code wireguard-go} set up by {@code wg}, in the namespace
 * of an outside host: all that the host sends goes by it.
 */
public final class StockClient implements AutoCloseable {
    private static final Path SOCKETS = Path.of("/var/run/wireguard");
    private static final int PATIENCE_MS = 5000;
    private static final int POLL_MS = 10;

    private final Process process;

    private StockClient(Process process) {
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param device the name of its device, of its own on this machine
     * @param file the path of the configuration and of the log, without their endings
     */
    public static StockClient start(
            NetworkNamespace namespace, String device, ClientConfig config, Path file)
            throws IOException {
        Path log = file.resolveSibling(file.getFileName() + ".log");
        Path configuration = file.resolveSibling(file.getFileName() + ".conf");
        KeyFile.write(configuration, forSetConf(config));
        StockClient client = new StockClient(launch(namespace, device, log));
        try {
            client.await(SOCKETS.resolve(device + ".sock"), log);
            run(List.of("wg", "setconf", device, configuration.toString()));
            try (Rtnetlink links = Rtnetlink.open(namespace.path())) {
                int index = links.index(device);
                links.mtu(index, config.mtu());
                for (Prefix address : config.addresses()) {
                    links.addAddress(index, address.address(), address.length(), null);
                }
                links.up(index);
                for (Prefix destination : config.allowed()) {
                    links.addRoute(destination, index, null, source(config, destination));
                }
            }
            return client;
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /** The client's address of the same family. */
    private static IpAddress source(ClientConfig config, Prefix destination) {
        return config.addresses().stream()
                .map(Prefix::address)
                .filter(a -> a.bitLength() == destination.address().bitLength())
                .findFirst()
                .orElseThrow();
    }

    /** What the protocol needs; wg(8) does not know the rest, which is for wg-quick(8). */
    private static String forSetConf(ClientConfig config) {
        return config.text()
                .lines()
                .filter(line -> !line.matches("(Address|DNS|MTU) = .*"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Process launch(NetworkNamespace namespace, String device, Path log)
            throws IOException {
        try {
            return new ProcessBuilder(
                            "nsenter",
                            "--net=" + namespace.path(),
                            "--",
                            // so that it ends if this process is killed
                            "setpriv",
                            "--pdeathsig",
                            "TERM",
                            "wireguard-go",
                            "--foreground",
                            device)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw missing(e);
        }
    }

    private static MachineException missing(IOException e) {
        return new MachineException(
                "a user outside needs a VPN client: install wireguard-go and wireguard-tools ("
                        + e.getMessage()
                        + ")",
                e);
    }

    private void await(Path socket, Path log) throws IOException {
        try {
            for (int waited = 0; !Files.exists(socket); waited += POLL_MS) {
                if (!process.isAlive() || waited > PATIENCE_MS) {
                    String said = Files.readString(log).strip();
                    throw new MachineException("wireguard-go does not start: " + said);
                }
                Thread.sleep(POLL_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process run;
        try {
            run = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw missing(e);
        }
        try {
            String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!run.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS) || run.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            run.destroyForcibly();
        }
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        boolean interrupted = false;
        try {
            if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            process.destroyForcibly();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
