package vini.overlay.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A user with a stock client whose packets leave the slice by sockets of the forwarder. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SocketDoorSystemTest implements Keeper.Listener {
    private static final String TOPOLOGY =
            """
            { "name": "sockets-test",
              "nodes": {
                "a": {"ingress": true}, "b": {},
                "c": {"egress": {"way": "sockets"}} },
              "links": [
                {"between": ["a", "b"], "delay": "1ms"},
                {"between": ["b", "c"], "delay": "1ms"} ],
              "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"} }
            """;

    private static final String WEB = "64.236.16.20";
    private static final int BYTES = 20_000_000;

    @TempDir static Path temporary;

    @SuppressWarnings("NullAway.Init") // set by start
    private Keeper keeper;

    @SuppressWarnings("NullAway.Init") // set by start
    private Process server;

    private final byte[] page = new byte[BYTES];

    @BeforeAll
    void start() throws Exception {
        assumeTrue(Capabilities.kernelHosts().possible(), "kernel hosts are not possible");
        assumeTrue(Files.exists(Path.of("/usr/bin/wireguard-go")), "there is no wireguard-go");
        Path file = temporary.resolve("t.json");
        Files.writeString(file, TOPOLOGY);
        Topology topology = TopologyFile.read(file, new Problems());
        keeper =
                Keeper.start(
                        topology,
                        new Seed(1),
                        StateRoot.at(temporary.resolve("s")).take("sockets-test").orElseThrow(),
                        Outsiders.none(temporary.resolve("users"))
                                .with(
                                        List.of(
                                                new OutsideHost("client", "a", true, null),
                                                new OutsideHost(
                                                        "web",
                                                        "c",
                                                        false,
                                                        Ipv4Address.parse(WEB)))),
                        this);
        assertThat(keeper.awaitConverged(TimeUnit.SECONDS.toNanos(60))).as("converged").isTrue();
        new Random(1).nextBytes(page);
        Path web = Files.createDirectories(temporary.resolve("web"));
        Files.write(web.resolve("page"), page);
        server = start("web", "python3", "-u", "-m", "http.server", "80", "-d", web.toString());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> run("client", "curl", "-sSI", url()).contains("200"));
    }

    @AfterAll
    void end() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor();
        }
        if (keeper != null) {
            keeper.close();
        }
    }

    private static String url() {
        return "http://" + WEB + "/page";
    }

    private List<String> within(String host, String... command) {
        SliceOutside.Place place = Objects.requireNonNull(keeper.outside().place(host));
        List<String> all = new ArrayList<>();
        all.addAll(List.of("nsenter", "--net=" + place.namespace().path(), "timeout", "100"));
        all.addAll(List.of(command));
        return all;
    }

    private Process start(String host, String... command) throws IOException {
        return new ProcessBuilder(within(host, command))
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve(host + ".log").toFile())
                .start();
    }

    private String run(String host, String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(within(host, command)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void aPageComesWholeAndTheServerSeesTheMachine() throws Exception {
        Path got = temporary.resolve("got");
        String said = run("client", "curl", "-sS", "-m", "60", "-o", got.toString(), url());
        assertThat(said).isEmpty();
        assertThat(Files.readAllBytes(got)).isEqualTo(page);
        assertThat(Files.readString(temporary.resolve("web.log")))
                .contains("198.51.100.")
                .doesNotContain("10.87.");
    }

    @Test
    void aPortThatNobodyHasIsRefused() throws Exception {
        assertThat(run("client", "curl", "-sS", "-m", "5", "http://" + WEB + ":81/"))
                .contains("Failed to connect")
                .doesNotContain("timed out");
    }

    @Test
    void pingsComeBack() throws Exception {
        assertThat(run("client", "ping", "-c", "3", "-i", "0.2", "-W", "2", WEB))
                .contains(" 0% packet loss");
    }

    @Test
    void nothingLeavesToWhereOnlyTheMachineIsAtHome() throws Exception {
        for (String closed : List.of("10.1.2.3", "198.51.100.2", "127.0.0.1", "169.254.1.1")) {
            assertThat(run("client", "ping", "-I", "vini0", "-c", "1", "-W", "1", closed))
                    .as(closed)
                    .doesNotContain(" 0% packet loss");
        }
        assertThat(run("client", "curl", "-sS", "-m", "5", "http://198.51.100.2/"))
                .contains("Failed to connect");
    }

    @Test
    void anEgressOfSocketsMakesNoDevice() throws Exception {
        assertThat(keeper.readForwarder("c/out.capacity")).startsWith("4096 1024");
        assertThat(keeper.readForwarder("c/out.class")).contains("SocketEgress");
    }
}
