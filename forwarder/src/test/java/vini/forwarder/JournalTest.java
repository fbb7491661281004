package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class JournalTest {
    private final Journal journal = new Journal();

    @Test
    void numbersItsLines() {
        journal.add(7, "n/fib", "set 10.0.0.0/8 -");
        journal.add(8, "n/to_b", "link down");
        assertThat(journal.from(0)).isEqualTo("0 7 n/fib set 10.0.0.0/8 -\n1 8 n/to_b link down\n");
        assertThat(journal.from(1)).isEqualTo("1 8 n/to_b link down\n");
        assertThat(journal.from(2)).isEmpty();
    }

    @Test
    void tellsAllToWhoAsksAgainAndNeverMuchAtOnce() {
        int count = 140_000;
        for (int i = 0; i < count; i++) {
            journal.add(i, "n", "x");
        }
        long next = 0;
        int read = 0;
        for (String text = journal.from(next); !text.isEmpty(); text = journal.from(next)) {
            List<String> lines = text.lines().toList();
            assertThat(lines).hasSizeLessThanOrEqualTo(4096);
            assertThat(lines.getFirst()).matches("[0-9]+ [0-9]+ n x");
            read += lines.size();
            next = Long.parseLong(lines.getLast().split(" ", 2)[0]) + 1;
        }
        assertThat(next).isEqualTo(count);
        assertThat(read).isEqualTo(1 << 17); // the eldest are lost, and their numbers missing
    }

    @Test
    void aFollowerHearsEachLineAtOnce() {
        List<String> heard = new ArrayList<>();
        journal.add(1, "n", "before");
        journal.follow((nanos, place, text) -> heard.add(nanos + " " + place + " " + text));
        for (int i = 0; i < 140_000; i++) {
            journal.add(i, "n", i, number -> "x" + number);
        }
        assertThat(heard).hasSize(140_000).startsWith("0 n x0", "1 n x1");
        assertThat(journal.lost()).isEqualTo(140_001 - (1 << 17));
    }
}
