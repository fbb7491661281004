package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 0.0.0.0/0 20 type 2",
        "0.0.0.0/0 5, 0.0.0.0/0 5 type 2",
        "' 10.1.2.3/8  type  1 ', 10.0.0.0/8 20 type 1",
        "10.0.0.7/32 16777214 type 2, 10.0.0.7/32 16777214 type 2",
    })
    void readsAPrefixAndWhatIsSaidOfIt(String text, String expected) {
        assertThat(Announcement.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/8 5 type 3", "10.0.0.0/8 type", "10.0.0.0/8 x", "10.0.0.0/8 1 2"})
    void refusesOtherWords(String text) {
        assertThatThrownBy(() -> Announcement.parse(text))
                .hasMessage("'" + text + "' is not PREFIX [METRIC] [type 1|2]");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8 16777215, metric 16777215 is outside 0-16777214",
        "fd00::/8 1, 'fd00::/8 in OSPFv2, which is for IPv4'",
        "10.0.0.0/33, prefix length 33 is outside 0-32",
    })
    void refusesWhatAnLsaCannotSay(String text, String message) {
        assertThatThrownBy(() -> Announcement.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
