package vini.bench;

import vini.overlay.host.Tree;
import vini.overlay.world.Holdings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many WireGuard users of one server of Vini's: each is an element with a key and a port of its own
 * in one process on the other machine of the {@link Testbed}.
 */
final class VpnCrowd implements AutoCloseable {
    private static final int SERVER_PORT = 51830;
    private static final int FIRST_PORT = 20_000;
    private static final long POLL_MS = 10;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Holdings held = new Holdings();
    private final int users;
    private final ForwarderProcess server;
    private final ForwarderProcess clients;

    /** Starts them; packets of each go to nobody but the server. */
    VpnCrowd(Testbed bed, int users, double packetsPerSecond)
            throws IOException, InterruptedException {
        this.users = users;
        Path folder = Files.createTempDirectory("vini-bench");
        held.add(() -> Tree.remove(folder));
        VpnKeys own = VpnKeys.make(folder, "server");
        String at = "WireGuard(" + Testbed.FWD_SRC + ":" + SERVER_PORT;
        String graph = "users :: " + at + ", KEY_FILE " + own.file() + ");\n";
        server =
                ForwarderProcess.start(
                        "vpn-server",
                        bed.fwd(),
                        Collections.singletonMap("vpn", graph + "Idle -> users -> Discard;\n"));
        held.add(server::close);
        List<VpnKeys> keys = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < users; i++) {
            VpnKeys each = VpnKeys.make(folder, "u" + i);
            keys.add(each);
            text.append(
                    "u%d :: WireGuard(%s:%d, KEY_FILE %s); u%d -> Discard;\n"
                            .formatted(i, Testbed.SRC, FIRST_PORT + i, each.file(), i));
            text.append(
                    packetsPerSecond == 0
                            ? "Idle -> u%d;\n".formatted(i)
                            : source(i, packetsPerSecond));
        }
        clients =
                ForwarderProcess.start(
                        "vpn-clients", bed.src(), Collections.singletonMap("vpn", text.toString()));
        held.add(clients::close);
        server.await();
        clients.await();
        for (int i = 0; i < users; i++) {
            server.write("vpn/users.add", "u" + i + " " + keys.get(i).key() + " " + address(i));
            clients.write("vpn/u" + i + ".add", "server " + own.key() + " 10.8.0.0/32");
            clients.write(
                    "vpn/u" + i + ".endpoint", "server " + Testbed.FWD_SRC + ":" + SERVER_PORT);
        }
    }

    private static String address(int i) {
        return "10.8." + (1 + i / 250) + "." + (1 + i % 250);
    }

    private static String source(int i, double rate) {
        return ("RatedSource(LENGTH 1372, RATE %d) -> UDPIPEncap(%s, 1000, 10.8.0.0, 1000) ->"
                        + " u%d;\n")
                .formatted((long) rate, address(i), i);
    }

    /** How many seconds it takes until all have keys. */
    double handshakes() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (int i = 0; i < users; i++) {
            clients.write("vpn/u" + i + ".handshake", "server");
        }
        while (answered() < users) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IOException("only " + answered() + " of " + users + " have keys");
            }
            Thread.sleep(POLL_MS);
        }
        return Processor.seconds(System.nanoTime() - begin);
    }

    /** How many users have used their keys. */
    private long answered() throws IOException {
        return server.read("vpn/users.peers")
                .lines()
                .filter(line -> !line.split("\t", -1)[4].equals("-"))
                .count();
    }

    /** Packets of all users that came out of the server. */
    long packets() throws IOException {
        return server.count("sent");
    }

    /** Users of whom more than so many bytes came. */
    long active(long bytes) throws IOException {
        return server.read("vpn/users.peers")
                .lines()
                .filter(line -> Long.parseLong(line.split("\t", -1)[5]) > bytes)
                .count();
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
