package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.kit.Packets.UDP;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;
import vini.forwarder.kit.Puller;

import java.util.List;
import java.util.Random;

/** Graphs as a whole: wiring, start and end, handlers. */
class GraphTest {
    private static List<String> problems(String text) {
        try (GraphRun _ = GraphRun.of(text)) {
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Idle -> Counter; | 'Counter@2 :: Counter' has 0 outputs, it takes 1",
                "Counter -> Idle; | 'Counter@1 :: Counter' has 0 inputs, it takes 1",
                "Idle -> Discard -> Idle; | 'Discard@2 :: Discard' has 1 output, it takes 0",
                "Idle -> t :: DecIPTTL; t[0], t[1], t[2] -> Idle;"
                        + " | 't :: DecIPTTL' has 3 outputs, it takes 1 to 2",
                "Puller; | 'Puller@1 :: Puller' has 0 inputs, it takes at least 1",
                "Idle -> Queue -> Tee -> Discard;"
                        + " | 'Queue@2' pull output 0 connected to 'Tee@3' push input 0",
                "Inject -> Unqueue -> Discard;"
                        + " | 'Inject@1' push output 0 connected to 'Unqueue@2' pull input 0",
                "Idle -> Queue -> Counter -> Paint(1) -> Tee -> Discard;"
                        + " | 'Counter@3' pull output 0 connected to 'Paint@4' push input 0",
                "in :: Inject; in -> Discard; in -> Discard;"
                        + " | reuse of 'in' push output 0; it was first used at t.click:1",
                "p :: Puller; Idle -> Queue -> p; Idle -> Queue -> p;"
                        + " | reuse of 'p' pull input 0; it was first used at t.click:1",
                "Idle -> Queue -> [1]Puller; | 'Puller@3' input 0 unused",
                "Idle -> t :: DecIPTTL; t[1] -> Idle; | 't' output 0 unused",
                "Idle -> DecIpTTL2 -> Idle; | 'DecIpTTL2@2 :: DecIpTTL2': unknown element class"
                        + " 'DecIpTTL2'; did you mean 'DecIPTTL'?",
                "Idle -> Xyzzy -> Idle; | 'Xyzzy@2 :: Xyzzy': unknown element class 'Xyzzy'",
                "Idle(1) -> Discard; | 'Idle@1 :: Idle': unexpected argument '1'; it takes none",
            })
    void refusesWithOneMessage(String text, String message) {
        assertThat(problems(text)).containsExactly("t.click:1: " + message.strip());
    }

    @Test
    void saysAllMistakesAtOnce() {
        assertThat(
                        problems(
                                """
                                in :: Inject;
                                in -> CheckPaint(x) -> q :: Queue(-1);
                                q -> Nothing;
                                """))
                .containsExactly(
                        "t.click:3: 'Nothing@4 :: Nothing': unknown element class 'Nothing'",
                        "t.click:2: 'CheckPaint@2 :: CheckPaint': COLOR: 'x' is not a whole number",
                        "t.click:2: 'q :: Queue': CAPACITY: -1 is outside 0 to 1000000");
    }

    @Test
    void anEmptyTextIsAGraph() throws Exception {
        try (GraphRun run = GraphRun.of("// nothing\n")) {
            assertThat(run.graph("n").elementNames()).isEmpty();
        }
    }

    @Test
    void agnosticElementsTakeTheKindOfTheirPath() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> a :: Counter -> Paint(1) -> q :: Queue;"
                                + "q -> Paint(2) -> b :: Counter -> p :: Puller;")) {
            run.push("01", "02");
            assertThat(run.read("a.count")).isEqualTo("2");
            assertThat(run.read("b.count")).isEqualTo("0");
            assertThat(run.element("p", Puller.class).pull()).isEqualTo("01");
            assertThat(run.read("b.count")).isEqualTo("1");
        }
    }

    @Test
    void aPullOutputServesSeveral() throws Exception {
        try (GraphRun run =
                GraphRun.of("in :: Inject -> q :: Queue; q -> a :: Puller; q -> b :: Puller;")) {
            run.push("01", "02");
            assertThat(run.element("a", Puller.class).pull()).isEqualTo("01");
            assertThat(run.element("b", Puller.class).pull()).isEqualTo("02");
        }
    }

    @Test
    void everyElementHasClicksHandlers() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> p :: Paint( 7 ) -> Discard;")) {
            assertThat(run.read("p.class")).isEqualTo("Paint");
            assertThat(run.read("p.name")).isEqualTo("p");
            assertThat(run.read("p.config")).isEqualTo(" 7 ");
            assertThat(run.read("p.handlers"))
                    .isEqualTo("class\tr\ncolor\trw\nconfig\trw\nhandlers\tr\nname\tr\nports\tr\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "n/x.count, NO_SUCH_ELEMENT, No element named 'n/x'",
        "m/d.count, NO_SUCH_ELEMENT, No element named 'm/d'",
        "n/d.size, NO_SUCH_HANDLER, No handler named 'n/d.size'",
        "nothing, NO_SUCH_HANDLER, No handler named 'nothing'",
        "n/d.reset_counts, PERMISSION_DENIED, Handler 'n/d.reset_counts' write-only",
    })
    void aHandlerThatIsNotThereIsTold(String path, HandlerException.Kind kind, String message)
            throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> d :: Discard;")) {
            assertThatThrownBy(() -> run.process().handlers().read(path, ""))
                    .isInstanceOfSatisfying(
                            HandlerException.class,
                            e -> {
                                assertThat(e.kind()).isEqualTo(kind);
                                assertThat(e).hasMessage(message);
                            });
        }
    }

    @Test
    void theProcessKnowsItsGraphs() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            run.start("a", "i :: Idle -> Discard;");
            run.start("b", "Idle -> Discard;");
            assertThat(run.process().handlers().read("list", "")).isEqualTo("a\nb\n");
            assertThat(run.process().handlers().read("a.list", "")).isEqualTo("2\ni\nDiscard@2\n");
            assertThat(run.process().handlers().read("a.config", ""))
                    .isEqualTo("i :: Idle -> Discard;");
            assertThat(run.process().handlers().read("b.books", ""))
                    .isEqualTo("sent 0\ndelivered 0\ntunnelled 0\nuntunnelled 0\n");
            assertThat(run.process().handlers().read("classes", "")).contains("\nDecIPTTL\n");
            assertThat(run.process().handlers().read("packets", "")).isEqualTo("0");
            assertThat(run.process().handlers().read("packet_bytes", "")).isEqualTo("0");
            Packet held = run.loop().packets().allocate(100);
            assertThat(run.process().handlers().read("packets", "")).isEqualTo("1");
            assertThat(run.process().handlers().read("packet_bytes", "")).isEqualTo("2048");
            held.kill();
            assertThat(run.process().handlers().read("packet_bytes", "")).isEqualTo("0");
            assertThatThrownBy(() -> run.start("a", "Idle -> Discard;"))
                    .hasMessage("there is a graph 'a' already");
        }
    }

    @Test
    void whatFailsInTheMiddleLeavesNothing() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            assertThatThrownBy(
                            () ->
                                    run.start(
                                            "n",
                                            "Idle -> DirectTunnel(a, b) -> Discard;"
                                                    + " Idle -> DirectTunnel(a, c) -> Discard;"))
                    .isInstanceOf(ConfigException.class);
            // The name of the tunnel's end is free again.
            run.start("n", "Idle -> DirectTunnel(a, b) -> Discard;");
        }
    }

    @Test
    void aPacketIsKilledOnceAndABatchRecycledOnce() throws Exception {
        try (GraphRun run = new GraphRun(1)) {
            PacketPool pool = run.loop().packets();
            Packet packet = pool.allocate(1);
            packet.kill();
            assertThatThrownBy(packet::kill).hasMessage("a packet is killed twice");
            Batch batch = pool.batch();
            batch.recycle();
            assertThatThrownBy(batch::recycle).hasMessage("a batch is recycled twice");
            assertThat(pool.allocate(1)).isSameAs(packet);
            packet.kill();
        }
    }

    @Test
    void mutatedGraphsStartOrSayWhy() {
        String text =
                """
                in :: Inject -> c :: CheckIPHeader -> p :: Paint(255) -> ttl :: DecIPTTL -> fib;
                fib :: RadixIPLookup(10.0.0.0/8 10.1.1.1|10.1.1.2 1, 10.0.0.7/32 - 0);
                fib[0] -> q :: Queue(10) -> Unqueue(BURST 2) -> out :: Collect;
                fib[1] -> e :: StaticIPLookup(10.1.1.1/32 0, 10.1.1.2/32 1);
                e[0] -> l :: Link(DELAY 2.5ms, JITTER 1ms, LOSS 0.1%, RATE 1Mbps, QUEUE 5) -> d;
                d :: Discard; e[1] -> r :: RouterPort; ttl[1] -> i :: ICMPError(10.0.0.9, 11) -> fib;
                """;
        long seed = Long.getLong("seed", 99);
        Random random = new Random(seed);
        int started = 0;
        int refused = 0;
        for (int n = 0; n < 1500; n++) {
            StringBuilder mutant = new StringBuilder(text);
            for (int k = random.nextInt(2); k >= 0; k--) {
                int at = random.nextInt(mutant.length());
                switch (random.nextInt(3)) {
                    case 0 -> mutant.deleteCharAt(at);
                    case 1 -> mutant.insert(at, mutant.charAt(random.nextInt(mutant.length())));
                    default -> mutant.setCharAt(at, (char) (' ' + random.nextInt(95)));
                }
            }
            try (GraphRun run = GraphRun.of(seed, mutant.toString())) {
                started++;
                if (run.graph("n").find("in", Inject.class) != null) {
                    run.push(UDP, UDP);
                    run.run(20 * GraphRun.MS);
                }
            } catch (ConfigException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed + ", graph " + n + ":\n" + mutant, e);
            }
        }
        assertThat(started).as("-Dseed=%d", seed).isGreaterThan(100);
        assertThat(refused).as("-Dseed=%d", seed).isGreaterThan(100);
    }
}
