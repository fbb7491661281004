package vini.overlay.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class JournalLinesTest {
    private final List<String> told = new ArrayList<>();
    private final JournalLines lines =
            new JournalLines((nanos, place, text) -> told.add(nanos + "|" + place + "|" + text));

    @Test
    void tellsEachLineAndAsksForTheNext() {
        assertThat(lines.take("0 100 a/fib set 10.0.0.1/32 -\n1 200 a neighbor\n")).isTrue();
        assertThat(told).containsExactly("100|a/fib|set 10.0.0.1/32 -", "200|a|neighbor");
        assertThat(lines.next()).isEqualTo(2);
        assertThat(lines.take("\n")).isFalse();
        assertThat(lines.lost()).isZero();
    }

    @Test
    void countsTheLinesThatAreMissingAtTheStartAndBetween() {
        lines.take("3 100 a up\n");
        lines.take("4 100 a up\n10 200 a down\n");
        assertThat(lines.lost()).isEqualTo(3 + 5);
    }

    @Test
    void anotherProcessBeginsAnewWithoutBeingAHole() {
        lines.take("0 100 a up\n1 100 a up\n3 100 a up\n");
        lines.restart();
        lines.take("0 300 a up\n");
        assertThat(lines.lost()).isEqualTo(1);
        assertThat(lines.next()).isEqualTo(1);
    }
}
