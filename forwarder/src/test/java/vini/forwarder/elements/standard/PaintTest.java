package vini.forwarder.elements.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Puller;

class PaintTest {
    @Test
    void paintsAndTellsPaintsApart() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> p :: Paint(255) -> c :: CheckPaint(255) -> yes :: Collect;"
                                + "c[1] -> no :: Collect;")) {
            run.push("01");
            run.write("p.color", "7");
            run.push("02");
            assertThat(run.read("p.color")).isEqualTo("7");
            assertThat(run.out("yes")).containsExactly("01");
            assertThat(run.out("no")).containsExactly("02");
            assertThat(run.seen("no").getFirst().paint()).isEqualTo(7);
            assertThatThrownBy(() -> run.write("p.color", "256"))
                    .isInstanceOf(HandlerException.class)
                    .hasMessage("256 is outside 0 to 255");
        }
    }

    @Test
    void otherPaintsAreDroppedWhenOutputOneIsNotWired() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> c :: CheckPaint(1) -> Collect;")) {
            run.push("01");
            assertThat(run.books()).contains("drop c otherPaint 1");
        }
    }

    @Test
    void paintsOnAPullPath() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> Queue -> Paint(3) -> out :: Puller;")) {
            run.push("01");
            Puller out = run.element("out", Puller.class);
            assertThat(out.pull()).isEqualTo("01");
            assertThat(out.pull()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Paint; ''; missing argument COLOR",
                "Paint; -1; COLOR: -1 is outside 0 to 255",
                "CheckPaint; red; COLOR: 'red' is not a whole number",
                "CheckPaint; '1, 2, 3'; 'unexpected argument ''3''; it takes COLOR, ANNO'",
            })
    void refuses(String element, String arguments, String message) {
        assertThatThrownBy(
                        () ->
                                GraphRun.of(
                                        "Idle -> p :: " + element + "(" + arguments + ") -> Idle;"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("t.click:1: 'p :: " + element + "': " + message);
    }
}
