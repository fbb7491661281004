package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import vini.forwarder.ConfigException;
import vini.forwarder.Signals;
import vini.time.Seed;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

@Timeout(30)
class ProcessSignalsTest {
    private final List<String> said = new CopyOnWriteArrayList<>();

    private ClickRun run(String text) throws ConfigException {
        ClickRun.Plan plan =
                new ClickRun.Plan("t.click", text, Map.of(), new Seed(1), false, false, 1, 0);
        return new ClickRun(plan, new ClickRun.Output(said::add, said::add));
    }

    @Test
    void aSignalOfTheProcessRunsItsScripts() throws Exception {
        String text =
                """
                Script(TYPE SIGNAL USR1, print "one");
                Script(TYPE SIGNAL USR1 WINCH, print "two", stop);
                Script(set y $(kill USR1 $$));
                """;
        try (ClickRun run = run(text)) {
            run.drive();
            assertThat(run.end()).isZero();
        }
        assertThat(said).containsExactly("one\n", "two\n");
    }

    @Test
    void theSignalIsGivenBackAtTheEnd() throws Exception {
        ProcessSignals signals = new ProcessSignals();
        CountDownLatch ours = new CountDownLatch(1);
        Runnable end = signals.listen("WINCH", ours::countDown);
        try (ClickRun run = run("Script(TYPE SIGNAL WINCH, print \"script\"); Script(stop);")) {
            run.drive();
            assertThat(run.end()).isZero();
        }
        signals.kill(signals.processId(), Signals.number("SIGWINCH"));
        ours.await();
        end.run();
        assertThat(said).isEmpty();
    }

    @Test
    void whatTheJvmNeedsItselfIsRefused() {
        assertThatThrownBy(() -> run("Script(TYPE SIGNAL KILL);"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("signal KILL cannot be caught");
    }
}
