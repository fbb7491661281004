package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class InterruptionTest {
    private final Interruption interruption = new Interruption();

    private Thread ending() {
        return Thread.ofPlatform().start(interruption::awaitTheLastWord);
    }

    private static void awaitWaiting(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void whoWorksIsInterruptedAndMaySayItsLastWord() throws Exception {
        interruption.begin();
        Thread ending = ending();
        awaitWaiting(ending);
        assertThat(Thread.interrupted()).isTrue();
        interruption.close();
        awaitWaiting(ending);
        interruption.said();
        ending.join();
    }

    /** What was done is still being printed when Ctrl-C comes. */
    @Test
    void theProcessWaitsForTheLastWordThoughTheWorkIsDone() throws Exception {
        interruption.begin();
        interruption.close();
        Thread ending = ending();
        awaitWaiting(ending);
        assertThat(Thread.interrupted()).isFalse();
        interruption.said();
        ending.join();
    }

    @Test
    void nobodyWaitsForACommandThatOnlyReads() throws Exception {
        ending().join();
        assertThat(Thread.interrupted()).isFalse();
    }
}
