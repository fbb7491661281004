package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetransmissionTimerTest {
    private static final long MS = 1_000_000L;

    private final RetransmissionTimer timer = new RetransmissionTimer();

    @Test
    void beginsWithOneSecond() {
        assertThat(timer.nanos()).isEqualTo(1000 * MS);
        assertThat(timer.smoothedNanos()).isEqualTo(-1);
    }

    @Test
    void takesTheFirstMeasurementAsItIs() {
        timer.measured(400 * MS); // RFC 6298 2.2: 400 + 4 x 200
        assertThat(timer.nanos()).isEqualTo(1200 * MS);
    }

    @Test
    void smoothsLaterOnes() {
        timer.measured(400 * MS);
        timer.measured(480 * MS); // variation 200 + (80 - 200) / 4 = 170, smoothed 410
        assertThat(timer.smoothedNanos()).isEqualTo(410 * MS);
        assertThat(timer.nanos()).isEqualTo((410 + 4 * 170) * MS);
    }

    @Test
    void isAtLeastTheRoundTripAndTwoHundredMilliseconds() {
        for (int i = 0; i < 100; i++) {
            timer.measured(76 * MS);
        }
        assertThat(timer.nanos()).isEqualTo(276 * MS);
    }

    @Test
    void doublesUpToTwoMinutesAndComesBack() {
        for (int i = 0; i < 100; i++) {
            timer.measured(0);
        }
        assertThat(timer.nanos()).isEqualTo(200 * MS);
        timer.backOff();
        timer.backOff();
        assertThat(timer.nanos()).isEqualTo(800 * MS);
        for (int i = 0; i < 100; i++) {
            timer.backOff();
        }
        assertThat(timer.nanos()).isEqualTo(120_000 * MS);
        timer.measured(0);
        assertThat(timer.nanos()).isEqualTo(200 * MS);
    }
}
