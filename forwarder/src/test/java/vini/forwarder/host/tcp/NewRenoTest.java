package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Segments of 1000 bytes. */
class NewRenoTest {
    private static final int MSS = 1000;

    private final NewReno control = new NewReno(MSS);

    private void acknowledged(long bytes, long flight) {
        control.acknowledged(bytes, flight, 0, 0, -1);
    }

    @Test
    void startsWithTenSegmentsAndDoublesEachRoundTrip() {
        assertThat(control.windowBytes()).isEqualTo(10_000);
        for (int i = 1; i <= 5; i++) {
            acknowledged(2 * MSS, 10_000);
        }
        assertThat(control.windowBytes()).isEqualTo(20_000);
    }

    @Test
    void countsNoMoreThanTwoSegmentsOfOneAcknowledgment() {
        acknowledged(5 * MSS, 10_000);
        assertThat(control.windowBytes()).isEqualTo(12_000);
    }

    @Test
    void doesNotGrowAWindowThatIsNotUsed() {
        acknowledged(MSS, 2000);
        assertThat(control.windowBytes()).isEqualTo(10_000);
        control.lost(10_000);
        for (int i = 0; i < 20; i++) {
            acknowledged(MSS, 3000);
        }
        assertThat(control.windowBytes()).isEqualTo(5000);
    }

    @Test
    void halvesAndThenGrowsByOneSegmentEachRoundTrip() {
        control.lost(10_000);
        assertThat(control.threshold()).isEqualTo(5000);
        assertThat(control.windowBytes()).isEqualTo(5000);
        for (int i = 1; i <= 4; i++) {
            acknowledged(MSS, 5000);
        }
        assertThat(control.windowBytes()).isEqualTo(5000);
        acknowledged(MSS, 5000);
        assertThat(control.windowBytes()).isEqualTo(6000);
    }

    @Test
    void halvesWhatIsUnderWayButNotWhatLimitedTransmitAdded() {
        control.lost(12_000);
        assertThat(control.threshold()).isEqualTo(5000);
        control.lost(3000);
        assertThat(control.threshold()).as("at least two segments").isEqualTo(2000);
    }

    @Test
    void beginsAgainWithOneSegmentAfterATimeoutAndKeepsTheThresholdOfTheFirst() {
        control.timeout(10_000, false);
        assertThat(control.windowBytes()).isEqualTo(1000);
        assertThat(control.threshold()).isEqualTo(5000);
        control.timeout(10_000, true);
        assertThat(control.threshold()).isEqualTo(5000);
        acknowledged(4000, 1000);
        assertThat(control.windowBytes()).as("RFC 3465 2.3: L is 1 here").isEqualTo(2000);
    }

    @Test
    void fallsBackToTheInitialWindowAfterIdling() {
        for (int i = 1; i <= 10; i++) {
            acknowledged(2 * MSS, 40_000);
        }
        assertThat(control.windowBytes()).isEqualTo(30_000);
        control.idle(0);
        assertThat(control.windowBytes()).isEqualTo(10_000);
    }

    @Test
    void startsWithOneSegmentIfTheSynWasLost() {
        control.start(500, 1);
        assertThat(control.windowBytes()).isEqualTo(500);
        control.limit(400);
        assertThat(control.windowBytes()).isEqualTo(400);
    }
}
