package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import vini.net.Ipv4Address;
import vini.time.Timer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Nothing here asserts how punctual the loop is: the machine may be busy. */
@Timeout(60)
class EventLoopTest {
    private static final long MS = 1_000_000;

    @Test
    void timersFireInOrderAndNeverEarly() throws Exception {
        try (EventLoop loop = new EventLoop("test")) {
            List<String> fired = new ArrayList<>();
            CountDownLatch done = new CountDownLatch(1);
            loop.run(
                    () -> {
                        long now = loop.nowNanos();
                        for (int ms : new int[] {30, 10, 20, 10, 5}) {
                            loop.timer(
                                            () ->
                                                    fired.add(
                                                            ms
                                                                    + (loop.nowNanos()
                                                                                    < now + ms * MS
                                                                            ? " early"
                                                                            : "")))
                                    .at(now + ms * MS);
                        }
                        loop.timer(done::countDown).at(now + 40 * MS);
                    });
            done.await();
            assertThat(fired).containsExactly("5", "10", "10", "20", "30");
        }
    }

    @Test
    void whatIsToBeDoneByATimeBeginsALittleBefore() throws Exception {
        try (EventLoop loop = new EventLoop("test")) {
            List<Long> before = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                CountDownLatch done = new CountDownLatch(1);
                loop.run(
                        () -> {
                            Timer[] timer = new Timer[1];
                            timer[0] =
                                    loop.timer(
                                            () -> {
                                                before.add(timer[0].deadline() - loop.nowNanos());
                                                done.countDown();
                                            });
                            timer[0].ahead(loop.nowNanos() + 5 * MS);
                        });
                done.await();
            }
            assertThat(before).allMatch(nanos -> nanos <= LoopTimers.WAY_OUT_NANOS);
        }
    }

    @Test
    void aTimerCanBeMovedCancelledAndUsedAgain() throws Exception {
        try (EventLoop loop = new EventLoop("test")) {
            AtomicInteger fired = new AtomicInteger();
            Timer timer = loop.timer(fired::incrementAndGet);
            loop.run(
                    () -> {
                        timer.after(1);
                        assertThat(timer.isSet()).isTrue();
                        timer.cancel();
                        assertThat(timer.isSet()).isFalse();
                    });
            settle(loop);
            assertThat(fired).hasValue(0);
            loop.run(() -> timer.after(3600_000 * MS));
            loop.run(() -> timer.after(1));
            await().untilAsserted(() -> assertThat(fired).hasValue(1));
            loop.run(() -> timer.at(loop.nowNanos() - 5));
            await().untilAsserted(() -> assertThat(fired).hasValue(2));
            settle(loop);
            assertThat(fired).hasValue(2);
        }
    }

    @Test
    void whatIsToComeAfterAnEventComesAfterWhatNettyReadsToo() throws Exception {
        try (EventLoop loop = new EventLoop("test")) {
            CountDownLatch done = new CountDownLatch(1);
            loop.netty().execute(() -> loop.io().afterThis(done::countDown));
            assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Waits until a timer that is set now has fired. */
    private static void settle(EventLoop loop) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        loop.run(() -> loop.schedule(5 * MS, done::countDown));
        done.await();
    }

    @Test
    void wakeUpsThatWereOvertakenDoNotPileUp() throws Exception {
        try (EventLoop loop = new EventLoop("test")) {
            // A timer that comes later, and many nearer ones that overtake it.
            CountDownLatch done = new CountDownLatch(1);
            Timer[] near = new Timer[1];
            int[] left = {300};
            loop.run(
                    () -> {
                        for (int i = 1; i <= 5; i++) {
                            loop.schedule(i * 40L * MS, () -> {});
                        }
                        loop.schedule(240 * MS, done::countDown);
                        near[0] =
                                loop.timer(
                                        () -> {
                                            if (left[0]-- > 0) {
                                                near[0].after(20_000);
                                            }
                                        });
                        near[0].after(0);
                    });
            done.await();
            assertThat(left[0]).isNegative();
            // One for each timer; a few may have been moved.
            assertThat(loop.<Long, RuntimeException>call(loop::wakeUps))
                    .isLessThanOrEqualTo(307L + 20);
        }
    }

    @Test
    void timersThatAreSetAgainAndAgainAllocateNothing() throws Exception {
        try (EventLoop loop = new EventLoop("test")) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            int times = 3000;
            long[] bytes = new long[2];
            for (int round = 0; round < 2; round++) {
                CountDownLatch done = new CountDownLatch(1);
                int[] left = {times};
                Timer[] again = new Timer[1];
                loop.run(
                        () -> {
                            again[0] =
                                    loop.timer(
                                            () -> {
                                                if (left[0]-- > 0) {
                                                    again[0].after(10_000);
                                                } else {
                                                    bytes[1] =
                                                            threads.getCurrentThreadAllocatedBytes()
                                                                    - bytes[0];
                                                    done.countDown();
                                                }
                                            });
                            bytes[0] = threads.getCurrentThreadAllocatedBytes();
                            again[0].after(0);
                        });
                done.await();
            }
            // What the first round loads and links is not counted.
            assertThat(bytes[1]).isLessThan(times * 16L);
        }
    }

    @Test
    void aTimerThatSetsItselfToThePastLeavesRoomForOthers() throws Exception {
        try (EventLoop loop = new EventLoop("test")) {
            AtomicInteger fired = new AtomicInteger();
            Timer[] again = new Timer[1];
            loop.run(
                    () -> {
                        again[0] =
                                loop.timer(
                                        () -> {
                                            fired.incrementAndGet();
                                            again[0].at(loop.nowNanos() - MS);
                                        });
                        again[0].after(0);
                    });
            await().untilAsserted(() -> assertThat(fired).hasValueGreaterThan(10));
            assertThat(loop.<Boolean, RuntimeException>call(() -> true)).isTrue();
            loop.run(() -> again[0].cancel());
        }
    }

    @Test
    void exceptionsAreToldAndDoNotStopIt() throws Exception {
        try (EventLoop loop = new EventLoop("test")) {
            AtomicReference<Throwable> heard = new AtomicReference<>();
            loop.onError((thread, e) -> heard.set(e));
            loop.later(
                    () -> {
                        throw new IllegalStateException("in a task");
                    });
            await().untilAsserted(() -> assertThat(heard.get()).hasMessage("in a task"));
            CountDownLatch after = new CountDownLatch(1);
            loop.run(
                    () -> {
                        loop.schedule(
                                0,
                                () -> {
                                    throw new IllegalStateException("in a timer");
                                });
                        loop.schedule(0, after::countDown);
                    });
            after.await();
            assertThat(heard.get()).hasMessage("in a timer");
            assertThatThrownBy(
                            () ->
                                    loop.run(
                                            () -> {
                                                throw new IllegalArgumentException("passed on");
                                            }))
                    .hasMessage("passed on");
            assertThatThrownBy(
                            () ->
                                    loop.call(
                                            () -> {
                                                throw new IOException("checked");
                                            }))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void watchesADescriptorUntilTold() throws Exception {
        try (EventLoop loop = new EventLoop("test")) {
            int reader = Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0);
            int writer = Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0);
            Libc.bind(reader, Sockaddr.ip(Ipv4Address.parse("127.77.250.2"), 0));
            Libc.connect(writer, Sockaddr.ip(Ipv4Address.parse("127.77.250.2"), Libc.port(reader)));
            AtomicInteger calls = new AtomicInteger();
            Runnable[] end = new Runnable[1];
            loop.run(() -> end[0] = loop.watch(reader, calls::incrementAndGet));
            Libc.send(writer, new byte[] {1}, 0);
            // Level-triggered: it is told again and again until somebody reads.
            await().untilAsserted(() -> assertThat(calls).hasValueGreaterThan(5));
            loop.run(end[0]);
            int then = calls.get();
            settle(loop);
            assertThat(calls).hasValue(then);
            Libc.close(reader);
            Libc.close(writer);
        }
    }

    @Test
    void onlyALoopThatMovesPacketsGoesBeforeOthers() throws Exception {
        try (EventLoop ordinary = new EventLoop("test", EventLoop.Duty.ORDINARY)) {
            assertThat(ordinary.call(EventLoopTest::nice)).isEqualTo(nice());
            assumeTrue(ordinary.call(EventLoopTest::mayGoFirst), "nobody may go before others");
        }
        try (EventLoop packets = new EventLoop("test", EventLoop.Duty.PACKETS)) {
            assertThat(packets.call(EventLoopTest::nice)).isEqualTo(-10);
        }
    }

    private static boolean mayGoFirst() {
        try {
            Libc.nice(-10);
            return true;
        } catch (LibcException e) {
            return false;
        }
    }

    /** Of the calling thread: field 19 of its stat, the 17th behind its name. */
    private static int nice() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    }

    @Test
    void closingLeavesNoThreadAndNoDescriptor() throws Exception {
        new EventLoop("warm").close();
        long descriptors = descriptors();
        EventLoop loop = new EventLoop("gone");
        AtomicReference<Thread> thread = new AtomicReference<>();
        loop.run(() -> thread.set(Thread.currentThread()));
        loop.run(() -> loop.schedule(3600_000 * MS, () -> {}));
        loop.run(() -> loop.packets().allocate(10).kill());
        assertThat(thread.get().getName()).startsWith("gone");
        loop.close();
        loop.close();
        thread.get().join(10_000);
        assertThat(thread.get().isAlive()).isFalse();
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
        assertThatThrownBy(() -> loop.later(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
