package vini.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {
    private final Figure ours = figure("vini", 5, 1, 6);
    private final Figure peer = figure("kernel", 10, 4, 10);

    private static Figure figure(String side, double... values) {
        Figure figure = new Figure("TCP", side, "Gb/s");
        for (double value : values) {
            figure.add(value);
        }
        return figure;
    }

    @Test
    void theMedianIsThatOfTheRounds() {
        assertThat(ours.median()).isEqualTo(5);
        assertThat(figure("two", 2, 3).median()).isEqualTo(2.5);
        assertThat(ours.min()).isEqualTo(1);
        assertThat(ours.max()).isEqualTo(6);
    }

    /** A round in which the whole machine was slow is slow on both sides, and says the same. */
    @Test
    void roundsAreComparedOneByOne() {
        assertThat(ours.times(peer)).isEqualTo(0.5);
        assertThat(ours.above(peer)).isEqualTo(-4);
    }

    @Test
    void aBoundHoldsAtItsLimit() {
        assertThat(Bound.timesAtLeast(ours, 0.5, peer).holds()).isTrue();
        assertThat(Bound.timesAtLeast(ours, 0.51, peer).holds()).isFalse();
        assertThat(Bound.timesAtMost(ours, 0.5, peer).holds()).isTrue();
        assertThat(Bound.timesAtMost(ours, 0.49, peer).holds()).isFalse();
        assertThat(Bound.aboveAtMost(ours, -4, peer).holds()).isTrue();
        assertThat(Bound.aboveAtMost(ours, -5, peer).holds()).isFalse();
        assertThat(Bound.atMost(ours, 5).holds()).isTrue();
        assertThat(Bound.atMost(ours, 4.9).holds()).isFalse();
        assertThat(Bound.neverAbove(ours, ours.max()).holds()).isTrue();
        assertThat(Bound.neverAbove(ours, 5).holds()).isFalse();
        assertThat(Bound.atLeast(ours, 5).holds()).isTrue();
        assertThat(Bound.atLeast(ours, 5.1).holds()).isFalse();
        assertThat(Bound.between(ours, 5, 6).holds()).isTrue();
        assertThat(Bound.between(ours, 5.1, 6).holds()).isFalse();
    }

    @Test
    void nothingHoldsOfWhatWasNotMeasured() {
        Figure none = figure("vini");
        assertThat(none.median()).isNaN();
        assertThat(Bound.timesAtLeast(none, 0.4, peer).holds()).isFalse();
        assertThat(Bound.timesAtMost(none, 0.4, peer).holds()).isFalse();
        assertThat(Bound.aboveAtMost(none, 100, peer).holds()).isFalse();
        assertThat(Bound.atMost(none, 5).holds()).isFalse();
        assertThat(Bound.neverAbove(none, 5).holds()).isFalse();
        assertThat(Bound.between(none, 0, 5).holds()).isFalse();
    }

    @Test
    void numbersHaveThreeDigitsThatCount() {
        assertThat(Numbers.of(0.046)).isEqualTo("0.0460");
        assertThat(Numbers.of(0.4)).isEqualTo("0.400");
        assertThat(Numbers.of(5.2149)).isEqualTo("5.21");
        assertThat(Numbers.of(94.73)).isEqualTo("94.7");
        assertThat(Numbers.of(5)).isEqualTo("5");
        assertThat(Numbers.of(0)).isEqualTo("0");
        assertThat(Numbers.of(208_123.4)).isEqualTo("208123");
        assertThat(Numbers.of(Double.NaN)).isEqualTo("-");
        assertThat(Numbers.of(1.0 / 0)).isEqualTo("-");
    }
}
