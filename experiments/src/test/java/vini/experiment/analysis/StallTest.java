package vini.experiment.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.experiment.run.ArrivalRow;

import java.util.List;

class StallTest {
    private static final List<ArrivalRow> ROWS =
            List.of(
                    new ArrivalRow(0.1, 1000),
                    new ArrivalRow(0.9, 2000),
                    new ArrivalRow(1.5, 2000),
                    new ArrivalRow(3.0, 3000));

    @Test
    void isAPauseWithoutNewBytes() {
        assertThat(Stall.in(ROWS, 1, 3.5)).containsExactly(new Stall(0.9, 3.0));
    }

    @Test
    void lastsToTheEndWhenNothingComesAnyMore() {
        assertThat(Stall.in(ROWS, 1, 10))
                .containsExactly(new Stall(0.9, 3.0), new Stall(3.0, null));
        assertThat(Stall.in(List.of(), 1, 10)).containsExactly(new Stall(0, null));
    }

    @Test
    void ofALongRoundTripTakesThree() {
        assertThat(Stall.threshold(0.076)).isEqualTo(1);
        assertThat(Stall.threshold(0.6)).isCloseTo(1.8, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(Stall.in(ROWS, Stall.threshold(0.8), 3.5)).isEmpty();
    }
}
