package vini.overlay.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({"kcsy, kscy, 1", "dealy, delay, 1", "a, b, 1", "kitten, sitting, 3", "ab, ab, 0"})
    void countsEdits(String a, String b, int distance) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(distance);
    }

    @Test
    void namesOnlyWhatIsNear() {
        List<String> nodes = List.of("wash", "kscy", "dnvr");
        assertThat(Suggestion.didYouMean("kcsy", nodes)).isEqualTo("; did you mean \"kscy\"?");
        assertThat(Suggestion.didYouMean("WASH", nodes)).isEqualTo("; did you mean \"wash\"?");
        assertThat(Suggestion.didYouMean("paris", nodes)).isEmpty();
        assertThat(Suggestion.didYouMean("x".repeat(1_000_000), nodes)).isEmpty();
    }
}
