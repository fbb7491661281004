package vini.overlay.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class SuggestionTest {
    @Test
    void namesOnlyWhatIsNear() {
        List<String> nodes = List.of("wash", "kscy", "dnvr");
        assertThat(Suggestion.didYouMean("kcsy", nodes)).isEqualTo("; did you mean \"kscy\"?");
        assertThat(Suggestion.didYouMean("WASH", nodes)).isEqualTo("; did you mean \"wash\"?");
        assertThat(Suggestion.didYouMean("paris", nodes)).isEmpty();
        assertThat(Suggestion.didYouMean("x".repeat(1_000_000), nodes)).isEmpty();
    }
}
