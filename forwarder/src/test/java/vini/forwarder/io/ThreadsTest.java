package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.time.Seed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** One graph on several threads: packets change threads in queues, handlers are everybody's. */
@Timeout(60)
class ThreadsTest {
    private final List<String> said = new ArrayList<>();

    private ClickRun start(String text, int threads) throws ConfigException {
        ClickRun.Plan plan =
                new ClickRun.Plan("t", text, Map.of(), new Seed(1), false, true, threads, 0);
        return new ClickRun(plan, new ClickRun.Output(said::add, said::add));
    }

    private static void until(ClickRun run, String handler, String value) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(run.read(handler, "")).isEqualTo(value));
    }

    private void drive(String text, String counter, String count, Map<String, String> expected)
            throws Exception {
        try (ClickRun run = start(text, 2)) {
            until(run, counter, count);
            for (Map.Entry<String, String> read : expected.entrySet()) {
                assertThat(run.read(read.getKey(), "").strip())
                        .as(read.getKey())
                        .isEqualTo(read.getValue());
            }
            assertThat(run.imbalance()).isZero();
            assertThat(run.end()).isZero();
        }
    }

    @Test
    void fullQueueOnAnotherThreadPutsItsSourceToSleep() throws Exception {
        drive(
                """
                a :: InfiniteSource(LIMIT 200000, BURST 100) -> q :: Queue(64)
                  -> b :: Unqueue -> c :: Counter -> Discard;
                StaticThreadSched(a 0, b 1);
                """,
                "c.count",
                "200000",
                Map.of("q.drops", "0", "q.length", "0"));
    }

    @Test
    void whatOverflowsBetweenThreadsIsCounted() throws Exception {
        try (ClickRun run =
                start(
                        """
                        a :: InfiniteSource(LIMIT 50000, STOP true) -> q :: NotifierQueue(10)
                          -> b :: RatedUnqueue(1000) -> c :: Counter -> Discard;
                        StaticThreadSched(a 1);
                        """,
                        2)) {
            run.drive();
            assertThat(run.imbalance()).isZero();
            assertThat(run.end()).isZero();
        }
    }

    @Test
    void partsThatAreConnectedWithoutQueueShareAThread() {
        assertThatThrownBy(
                        () ->
                                start(
                                        """
                                        a :: InfiniteSource -> c :: Counter -> Discard;
                                        b :: InfiniteSource -> c;
                                        StaticThreadSched(a 0, b 1, nobody 1);
                                        StaticThreadSched(a, c -1);
                                        """,
                                        2))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e ->
                                assertThat(e.problems())
                                        .anyMatch(p -> p.contains("there is no element 'nobody'"))
                                        .anyMatch(p -> p.contains("'a' is not ELEMENT THREAD")));
        assertThatThrownBy(
                        () ->
                                start(
                                        """
                                        a :: InfiniteSource -> c :: Counter -> Discard;
                                        b :: InfiniteSource -> c;
                                        StaticThreadSched(a 0, b 1);
                                        """,
                                        2))
                .hasMessageContaining(
                        "t:2: 'a' on thread 0 and 'b' on thread 1 are connected without a queue");
    }

    @Test
    void elementsThatUseEachOtherShareAThread() {
        assertThatThrownBy(
                        () ->
                                start(
                                        """
                                        t :: ARPTable;
                                        Idle -> q :: ARPQuerier(1.0.0.1, 2:0:0:0:0:1, TABLE t)
                                          -> Discard; Idle -> [1]q;
                                        StaticThreadSched(q 1);
                                        """,
                                        2))
                .hasMessageContaining(
                        "t:2: 'q :: ARPQuerier': it uses 't', so both want the same thread");
    }

    @Test
    void threadThatIsNotThereIsTheFirst() throws Exception {
        try (ClickRun run =
                start(
                        "a :: InfiniteSource(LIMIT 5, STOP true) -> Discard; "
                                + "StaticThreadSched(a 7);",
                        1)) {
            run.drive();
            assertThat(run.read("a.count", "")).isEqualTo("5");
            assertThat(run.end()).isZero();
        }
    }

    @Test
    void compoundElementIsOnOneThreadAndItsNamesAreItsOwn() throws Exception {
        drive(
                """
                elementclass Source { s :: InfiniteSource(LIMIT 1000) -> output; }
                elementclass Sink { input -> u :: Unqueue -> c :: Counter -> Discard;
                  StaticThreadSched(u 1); }
                s :: Source -> Queue -> k :: Sink;
                StaticThreadSched(s 0);
                """,
                "k/c.count",
                "1000",
                Map.of());
    }

    @Test
    void threadsThatAskEachOtherDoNotWaitForEver() throws Exception {
        String ask =
                """
                %1$s :: Script(TYPE PASSIVE, set n 0, label again, set n $(add $n 1),
                  write %2$s.reset_counts, set x $(%2$s.count), goto again $(lt $n 900), return $n);
                """;
        String text =
                "a :: InfiniteSource -> ca :: Counter -> Discard;"
                        + "b :: InfiniteSource -> cb :: Counter -> Discard;"
                        + ask.formatted("sa", "cb")
                        + ask.formatted("sb", "ca")
                        + "StaticThreadSched(a 0, sa 0, b 1, sb 1);";
        try (ClickRun run = start(text, 2)) {
            Thread other =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            said.add(run.read("sb.run", ""));
                                        } catch (HandlerException e) {
                                            said.add(e.getMessage());
                                        }
                                    });
            assertThat(run.read("sa.run", "")).contains("900");
            other.join();
            assertThat(said).singleElement().asString().contains("900");
            assertThat(run.imbalance()).isZero();
            assertThat(run.end()).isZero();
        }
    }

    @Test
    void hotSwapStopsAllThreadsAndKeepsWhatTheyHold() throws Exception {
        String text =
                """
                a :: InfiniteSource(LIMIT 100) -> q :: Queue -> b :: Unqueue(ACTIVE %s)
                  -> c :: Counter -> Discard;
                StaticThreadSched(a 0, b 1);
                """;
        try (ClickRun run = start(text.formatted("false"), 2)) {
            until(run, "q.length", "100");
            assertThat(run.imbalance()).isZero();
            run.write("hotconfig", text.formatted("true").replace("LIMIT 100", "LIMIT 0"));
            until(run, "c.count", "100");
            assertThat(run.imbalance()).isZero();
            assertThat(run.end()).isZero();
        }
    }

    @Test
    void loopsCallEachOther() throws Exception {
        try (EventLoop a = new EventLoop("a");
                EventLoop b = new EventLoop("b")) {
            AtomicLong calls = new AtomicLong();
            CountDownLatch done = new CountDownLatch(2);
            a.later(() -> ask(b, calls, done));
            b.later(() -> ask(a, calls, done));
            done.await();
            assertThat(calls).hasValue(20_000);
            assertThatThrownBy(
                            () ->
                                    a.call(
                                            () ->
                                                    b.call(
                                                            () -> {
                                                                throw new ConfigException("no");
                                                            })))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("no");
        }
    }

    private static void ask(EventLoop other, AtomicLong calls, CountDownLatch done) {
        for (int i = 0; i < 10_000; i++) {
            long _ = other.call(calls::incrementAndGet);
        }
        done.countDown();
    }
}
