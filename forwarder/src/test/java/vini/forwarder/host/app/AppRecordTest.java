package vini.forwarder.host.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppRecordTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sent 1 2",
                "reply 1 2 64",
                "duplicate 1 2",
                "error 1 2 3 1 10.0.0.1",
                "bytes 5 1448",
                "state 5 connected from 10.0.0.1 port 80",
                "path 1 2 true 10.0.0.1/5 * 10.0.0.2/7",
                "path 1 2 false",
                "exchange 1 2 3 4",
                "exchange 1 2 3 0 reset by peer",
                "udp-sent 1 2 3 4 5 6",
                "udp-arrived 1 2 3 4 5 6 7 8 9 38:2 40:1",
                "udp-arrived 1 2 0 4 5 6 7 8 9",
            })
    void readsWhatItWrites(String line) {
        assertThat(AppRecord.parse(line).line()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sent",
                "sent 1",
                "sent a 2",
                "error 1 2 3 4 5",
                "bytes 1 2 3",
                "udp-sent 1",
                "udp-arrived 1 2"
            })
    void refusesOthers(String line) {
        assertThatThrownBy(() -> AppRecord.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + line + "\" is no line of an app's log");
    }
}
