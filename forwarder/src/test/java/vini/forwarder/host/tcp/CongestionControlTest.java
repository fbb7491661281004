package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Segments of 1000 bytes; sequence numbers from 0. */
class CongestionControlTest {
    private static final int MSS = 1000;

    private final CongestionControl control = new CongestionControl(MSS, 0);

    @Test
    void startsWithTenSegmentsAndDoublesEachRoundTrip() {
        assertThat(control.windowBytes()).isEqualTo(10_000);
        for (int i = 1; i <= 5; i++) {
            control.acknowledged(2 * MSS, 1 + 2000L * i, 30_000, 10_000);
        }
        assertThat(control.windowBytes()).isEqualTo(20_000);
    }

    @Test
    void doesNotGrowAWindowThatIsNotUsed() {
        control.acknowledged(MSS, 1001, 2000, 2000);
        assertThat(control.windowBytes()).isEqualTo(10_000);
    }

    @Test
    void sendsNewSegmentsOnTheFirstTwoDuplicates() {
        control.duplicate(1, 10_001);
        control.duplicate(1, 10_001);
        assertThat(control.windowBytes()).isEqualTo(12_000);
    }

    @Test
    void halvesOnTheThirdDuplicateInflatesAndDeflates() {
        assertThat(control.duplicate(1, 10_001)).isFalse();
        assertThat(control.duplicate(1, 10_001)).isFalse();
        assertThat(control.duplicate(1, 10_001)).isTrue();
        assertThat(control.threshold()).isEqualTo(5000);
        assertThat(control.windowBytes()).isEqualTo(8000);
        control.duplicate(1, 10_001);
        assertThat(control.windowBytes()).isEqualTo(9000);
        assertThat(control.acknowledged(3000, 3001, 10_001, 10_000)).isTrue(); // partial
        assertThat(control.firstPartial()).isTrue();
        assertThat(control.firstPartial()).isFalse();
        assertThat(control.windowBytes()).isEqualTo(7000);
        assertThat(control.acknowledged(7000, 10_001, 14_001, 11_000)).isFalse(); // full
        assertThat(control.isRecovering()).isFalse();
        assertThat(control.windowBytes()).isEqualTo(5000);
    }

    @Test
    void avoidsCongestionByOneSegmentEachRoundTrip() {
        control.duplicate(1, 10_001);
        control.duplicate(1, 10_001);
        control.duplicate(1, 10_001);
        control.acknowledged(10_000, 10_001, 20_001, 10_000);
        assertThat(control.windowBytes()).isEqualTo(5000);
        for (int i = 1; i <= 5; i++) {
            control.acknowledged(MSS, 10_001 + 1000L * i, 20_001, 5000);
        }
        assertThat(control.windowBytes()).isEqualTo(6000);
    }

    @Test
    void beginsAgainWithOneSegmentAfterATimeoutAndKeepsTheThresholdOfTheFirst() {
        control.timeout(1, 10_001, false);
        assertThat(control.windowBytes()).isEqualTo(1000);
        assertThat(control.threshold()).isEqualTo(5000);
        control.timeout(1, 10_001, true);
        assertThat(control.threshold()).isEqualTo(5000);
        control.acknowledged(4000, 4001, 10_001, 1000);
        assertThat(control.windowBytes()).isEqualTo(2000);
    }

    @Test
    void doesNotTakeEchoesOfItsOwnRepetitionsForLoss() {
        control.timeout(1, 10_001, false);
        for (int i = 0; i < 5; i++) {
            assertThat(control.duplicate(5001, 10_001)).isFalse();
        }
    }

    @Test
    void fallsBackToTheInitialWindowAfterIdling() {
        for (int i = 1; i <= 10; i++) {
            control.acknowledged(2 * MSS, 1 + 2000L * i, 50_000, 40_000);
        }
        assertThat(control.windowBytes()).isEqualTo(30_000);
        control.idle();
        assertThat(control.windowBytes()).isEqualTo(10_000);
    }
}
