package vini.overlay.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import vini.net.Ipv4Address;
import vini.overlay.host.Capabilities;
import vini.overlay.host.StateRoot;
import vini.overlay.json.Problems;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.overlay.world.OutsideHost;
import vini.time.Seed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A slice that is up between a user, {@code client}, with a stock client at the ingress {@code a},
 * and a machine of the Internet, {@code web}, at the egress {@code c}.
 */
final class OutsideSlice implements AutoCloseable {
    /** The address of the machine of the Internet: that of the VINI paper's figure 2. */
    static final String WEB = "64.236.16.20";

    private static final String SECONDS_AT_MOST = "100";

    final Keeper keeper;

    /** Brings it up, or skips the test where the machine cannot. */
    OutsideSlice(String topology, Path folder) throws IOException, InterruptedException {
        assumeTrue(Capabilities.kernelHosts().possible(), "kernel hosts are not possible");
        assumeTrue(Files.exists(Path.of("/usr/bin/wireguard-go")), "there is no wireguard-go");
        Path file = Files.writeString(folder.resolve("t.json"), topology);
        Topology read = TopologyFile.read(file, new Problems());
        keeper =
                Keeper.start(
                        read,
                        new Seed(1),
                        StateRoot.at(folder.resolve("s")).take(read.name()).orElseThrow(),
                        Outsiders.none(folder.resolve("users"))
                                .with(
                                        List.of(
                                                new OutsideHost("client", "a", true, null),
                                                new OutsideHost(
                                                        "web",
                                                        "c",
                                                        false,
                                                        Ipv4Address.parse(WEB)))),
                        new KeeperListener() {});
        try {
            boolean converged = keeper.awaitConverged(TimeUnit.SECONDS.toNanos(60));
            assertThat(converged).as("converged").isTrue();
        } catch (Throwable e) {
            keeper.close();
            throw e;
        }
    }

    private List<String> within(String host, String... command) {
        SliceOutside.Place place = Objects.requireNonNull(keeper.outside().place(host));
        List<String> all = new ArrayList<>();
        all.addAll(List.of("nsenter", "--net=" + place.namespace().path()));
        all.addAll(List.of("timeout", SECONDS_AT_MOST));
        all.addAll(List.of(command));
        return all;
    }

    /** Runs a command on an outside host; returns what it printed. */
    String run(String host, String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(within(host, command)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** A command that goes on there, and prints to a file. */
    Process start(String host, Path output, String... command) throws IOException {
        return new ProcessBuilder(within(host, command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    @Override
    public void close() throws IOException {
        keeper.close();
    }
}
