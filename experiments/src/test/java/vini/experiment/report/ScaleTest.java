package vini.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class ScaleTest {
    @ParameterizedTest
    @CsvSource({
        "0, 54, 11, 5, 0",
        "0, 1, 5, 0.2, 1",
        "68.2, 117.9, 6, 10, 0",
        "0, 0.003, 3, 0.001, 3"
    })
    void stepsAreOneTwoOrFive(double low, double high, int wanted, double step, int digits) {
        Scale scale = new Scale(low, high, 0, 100);
        assertThat(scale.step(wanted)).isCloseTo(step, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(Scale.digits(scale.step(wanted))).isEqualTo(digits);
    }

    @Test
    void ticksLieWithinIt() {
        assertThat(new Scale(68, 118, 0, 1).ticks(10))
                .isEqualTo(List.of(70.0, 80.0, 90.0, 100.0, 110.0));
        assertThat(new Scale(-5, 5, 0, 1).ticks(5)).isEqualTo(List.of(-5.0, 0.0, 5.0));
    }

    @Test
    void refusesToShowNothing() {
        assertThatThrownBy(() -> new Scale(1, 1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Scale(0, Double.NaN, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersAreShort() {
        assertThat(Decimals.shortest(76.20, 2)).isEqualTo("76.2");
        assertThat(Decimals.shortest(-0.05, 2)).isEqualTo("-0.05");
        assertThat(Decimals.shortest(12.004, 2)).isEqualTo("12");
        assertThat(Decimals.fixed(-1.25, 1)).isEqualTo("\u22121.3");
        assertThat(Decimals.rate(0.25)).isEqualTo("250 kb/s");
        assertThat(Decimals.bytes(14_200_000)).isEqualTo("14.2 MB");
        assertThat(Decimals.count(254113)).isEqualTo("254\u202f113");
    }
}
