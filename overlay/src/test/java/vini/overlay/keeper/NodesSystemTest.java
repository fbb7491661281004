package vini.overlay.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.overlay.host.StateRoot;
import vini.overlay.json.Problems;
import vini.overlay.topology.End;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.overlay.world.Cause;
import vini.overlay.world.SliceProcess;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** One small slice of real processes, whose nodes crash and freeze, and whose processes do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class NodesSystemTest implements KeeperListener {
    private static final String RING =
            """
            {"name": "nodes-test", "hosts": "builtin", "tunnels": "udp",
             "nodes": {"a": {}, "b": {}, "c": {}},
             "links": [{"between": ["a", "b"]}, {"between": ["b", "c"]},
                       {"between": ["c", "a"], "cost": 30}],
             "routing": {"hello": "1s", "dead": "3s"}}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Cause WHY = new Cause(1, Long.MAX_VALUE);

    @TempDir static Path temporary;
    private final List<String> told = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set by start
    private Keeper keeper;

    @SuppressWarnings("NullAway.Init") // set by start
    private LiveWorld world;

    @BeforeAll
    void start() throws Exception {
        Topology topology =
                TopologyFile.read(
                        Files.writeString(temporary.resolve("t.json"), RING), new Problems());
        keeper =
                Keeper.start(
                        topology,
                        new Seed(1),
                        StateRoot.at(temporary.resolve("s")).take("nodes-test").orElseThrow(),
                        Outsiders.none(temporary.resolve("users")),
                        this);
        world = new LiveWorld(keeper);
        assertThat(keeper.awaitConverged(TimeUnit.SECONDS.toNanos(60))).as("converged").isTrue();
    }

    @AfterAll
    void end() throws Exception {
        world.close();
        keeper.close();
        assertThat(temporary.resolve("s")).isEmptyDirectory();
    }

    @Override
    public void died(String process, int status, List<String> lastWords) {
        told.add(process + " died " + status + " " + lastWords);
    }

    @Override
    public void killed(String process) {
        told.add(process + " killed");
    }

    private Node node(String name) {
        return Objects.requireNonNull(keeper.topology().node(name));
    }

    private long pid(SliceProcess process) throws IOException {
        return Objects.requireNonNull(keeper.pids().get(process.toString()));
    }

    private boolean isUp(int routers) {
        try {
            String status = keeper.readRouter("status");
            return status.contains("\"routers\":" + routers + ",\"full\":" + routers)
                    && status.contains("\"converged\":true");
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitUp(int routers) {
        await().atMost(PATIENCE).until(() -> isUp(routers));
    }

    /** The next hop of a node for another's address. */
    private String way(String from, String to) throws IOException {
        return keeper.readForwarder(
                from + "/fib.lookup", keeper.plan().routerId(node(to)).toString());
    }

    @Test
    void aCrashedNodeStaysDownWhateverBecomesOfTheProcessesAndComesAgain() throws Exception {
        world.crash(node("b"), WHY);
        assertThatThrownBy(() -> keeper.readForwarder("b/fib.table"))
                .isInstanceOf(IOException.class);
        assertThat(keeper.readForwarder("down")).isEqualTo("b\n");
        await().atMost(PATIENCE).until(() -> isUp(2) && way("a", "c").startsWith("1 10.77.128.9"));
        long forwarder = pid(SliceProcess.FORWARDER);
        world.kill(SliceProcess.FORWARDER);
        await().atMost(PATIENCE)
                .until(
                        () ->
                                pid(SliceProcess.FORWARDER) > 0
                                        && pid(SliceProcess.FORWARDER) != forwarder);
        world.kill(SliceProcess.ROUTER);
        await().atMost(PATIENCE).until(() -> told.contains("router killed"));
        awaitUp(2);
        assertThat(keeper.readForwarder("down")).isEqualTo("b\n");
        assertThat(world.start(node("b"), WHY)).isTrue();
        awaitUp(3);
        await().atMost(PATIENCE).until(() -> way("a", "c").startsWith("1 10.77.128.2"));
        assertThat(told).containsExactly("forwarder killed", "router killed");
        told.clear();
    }

    @Test
    void aFrozenNodeIsMissedAndGoesOn() throws Exception {
        world.freeze(node("b"), WHY);
        assertThat(keeper.readForwarder("frozen")).isEqualTo("b\n");
        await().atMost(PATIENCE).until(() -> way("a", "c").contains("10.77.128.9"));
        assertThat(world.thaw(node("b"), WHY)).isTrue();
        awaitUp(3);
        await().atMost(PATIENCE).until(() -> way("a", "c").contains("10.77.128.2"));
        assertThat(keeper.readForwarder("books")).contains("b drop node nodeFrozen ");
        assertThat(told).isEmpty();
    }

    /** R, S or T and the like, of proc_pid_stat(5). */
    private String state(SliceProcess process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid(process) + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", 2)[0];
    }

    /** For longer than the pulse, and than the patience of who asks a process. */
    @Test
    void aFrozenProcessIsNotTakenForOneThatHangs() throws Exception {
        long router = pid(SliceProcess.ROUTER);
        world.freeze(SliceProcess.ROUTER, WHY);
        await().atMost(PATIENCE).until(() -> state(SliceProcess.ROUTER).equals("T"));
        keeper.links().cost(Objects.requireNonNull(keeper.topology().link("a", "b")), End.A, 99);
        long thawAt = keeper.worker().nowNanos() + TimeUnit.SECONDS.toNanos(6);
        await().atMost(PATIENCE).until(() -> keeper.worker().nowNanos() > thawAt);
        assertThatThrownBy(() -> keeper.readRouter("status")).hasMessageContaining("is frozen");
        assertThat(world.thaw(SliceProcess.ROUTER, WHY)).isTrue();
        awaitUp(3);
        assertThat(pid(SliceProcess.ROUTER)).isEqualTo(router);
        // It was told while it could not hear.
        await().atMost(PATIENCE).until(() -> way("a", "c").contains("10.77.128.9"));
        keeper.links().cost(Objects.requireNonNull(keeper.topology().link("a", "b")), End.A, 10);
        await().atMost(PATIENCE).until(() -> way("a", "c").contains("10.77.128.2"));
        assertThat(told).isEmpty();
    }
}
