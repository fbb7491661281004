package vini.forwarder.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({"kcsy, kscy, 1", "dealy, delay, 1", "a, b, 1", "kitten, sitting, 3", "ab, ab, 0"})
    void countsEdits(String a, String b, int distance) {
        assertThat(Spelling.distance(a, b)).isEqualTo(distance);
    }

    @Test
    void takesTheFirstOfThoseThatAreEquallyNear() {
        assertThat(Spelling.nearest("paim", List.of("Discard", "Paint", "Pain"))).isEqualTo("Pain");
        assertThat(Spelling.nearest("dx", List.of("da", "db"))).isEqualTo("da");
        assertThat(Spelling.nearest("x", List.of("", "queue"))).isEmpty();
        assertThat(Spelling.nearest("x".repeat(65), List.of("x".repeat(65)))).isNull();
        assertThat(Spelling.nearest("wash", List.of())).isNull();
    }
}
