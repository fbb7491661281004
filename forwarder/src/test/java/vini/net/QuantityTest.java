package vini.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "5ms, 5000000",
        "2.5ms, 2500000",
        "0.1us, 100",
        "1 s, 1000000000",
        "3ns, 3",
        "2m, 120000000000",
        "2min, 120000000000",
        "1h, 3600000000000",
        "0s, 0",
        "0.0000000019s, 1",
    })
    void readsTimes(String text, long nanos) {
        assertThat(Quantity.nanos(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "1bps, 1",
        "64kbps, 64000",
        "1.5Mbps, 1500000",
        "10Gbps, 10000000000",
        "2.5 Mb/s, 2500000",
        "9kbit/s, 9000"
    })
    void readsRates(String text, long rate) {
        assertThat(Quantity.bitsPerSecond(text)).isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({"7B, 7", "16KB, 16384", "1.5MB, 1572864", "2GB, 2147483648"})
    void readsSizes(String text, long bytes) {
        assertThat(Quantity.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0%, 0", "0.1%, 0.001", "100%, 1", "33.3%, 0.333"})
    void readsShares(String text, double share) {
        assertThat(Quantity.fraction(text)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "ms",
                "-5ms",
                "+5ms",
                "5 Ms",
                "5ms ",
                " 5ms",
                "1e3ms",
                ".5ms",
                "5.ms",
                "5  ms",
                "5msms",
                "0x5ms",
                "٣ms",
                "5,5ms",
                "5\nms",
                "9223372037s",
                "NaNms"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> Quantity.nanos(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\" is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"101%", "100.0001%", "0.1", "5ms", "-1%", "%"})
    void refusesWhatIsNoShare(String text) {
        assertThatThrownBy(() -> Quantity.fraction(text))
                .isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100mbps", "100MB", "1Tbps", "100"})
    void refusesWhatIsNoRate(String text) {
        assertThatThrownBy(() -> Quantity.bitsPerSecond(text))
                .hasMessage(
                        "\"%s\" is not a rate: use a number with kbps, Mbps or Gbps, as in"
                                        .formatted(text)
                                + " \"100Mbps\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0ms",
        "1, 1ns",
        "999, 999ns",
        "1000, 1us",
        "2500000, 2.5ms",
        "8820000, 8.82ms",
        "10000000000, 10s",
        "1000000001, 1.000000001s"
    })
    void writesTimes(long nanos, String text) {
        assertThat(Quantity.ofNanos(nanos)).isEqualTo(text);
        assertThat(Quantity.nanos(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({"5, 5bps", "64000, 64kbps", "100000000, 100Mbps", "2500000000, 2.5Gbps"})
    void writesRates(long rate, String text) {
        assertThat(Quantity.ofBitsPerSecond(rate)).isEqualTo(text);
    }

    @Test
    void writesSharesWithoutAnExponent() {
        assertThat(Quantity.ofFraction(0.001)).isEqualTo("0.1%");
        assertThat(Quantity.ofFraction(1)).isEqualTo("100%");
        assertThat(Quantity.ofFraction(0)).isEqualTo("0%");
        assertThat(Quantity.ofFraction(1e-7)).isEqualTo("0.00001%");
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        long seed = Long.getLong("seed", 8);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >>> 1 + random.nextInt(62);
            assertThat(Quantity.nanos(Quantity.ofNanos(value)))
                    .as("-Dseed=%d", seed)
                    .isEqualTo(value);
            assertThat(Quantity.bitsPerSecond(Quantity.ofBitsPerSecond(value))).isEqualTo(value);
        }
    }
}
