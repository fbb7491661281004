package vini.overlay.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.overlay.host.StateRoot;
import vini.overlay.host.Worker;
import vini.overlay.json.Problems;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.overlay.world.Cause;
import vini.overlay.world.FailureMode;
import vini.overlay.world.Host;
import vini.time.Seed;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One slice of Abilene, whose processes are killed; hosts are kernel hosts where they can be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class KeeperSystemTest implements KeeperListener {
    private static final String SHORTEST = "wash nycm chin ipls kscy dnvr sttl";
    private static final String WITHOUT_DNVR_KSCY = "wash atla hstn losa snva sttl";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir static Path temporary;
    private final List<String> deaths = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set by start
    private List<String> before;

    @SuppressWarnings("NullAway.Init") // set by start
    private Keeper keeper;

    @SuppressWarnings("NullAway.Init") // set by start
    private LiveWorld world;

    @BeforeAll
    void start() throws Exception {
        Topology topology =
                TopologyFile.read(Path.of("../topologies/abilene.json"), new Problems())
                        .withName("keeper-test");
        StateRoot root = StateRoot.at(temporary.resolve("s"));
        SocketChannel.open(StandardProtocolFamily.UNIX).close(); // Java keeps a socket of its own
        before = descriptors();
        keeper =
                Keeper.start(
                        topology,
                        new Seed(1),
                        root.take("keeper-test").orElseThrow(),
                        Outsiders.none(temporary.resolve("users")),
                        this);
        world = new LiveWorld(keeper);
        assertThat(keeper.awaitConverged(TimeUnit.SECONDS.toNanos(60))).as("converged").isTrue();
    }

    @Override
    public void died(String process, int status, List<String> lastWords) {
        deaths.add(process + " " + status);
    }

    @AfterEach
    void repair() throws Exception {
        keeper.links().restore(link("dnvr", "kscy"));
        keeper.links().set(link("dnvr", "kscy"), End.A, "delay", "6.73ms");
        keeper.links().cost(link("nycm", "wash"), End.A, 233);
        keeper.links().cost(link("nycm", "wash"), End.B, 233);
        await().atMost(PATIENCE).until(() -> way("wash", "sttl").equals(SHORTEST));
    }

    @AfterAll
    void nothingIsLeft() throws Exception {
        List<ProcessHandle> processes =
                keeper.pids().entrySet().stream()
                        .filter(process -> !process.getKey().equals("keeper"))
                        .flatMap(process -> ProcessHandle.of(process.getValue()).stream())
                        .toList();
        assertThat(processes).hasSize(2);
        world.close();
        keeper.close();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(temporary.resolve("s")).isEmptyDirectory();
        assertThat(descriptors()).isEqualTo(before);
    }

    /** Namespaces, sockets and devices that this process holds; files of the JVM's come and go. */
    private static List<String> descriptors() throws IOException {
        List<String> kinds = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : all.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    kinds.add(target.replaceAll("\\[[0-9]+]", ""));
                }
            }
        }
        return kinds.stream()
                .filter(k -> k.matches("net:|socket:|pipe:|/dev/.*tun"))
                .sorted()
                .toList();
    }

    private Node node(String name) {
        return keeper.topology().nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Link link(String a, String b) {
        return Objects.requireNonNull(keeper.topology().link(a, b));
    }

    /** The walk of the FIBs as they are now; it ends where there is no route, or at a loop. */
    private String way(String from, String to) {
        String destination = keeper.plan().routerId(node(to)).toString();
        List<String> way = new ArrayList<>(List.of(from));
        try {
            while (!way.getLast().equals(to) && way.size() <= keeper.topology().nodes().size()) {
                String hop = keeper.readForwarder(way.getLast() + "/fib.lookup", destination);
                if (!hop.contains(" ")) {
                    way.add("(no route yet: output " + hop + ")");
                    break;
                }
                way.add(owner(hop.split(" ", -1)[1]));
            }
        } catch (IOException e) {
            way.add("(" + e.getMessage() + ")");
        }
        return String.join(" ", way);
    }

    private String owner(String address) {
        for (Link link : keeper.topology().links()) {
            for (End end : End.values()) {
                if (keeper.plan().linkEnd(link, end).address().toString().equals(address)) {
                    return link.node(end).name();
                }
            }
        }
        return "(" + address + ")";
    }

    /** -1 while it is away. */
    private long pid(String process) throws IOException {
        return Objects.requireNonNull(keeper.pids().get(process));
    }

    private void signal(String process, String signal) throws Exception {
        Process kill =
                new ProcessBuilder("kill", "-" + signal, Long.toString(pid(process))).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Kills it, and waits until another one is ready. */
    private void replace(String process, String signal) throws Exception {
        long old = pid(process);
        int told = deaths.size();
        signal(process, signal);
        await().atMost(PATIENCE).until(() -> deaths.size() > told);
        await().atMost(PATIENCE).until(() -> pid(process) > 0 && pid(process) != old);
    }

    private <T> T onWorker(Worker.Task<T> task) throws Exception {
        return keeper.worker().call(task);
    }

    /** Pings from Washington while something happens; the lines of its log. */
    private List<String> pingWhile(String name, Duration duration, Task task) throws Exception {
        Host wash = onWorker(() -> world.host("wash"));
        onWorker(
                () -> {
                    wash.start(
                            name,
                            "ping",
                            "DST "
                                    + keeper.plan().routerId(node("sttl"))
                                    + ", EVERY 10ms, FOR "
                                    + duration.toMillis()
                                    + "ms");
                    return true;
                });
        long begin = keeper.worker().nowNanos();
        task.run();
        List<String> lines = new ArrayList<>();
        await().atMost(PATIENCE)
                .until(
                        () ->
                                keeper.worker().nowNanos() - begin
                                        > duration.plusSeconds(1).toNanos());
        while (true) {
            String[] part = onWorker(() -> wash.log(name, lines.size())).split("\n", -1);
            List<String> records = Stream.of(part).skip(1).filter(line -> !line.isEmpty()).toList();
            if (records.isEmpty()) {
                return lines;
            }
            lines.addAll(records);
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    private static long count(List<String> lines, String kind) {
        return lines.stream().filter(line -> line.startsWith(kind + " ")).count();
    }

    @Test
    void packetsTakeTheShortestWay() throws Exception {
        assertThat(way("wash", "sttl")).isEqualTo(SHORTEST);
        List<String> log = pingWhile("plain", Duration.ofMillis(500), () -> {});
        assertThat(count(log, "sent")).isBetween(40L, 60L);
        assertThat(count(log, "reply")).isEqualTo(count(log, "sent"));
    }

    @Test
    void aKilledForwarderComesBackAndItsLinksAreAsTheyWere() throws Exception {
        keeper.links().fail(link("dnvr", "kscy"), FailureMode.DOWN, End.A);
        keeper.links().set(link("dnvr", "kscy"), End.A, "delay", "50ms");
        await().atMost(PATIENCE).until(() -> way("wash", "sttl").equals(WITHOUT_DNVR_KSCY));
        replace("forwarder", "KILL");
        assertThat(deaths).last().isEqualTo("forwarder 137");
        await().atMost(PATIENCE).until(() -> way("wash", "sttl").equals(WITHOUT_DNVR_KSCY));
        assertThat(keeper.readForwarder("dnvr/to_kscy.state")).isEqualTo("down");
        assertThat(keeper.readForwarder("kscy/to_dnvr.state")).isEqualTo("down");
        assertThat(keeper.readForwarder("dnvr/to_kscy.delay")).isEqualTo("50ms");
        List<String> log = pingWhile("again", Duration.ofMillis(300), () -> {});
        assertThat(count(log, "reply")).as("%s", log).isPositive();
    }

    @Test
    void theForwarderRepairsALinkWhoseFailureHasEndedIfNobodyElseDoes() throws Exception {
        long end = keeper.worker().nowNanos() + 200_000_000L;
        Cause cause = new Cause(7, end);
        keeper.links().fail(link("dnvr", "kscy"), FailureMode.SILENT, End.A, cause);
        keeper.links().set(link("dnvr", "kscy"), End.A, "delay", "50ms", cause);
        assertThat(keeper.readForwarder("dnvr/to_kscy.state")).isEqualTo("silent");
        // Nobody ends the cause: as if the keeper had been stopped.
        await().atMost(PATIENCE)
                .until(() -> keeper.readForwarder("dnvr/to_kscy.leases").equals("1"));
        assertThat(keeper.worker().nowNanos()).isGreaterThan(end);
        assertThat(keeper.readForwarder("dnvr/to_kscy.state")).isEqualTo("up");
        assertThat(keeper.readForwarder("dnvr/to_kscy.delay")).isEqualTo("6.73ms");
        await().atMost(PATIENCE)
                .until(() -> keeper.readForwarder("kscy/to_dnvr.state").equals("up"));
    }

    @Test
    void noPacketNoticesThatTheRouterIsKilled() throws Exception {
        List<String> log =
                pingWhile("through", Duration.ofSeconds(6), () -> replace("router", "KILL"));
        assertThat(count(log, "sent")).isGreaterThan(400);
        assertThat(count(log, "reply")).isEqualTo(count(log, "sent"));
    }

    @Test
    void aCostThatWasChangedOutlivesTheRouter() throws Exception {
        keeper.links().cost(link("nycm", "wash"), End.A, 5000);
        keeper.links().cost(link("nycm", "wash"), End.B, 5000);
        await().atMost(PATIENCE).until(() -> way("wash", "sttl").startsWith("wash atla"));
        String changed = way("wash", "sttl");
        replace("router", "KILL");
        await().ignoreExceptions()
                .atMost(PATIENCE)
                .until(() -> keeper.readRouter("status").matches("(?s).*\"converged\" *: *true.*"));
        assertThat(way("wash", "sttl")).isEqualTo(changed);
    }

    /** Where packets to the outside go at each node: 2 means that the graph has no way there. */
    private boolean outsideIs(String node, String pattern) throws Exception {
        return keeper.readForwarder(node + "/fib.lookup", "64.236.16.20").matches(pattern);
    }

    private boolean outsideIsEverywhere(String pattern) throws Exception {
        for (Node node : keeper.topology().nodes()) {
            if (!node.name().equals("wash") && !outsideIs(node.name(), pattern)) {
                return false;
            }
        }
        return outsideIs("wash", "2");
    }

    @Test
    void anAnnouncedDefaultReplacesTheGraphsOwnUntilItIsGone() throws Exception {
        assertThat(outsideIsEverywhere("2")).isTrue();
        keeper.writeRouter("wash.announce", "0.0.0.0/0 20 type 1");
        await().atMost(PATIENCE).until(() -> outsideIsEverywhere("1 10\\.77\\..*"));
        keeper.writeRouter("wash.withdraw", "0.0.0.0/0");
        await().atMost(PATIENCE).until(() -> outsideIsEverywhere("2"));
        keeper.writeRouter("wash.announce", "0.0.0.0/0 20 type 1");
        await().atMost(PATIENCE).until(() -> outsideIsEverywhere("1 10\\.77\\..*"));
        // The next router knows nothing of it, and never saw what the graph had before.
        replace("router", "KILL");
        await().atMost(PATIENCE).until(() -> outsideIsEverywhere("2"));
    }

    @Test
    void aForwarderThatHangsIsReplaced() throws Exception {
        replace("forwarder", "STOP");
        await().atMost(PATIENCE).until(() -> way("wash", "sttl").equals(SHORTEST));
    }
}
