package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 9406 4.2: rounds of ten segments of 1000 bytes. */
class HyStartTest {
    private static final long MS = 1_000_000L;

    private final HyStart start = new HyStart();

    /** The first acknowledgment of a round is the last of the round before. */
    private void begin() {
        start.acknowledged(1000, 11_000, 40 * MS);
    }

    private void rounds(int count, long rttNanos) {
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < 10; k++) {
                start.acknowledged(1000, 11_000, rttNanos);
            }
        }
    }

    @Test
    void goesOnWhileTheRoundTripStays() {
        begin();
        rounds(20, 40 * MS);
        rounds(1, 44 * MS); // less than an eighth more
        assertThat(start.divisor()).isEqualTo(1);
        assertThat(start.isOver()).isFalse();
    }

    @Test
    void growsSlowerWhenTheRoundTripIsLongerByAnEighthAndEndsFiveRoundsLater() {
        begin();
        rounds(2, 40 * MS);
        rounds(1, 45 * MS);
        assertThat(start.divisor()).isEqualTo(4);
        rounds(3, 45 * MS);
        assertThat(start.isOver()).isFalse();
        rounds(2, 46 * MS);
        assertThat(start.isOver()).isTrue();
    }

    @Test
    void goesBackToSlowStartWhenTheRoundTripIsShorterAgain() {
        begin();
        rounds(2, 40 * MS);
        rounds(2, 45 * MS);
        assertThat(start.divisor()).isEqualTo(4);
        rounds(1, 44 * MS);
        assertThat(start.divisor()).isEqualTo(1);
        rounds(10, 44 * MS);
        assertThat(start.isOver()).isFalse();
    }

    @Test
    void needsEightSamplesOfARound() {
        begin();
        rounds(2, 40 * MS);
        for (int k = 0; k < 7; k++) {
            start.acknowledged(1000, 11_000, 90 * MS);
        }
        assertThat(start.divisor()).isEqualTo(1);
        start.acknowledged(1000, 11_000, 90 * MS);
        assertThat(start.divisor()).isEqualTo(4);
    }

    @Test
    void hasAThresholdOfFourToSixteenMilliseconds() {
        begin();
        rounds(2, 8 * MS); // an eighth is 1 ms: 4 count
        rounds(1, 11 * MS);
        assertThat(start.divisor()).isEqualTo(1);
        HyStart slow = new HyStart();
        for (int i = 0; i < 21; i++) {
            slow.acknowledged(1000, 11_000, 800 * MS); // an eighth is 100 ms: 16 count
        }
        for (int i = 0; i < 10; i++) {
            slow.acknowledged(1000, 11_000, 816 * MS);
        }
        assertThat(slow.divisor()).isEqualTo(4);
    }

    @Test
    void saysNothingWithoutRoundTrips() {
        begin();
        rounds(30, -1);
        assertThat(start.divisor()).isEqualTo(1);
        assertThat(start.isOver()).isFalse();
    }
}
