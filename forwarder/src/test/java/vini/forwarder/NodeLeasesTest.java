package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.GraphRun;

class NodeLeasesTest {
    private static final long SECOND = 1_000_000_000L;

    private static String read(GraphRun run, String handler) throws Exception {
        return run.process().handlers().read(handler, "");
    }

    private static void write(GraphRun run, String handler, String value) throws Exception {
        run.process().handlers().write(handler, value);
    }

    private static GraphRun three() throws Exception {
        GraphRun run = new GraphRun(1);
        for (String name : new String[] {"a", "b", "c"}) {
            run.start(name, "Idle -> Discard;");
        }
        return run;
    }

    @Test
    void eachNodeComesBackWhenItsLeaseIsOver() throws Exception {
        try (GraphRun run = three()) {
            write(run, "down", "a b");
            write(run, "frozen", "c");
            write(run, "lease", "a 10s c 5s");
            run.run(4 * SECOND);
            assertThat(read(run, "down") + read(run, "frozen")).isEqualTo("a\nb\nc\n");
            run.run(2 * SECOND);
            assertThat(read(run, "frozen")).isEmpty();
            run.run(5 * SECOND);
            assertThat(read(run, "down")).as("b has none").isEqualTo("b\n");
            assertThat(run.journalLines("node lease over")).isEqualTo(2);
        }
    }

    @Test
    void aLaterWordTakesTheirPlace() throws Exception {
        try (GraphRun run = three()) {
            write(run, "down", "a");
            write(run, "lease", "a 10s");
            run.run(9 * SECOND);
            write(run, "lease", "a 10s");
            run.run(9 * SECOND);
            assertThat(read(run, "down")).isEqualTo("a\n");
            write(run, "lease", "");
            run.run(100 * SECOND);
            assertThat(read(run, "down")).isEqualTo("a\n");
        }
    }

    @Test
    void aNodeThatWorksIsNotTouched() throws Exception {
        try (GraphRun run = three()) {
            write(run, "lease", "a 1s nobody 2s");
            run.run(3 * SECOND);
            assertThat(run.journalLines("lease")).isZero();
            assertThatThrownBy(() -> write(run, "lease", "a 1s b"))
                    .hasMessageContaining("'a 1s b' is not NODE TIME ...");
        }
    }
}
