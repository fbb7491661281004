package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.forwarder.host.HostCounter;
import vini.forwarder.host.HostCounters;
import vini.net.wire.TcpOptions;

import java.util.ArrayList;
import java.util.List;

/** RFC 6675 5 with segments of 1000 bytes, twenty of them under way: 1-20001. */
class SackRecoveryTest {
    private static final int MSS = 1000;
    private static final TcpOptions NO_OPTIONS = new TcpOptions();

    private final HostCounters counters = new HostCounters();
    private final CongestionControl control = new NewReno(MSS);
    private final Flight flight = new Flight(0, MSS);
    private final SackRecovery recovery;

    SackRecoveryTest() {
        control.start(MSS, 20);
        flight.una = 1;
        flight.next = 20_001;
        flight.max = 20_001;
        recovery = new SackRecovery(control, flight, counters);
    }

    private boolean acknowledged(long una, long... edges) {
        TcpOptions options = new TcpOptions();
        for (int i = 0; i < edges.length; i += 2) {
            options.addSackBlock((int) edges[i], (int) edges[i + 1]);
        }
        long bytes = una - flight.una;
        flight.una = una;
        flight.next = Math.max(flight.next, una);
        return recovery.acknowledged(bytes, bytes == 0, options);
    }

    /** What goes out now, as a sender with data without end does it. */
    private List<Long> sends() {
        List<Long> sent = new ArrayList<>();
        while (true) {
            long again = recovery.nextLost();
            if (again == Recovery.NOTHING && recovery.room() >= MSS) {
                again = recovery.behindSacked(flight.next);
                flight.next = again;
            }
            if (again == Recovery.NOTHING) {
                return sent;
            }
            long to = Math.min(again + MSS, recovery.nextSacked(again));
            sent.add(again);
            recovery.sent(again, to);
            flight.next = Math.max(flight.next, to);
            flight.max = Math.max(flight.max, to);
        }
    }

    @Test
    void sendsNewSegmentsOnTheFirstTwoAndRepeatsOnTheThird() {
        acknowledged(1, 1001, 2001);
        assertThat(sends()).containsExactly(20_001L); // RFC 6675 5 (3.3)
        acknowledged(1, 1001, 3001);
        assertThat(sends()).containsExactly(21_001L);
        assertThat(recovery.isRecovering()).isFalse();
        acknowledged(1, 1001, 4001);
        assertThat(recovery.isRecovering()).isTrue();
        assertThat(control.windowBytes()).isEqualTo(10_000);
        assertThat(sends()).containsExactly(1L);
        assertThat(counters.get(HostCounter.TCP_SACK_IN)).isEqualTo(3);
    }

    @Test
    void doesNotCountAcknowledgmentsThatSayNothingNew() {
        for (int i = 0; i < 5; i++) {
            acknowledged(1, 1001, 2001);
        }
        assertThat(recovery.isRecovering()).isFalse();
        acknowledged(1, 1001, 4001); // but so much at once is enough: (2)
        assertThat(recovery.isRecovering()).isTrue();
    }

    @Test
    void repeatsAllLossesOfAWindowBeforeTheFirstIsAcknowledged() {
        // Lost: 1, 3, 5, 7, 9 of the first ten segments; the others arrive one after the other.
        List<Long> sent = new ArrayList<>();
        for (int block = 1; block < 10; block += 2) {
            acknowledged(1, 1000L * block + 1, 1000L * block + 1001);
            sent.addAll(sends());
        }
        for (int segment = 10; segment < 20; segment++) {
            acknowledged(1, 9001, 1000L * segment + 1001);
            sent.addAll(sends());
        }
        assertThat(sent).contains(1L, 2001L, 4001L, 6001L, 8001L).doesNotHaveDuplicates();
        assertThat(flight.una).isEqualTo(1);
        assertThat(sent.size()).as("about half of what is acknowledged").isBetween(7, 10);
        acknowledged(flight.max);
        assertThat(recovery.isRecovering()).isFalse();
        assertThat(control.windowBytes()).isEqualTo(10_000);
    }

    @Test
    void staysInRecoveryUntilAllIsAcknowledgedThatWasSentBefore() {
        acknowledged(1, 2001, 6001);
        sends();
        assertThat(acknowledged(6001)).isFalse();
        assertThat(recovery.isRecovering()).isTrue();
        assertThat(acknowledged(20_001)).as("the window does not grow by it").isFalse();
        assertThat(recovery.isRecovering()).isFalse();
        assertThat(acknowledged(21_001)).isTrue();
    }

    @Test
    void fillsTheHolesAfterATimeoutWithoutWhatThePeerHas() {
        acknowledged(1, 5001, 7001);
        recovery.timeout(false);
        flight.next = flight.una;
        assertThat(control.windowBytes()).isEqualTo(1000);
        assertThat(sends()).containsExactly(1L);
        acknowledged(1001, 5001, 7001);
        control.acknowledged(4000, 4000, 0, 0, -1);
        control.acknowledged(4000, 4000, 0, 0, -1);
        control.acknowledged(4000, 4000, 0, 0, -1);
        control.acknowledged(4000, 4000, 0, 0, -1);
        assertThat(sends()).containsExactly(1001L, 2001L, 3001L, 4001L, 7001L);
        assertThat(recovery.isRecovering()).isFalse();
        acknowledged(7001, 9001, 20_001);
        assertThat(recovery.isRecovering()).as("not before all is acknowledged").isFalse();
    }

    @Test
    void believesNothingAnyMoreOfAPeerThatReneged() {
        acknowledged(1, 1001, 3001);
        acknowledged(1001); // without the block, although it waits for what was in it
        recovery.timeout(false);
        flight.next = flight.una;
        assertThat(counters.get(HostCounter.TCP_SACK_RENEGED)).isEqualTo(1);
        assertThat(sends()).containsExactly(1001L);
        assertThat(recovery.nextSacked(1001)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void survivesARecoveryOfWhatThePeerTookBack() {
        acknowledged(1, 1001, 5001);
        sends();
        acknowledged(1001, 6001, 9001); // it waits for 1001, which it had
        assertThat(recovery.isRecovering()).isTrue();
        sends();
        acknowledged(20_001);
        assertThat(recovery.isRecovering()).isFalse();
    }

    @Test
    void rescuesTheTailOnce() {
        // Only 5001-9001 arrives, then what was repeated: the tail was lost.
        acknowledged(1, 5001, 9001);
        recovery.sent(recovery.nextLost(), 1001);
        for (long una = 1001; una <= 4001; una += 1000) {
            while (recovery.nextLost() != Recovery.NOTHING) {
                long again = recovery.nextLost();
                recovery.sent(again, again + MSS);
            }
            acknowledged(una == 4001 ? 9001 : una, 5001, 9001);
        }
        long rescue = recovery.nextDoubtful();
        assertThat(rescue).isEqualTo(19_001);
        recovery.sent(rescue, 20_001);
        assertThat(recovery.nextDoubtful()).isEqualTo(Recovery.NOTHING);
    }

    @Test
    void keepsTheThresholdWhenItTimesOutWhileRecovering() {
        acknowledged(1, 2001, 6001);
        assertThat(control.threshold()).isEqualTo(10_000);
        recovery.timeout(false);
        assertThat(control.threshold()).isEqualTo(10_000);
        assertThat(recovery.acknowledged(0, true, NO_OPTIONS)).isFalse();
    }
}
