package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.ConfigException;
import vini.forwarder.Graph;
import vini.forwarder.GraphProcess;
import vini.forwarder.HandlerException;
import vini.forwarder.Loops;
import vini.forwarder.Packet;
import vini.forwarder.control.ControlClient;
import vini.forwarder.control.ControlServer;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.Inject;
import vini.forwarder.kit.Packets;
import vini.forwarder.punt.PuntExchange;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Graphs of one process on two loops: each is whole, and together they are one process. */
@Timeout(60)
class LoopsTest {
    private static final String FLOOD =
            "s :: InfiniteSource(BURST %d) -> t :: DirectTunnel(%s, %s) -> c :: Counter ->"
                    + " Discard;";

    private final List<EventLoop> loops = EventLoop.start("test", 2);
    private final Loops all = new Loops(loops);
    private final GraphProcess process = new GraphProcess(all, new Seed(1));

    @TempDir Path folder;

    @AfterEach
    void endWithoutALeak() {
        loops.getFirst().run(process::close);
        assertThat(all.<Long, RuntimeException>standStill(all::packetsInUse)).isZero();
        loops.forEach(EventLoop::close);
    }

    private Graph start(String name, String text, int loop) throws ConfigException {
        return loops.getFirst().call(() -> process.start(name, "t.click", text, loop));
    }

    /** Packets of two bytes that say their numbers, on the graph's own loop. */
    private static void inject(Graph graph, int first, int count) {
        Inject in = Objects.requireNonNull(graph.find("in", Inject.class));
        Packet[] packets =
                IntStream.range(first, first + count)
                        .mapToObj(n -> in.packet("%04x".formatted(n)))
                        .toArray(Packet[]::new);
        in.inject(packets);
    }

    private String read(String handler) throws HandlerException {
        return loops.getFirst().call(() -> process.handlers().read(handler, ""));
    }

    private long count(String handler) throws HandlerException {
        return Long.parseLong(read(handler).strip());
    }

    private void write(String handler, String value) throws HandlerException {
        boolean _ =
                loops.getFirst()
                        .call(
                                () -> {
                                    process.handlers().write(handler, value);
                                    return true;
                                });
    }

    private void awaitCount(String handler, long atLeast) {
        await().atMost(Duration.ofSeconds(30)).until(() -> count(handler) >= atLeast);
    }

    /** What is wrong with the books, and what was lost between graphs. */
    private void assertBalanced() throws HandlerException {
        long balance = 0;
        long between = 0;
        for (String line : read("books").lines().toList()) {
            String[] word = line.split(" ", -1);
            long n = Long.parseLong(word[word.length - 1]);
            switch (word[1]) {
                case "sent" -> balance += n;
                case "tunnelled" -> between += n;
                case "untunnelled" -> between -= n;
                default -> balance -= n;
            }
        }
        assertThat(between).as("lost between").isZero();
        assertThat(balance).as("books").isZero();
    }

    @Test
    void tunnelsLeadToAnotherLoopAndNothingIsLost() throws Exception {
        start("b", "Idle -> t :: DirectTunnel(b, a) -> c :: Counter -> Discard;", 1);
        start(
                "a",
                "s :: InfiniteSource(LIMIT 3000, BURST 100) -> t :: DirectTunnel(a, b) -> Discard;",
                0);
        awaitCount("b/c.count", 3000);
        assertThat(read("books"))
                .contains("a sent 3000", "a tunnelled 3000", "b untunnelled 3000", "- in_use 0")
                .doesNotContain("tunnelFull");
        assertBalanced();
    }

    @Test
    void underLoadTheBooksBalanceAtEachMoment() throws Exception {
        start("a", FLOOD.formatted(32, "a", "b"), 0);
        start("b", FLOOD.formatted(64, "b", "a"), 1);
        for (int i = 0; i < 200; i++) {
            assertBalanced();
        }
        awaitCount("a/c.count", 1000);
        awaitCount("b/c.count", 1000);
    }

    @Test
    void hotSwapUnderLoadKeepsWhatIsOnTheWay() throws Exception {
        start("a", FLOOD.formatted(32, "a", "b"), 0);
        start("b", FLOOD.formatted(64, "b", "a"), 1);
        for (int i = 1; i <= 40; i++) {
            String name = i % 2 == 0 ? "a" : "b";
            String text = i % 2 == 0 ? FLOOD.formatted(i, "a", "b") : FLOOD.formatted(i, "b", "a");
            loops.getFirst().call(() -> process.replace(name, "t.click", text));
            assertBalanced();
        }
        long before = count("b/c.count");
        awaitCount("b/c.count", before + 1000);
        write("a/s.active", "false");
        write("b/s.active", "false");
        assertBalanced();
        assertThat(read("books")).as("nothing ends with a graph").doesNotContain("replaced");
    }

    /** As the overlay does it: a text by the control socket, for a graph of whichever loop. */
    @Test
    void aTextByHandlerTakesAGraphsPlaceUnderLoadOnAnyLoop() throws Exception {
        String table = "fib :: RadixIPLookup(10.0.0.1/32 0); Idle -> fib; fib[0] -> Discard;";
        start("a", FLOOD.formatted(32, "a", "b") + table, 0);
        start("b", FLOOD.formatted(64, "b", "a") + table, 1);
        try (ControlServer server =
                        ControlServer.listen(
                                loops.getFirst(), folder.resolve("c.sock"), process.handlers());
                ControlClient client = ControlClient.connect(folder.resolve("c.sock"))) {
            assertThat(server).isNotNull();
            for (String name : List.of("a", "b")) {
                client.write(name + "/fib.set", "10.9.0.0/16 10.1.0.2 0");
            }
            for (int i = 1; i <= 20; i++) {
                String door = i % 2 == 0 ? "" : "fib[1] -> Discard;";
                for (String name : List.of("a", "b")) {
                    String other = name.equals("a") ? "b" : "a";
                    client.write(
                            name + ".hotconfig", FLOOD.formatted(i, name, other) + table + door);
                    assertThat(client.read(name + "/fib.lookup", "10.9.1.1"))
                            .isEqualTo("0 10.1.0.2");
                }
                assertBalanced();
            }
            assertThatThrownBy(() -> client.write("b.hotconfig", "x :: Nonsense;"))
                    .hasMessageContaining("Nonsense");
            assertThat(client.read("b/fib.lookup", "10.9.1.1")).isEqualTo("0 10.1.0.2");
        }
        long before = count("b/c.count");
        awaitCount("b/c.count", before + 1000);
        awaitCount("a/c.count", 1000);
        assertThat(read("books")).as("nothing ends with a graph").doesNotContain("replaced");
    }

    @Test
    void aGraphEndsUnderLoadAndAnotherOfItsNameComes() throws Exception {
        start("a", FLOOD.formatted(32, "a", "b"), 0);
        try (GraphProcess other = new GraphProcess(all, new Seed(2))) {
            // A process of its own does not know the ends of this one.
            loops.getLast().call(() -> other.start("b", "t", FLOOD.formatted(8, "b", "a"), 1));
            await().until(() -> read("books").contains("a drop t noPeer"));
        }
        start("b", FLOOD.formatted(32, "b", "a"), 1);
        awaitCount("a/c.count", 1000);
        // The end of the test closes both while they run.
    }

    @Test
    void theOrderOfAFlowIsKept() throws Exception {
        Graph b = start("b", "Idle -> t :: DirectTunnel(b, a) -> out :: Collect;", 1);
        Graph a = start("a", "in :: Inject -> t :: DirectTunnel(a, b) -> Discard;", 0);
        for (int i = 0; i < 50; i++) {
            int first = i * 40;
            loops.getFirst().run(() -> inject(a, first, 40));
        }
        Collect out = Objects.requireNonNull(b.find("out", Collect.class));
        await().until(() -> loops.getLast().<Integer, Exception>call(out.seen()::size) == 2000);
        assertThat(out.seen().stream().map(Collect.Seen::hex).toList()).isSorted();
    }

    /** Handlers of all nodes are read and written over one socket. */
    @Test
    void handlersAnswerWhereverTheirNodeLives() throws Exception {
        start("a", FLOOD.formatted(32, "a", "b"), 0);
        start("b", FLOOD.formatted(32, "b", "a"), 1);
        Path socket = folder.resolve("c.sock");
        try (ControlServer server =
                        ControlServer.listen(loops.getFirst(), socket, process.handlers());
                ControlClient client = ControlClient.connect(socket)) {
            assertThat(server).isNotNull();
            for (int i = 0; i < 300; i++) {
                client.write("b/c.reset_counts", "");
                assertThat(client.read("b/c.count")).isNotBlank();
                assertThat(client.read("a/c.count")).isNotBlank();
                assertThat(client.read("packets")).isNotBlank();
            }
            assertThat(client.read("list")).isEqualTo("a\nb\n");
            assertThat(client.read("punctuality")).isEqualTo("0 0 0 0 0 0");
        }
    }

    @Test
    void linksOnAllLoopsTellHowPunctualTheyAre() throws Exception {
        String delayed = "InfiniteSource(LIMIT 10) -> Link(DELAY 1ms) -> c :: Counter -> Discard;";
        start("a", delayed, 0);
        start("b", delayed, 1);
        awaitCount("a/c.count", 10);
        awaitCount("b/c.count", 10);
        assertThat(read("punctuality")).startsWith("20 ");
        write("punctuality", "");
        assertThat(read("punctuality")).isEqualTo("0 0 0 0 0 0");
    }

    @Test
    void routerReachesNodesOnAllLoopsAndTheyReachIt() throws Exception {
        String node =
                "in :: Inject -> router :: RouterPort(x); router -> x :: Link -> c :: Counter ->"
                        + " Discard;";
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        PuntExchange exchange = process.shared().get(PuntExchange.class, PuntExchange::new);
        start("a", node, 0);
        exchange.attach(
                new PuntExchange.Router() {
                    @Override
                    public boolean packet(String name, int link, ByteBuf ipPacket) {
                        heard.add(name + " packet");
                        return true;
                    }

                    @Override
                    public void carrier(String name, int link, boolean up) {
                        heard.add(name + (up ? " up" : " down"));
                    }
                });
        Graph b = start("b", node, 1);
        assertThat(heard).containsExactly("a up", "b up");
        ByteBuf packet = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(Packets.UDP));
        // More than may wait for the node's loop, from a loop and from another thread.
        for (int i = 0; i < 3000; i++) {
            assertThat(exchange.send("b", 0, packet)).isTrue();
        }
        loops.getFirst()
                .run(
                        () -> {
                            for (int i = 0; i < 2000; i++) {
                                boolean _ = exchange.send("b", 0, packet);
                            }
                        });
        awaitCount("b/c.count", 5000);
        assertThat(packet.refCnt()).isEqualTo(1);
        packet.release();
        write("b/x.state", "down");
        assertThat(heard).containsExactly("a up", "b up", "b down");
        loops.getLast().run(() -> inject(b, 0, 1));
        assertThat(heard).containsExactly("a up", "b up", "b down", "b packet");
    }

    @Test
    void theFileOfLoopsIsReadWithCare() throws Exception {
        Path file = folder.resolve("loops");
        assertThat(LoopsFile.read(file).loops()).isEqualTo(1);
        Files.writeString(file, "a 0\nb 2\n");
        LoopsFile read = LoopsFile.read(file);
        assertThat(read.loops()).isEqualTo(3);
        assertThat(List.of(read.of("a"), read.of("b"), read.of("c"))).containsExactly(0, 2, 0);
        assertThat(read.text()).isEqualTo("a 0\nb 2\n");
        for (String wrong : List.of("a", "a b", "a 64", "a -1", "a 1 2", "")) {
            Files.writeString(file, "x 1\n" + wrong + "\n");
            assertThatThrownBy(() -> LoopsFile.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessage("loops: '" + wrong + "' is not NODE LOOP like 'chin 1', below 64");
        }
    }
}
