package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.net.wire.TcpOptions;

/** RFC 6582 3.2 with segments of 1000 bytes, ten of them under way: 1-10001. */
class NewRenoRecoveryTest {
    private static final int MSS = 1000;
    private static final TcpOptions NO_OPTIONS = new TcpOptions();

    private final CongestionControl control = new NewReno(MSS);
    private final Flight flight = new Flight(0, MSS);
    private final NewRenoRecovery recovery = new NewRenoRecovery(control, flight);

    NewRenoRecoveryTest() {
        flight.una = 1;
        flight.next = 10_001;
        flight.max = 10_001;
    }

    private void duplicate() {
        recovery.acknowledged(0, true, NO_OPTIONS);
    }

    private boolean acknowledged(long una) {
        long bytes = una - flight.una;
        flight.una = una;
        return recovery.acknowledged(bytes, false, NO_OPTIONS);
    }

    private void repeats(long from) {
        assertThat(recovery.nextLost()).isEqualTo(from);
        recovery.sent(from, from + MSS);
        assertThat(recovery.nextLost()).isEqualTo(Recovery.NOTHING);
    }

    @Test
    void sendsNewSegmentsOnTheFirstTwoDuplicates() {
        assertThat(recovery.room()).isZero();
        duplicate();
        assertThat(recovery.room()).isEqualTo(1000);
        duplicate();
        assertThat(recovery.room()).isEqualTo(2000);
        recovery.acknowledged(0, false, NO_OPTIONS);
        assertThat(recovery.room()).as("not a duplicate").isEqualTo(2000);
    }

    @Test
    void repeatsOnTheThirdDuplicateInflatesAndDeflates() {
        duplicate();
        duplicate();
        assertThat(recovery.isRecovering()).isFalse();
        duplicate();
        assertThat(recovery.isRecovering()).isTrue();
        repeats(1);
        assertThat(control.threshold()).isEqualTo(5000);
        assertThat(recovery.windowBytes()).isEqualTo(8000);
        duplicate();
        assertThat(recovery.windowBytes()).isEqualTo(9000);
        assertThat(recovery.restartsTimer()).isTrue();
        assertThat(acknowledged(3001)).isFalse(); // partial
        repeats(3001);
        assertThat(recovery.restartsTimer()).isTrue();
        assertThat(recovery.windowBytes()).isEqualTo(7000);
        assertThat(acknowledged(4001)).isFalse();
        assertThat(recovery.restartsTimer()).as("only the first partial one").isFalse();
        repeats(4001);
        flight.max = 14_001;
        flight.next = 14_001;
        assertThat(acknowledged(10_001)).isFalse(); // full
        assertThat(recovery.isRecovering()).isFalse();
        assertThat(control.windowBytes()).isEqualTo(5000); // min(5000, 4000 + 1000)
        assertThat(recovery.nextLost()).isEqualTo(Recovery.NOTHING);
    }

    @Test
    void doesNotBurstAfterARecoveryThatLeftNothingUnderWay() {
        for (int i = 0; i < 3; i++) {
            duplicate();
        }
        acknowledged(10_001);
        assertThat(control.windowBytes()).isEqualTo(2000); // max(0, MSS) + MSS
    }

    @Test
    void doesNotTakeEchoesOfItsOwnRepetitionsForLoss() {
        recovery.timeout(false);
        assertThat(control.windowBytes()).isEqualTo(1000);
        acknowledged(5001);
        for (int i = 0; i < 5; i++) {
            duplicate();
        }
        assertThat(recovery.isRecovering()).isFalse();
        flight.next = 12_001;
        flight.max = 12_001;
        assertThat(acknowledged(11_001)).isTrue();
        for (int i = 0; i < 3; i++) {
            duplicate();
        }
        assertThat(recovery.isRecovering()).isTrue();
    }

    @Test
    void keepsTheThresholdWhenItTimesOutWhileRecovering() {
        for (int i = 0; i < 3; i++) {
            duplicate();
        }
        recovery.timeout(false);
        assertThat(control.threshold()).isEqualTo(5000);
        assertThat(recovery.isRecovering()).isFalse();
        assertThat(recovery.nextLost()).isEqualTo(Recovery.NOTHING);
    }
}
