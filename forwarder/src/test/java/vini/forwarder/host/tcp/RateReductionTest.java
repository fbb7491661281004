package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 6937 3 with segments of 1000 bytes: 20 segments under way, threshold 10. */
class RateReductionTest {
    private static final int MSS = 1000;

    private final RateReduction rate = new RateReduction();

    @Test
    void sendsHalfOfWhatIsDelivered() {
        rate.start(20_000, 10_000);
        long pipe = 19_000;
        int sent = 0;
        for (int i = 1; i <= 8; i++) {
            long allowed = rate.acknowledged(MSS, pipe, MSS);
            if (allowed >= MSS) {
                rate.sent(MSS);
                sent++;
                pipe += MSS;
            }
            pipe -= MSS;
            assertThat(sent).as("after %d", i).isEqualTo(i / 2);
        }
    }

    @Test
    void goesBackUpToTheThresholdAfterManyLosses() {
        rate.start(20_000, 10_000);
        // 15 of 20 are lost: the pipe is 4, below the threshold; slow start by the bound
        assertThat(rate.acknowledged(MSS, 4000, MSS)).isEqualTo(2000); // max(1, 1) + 1
        rate.sent(2000);
        assertThat(rate.acknowledged(MSS, 5000, MSS)).isEqualTo(2000); // max(0, 1) + 1
        rate.sent(2000);
        assertThat(rate.acknowledged(MSS, 9500, MSS)).as("no further").isEqualTo(500);
    }

    @Test
    void makesUpForWhatWasNotSentWhenItCould() {
        rate.start(20_000, 10_000);
        rate.acknowledged(6000, 4000, MSS); // nothing was sent: the window was closed
        assertThat(rate.acknowledged(MSS, 3000, MSS)).isEqualTo(7000); // threshold - pipe
        assertThat(rate.acknowledged(MSS, 1000, MSS)).isEqualTo(9000); // max(8, 1) + 1
    }

    @Test
    void allowsNothingWhileTooMuchWasSent() {
        rate.start(20_000, 10_000);
        rate.sent(3000);
        assertThat(rate.acknowledged(MSS, 15_000, MSS)).isEqualTo(-2500);
    }
}
