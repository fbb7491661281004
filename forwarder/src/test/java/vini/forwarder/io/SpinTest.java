package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;

import org.junit.jupiter.api.Test;

/** Time goes on by one microsecond with each look at the clock. */
class SpinTest {
    private long now;
    private int looks;
    private final Spin spin = new Spin(() -> now += 1000);

    private int strategy(int readyAtLook) throws Exception {
        looks = 0;
        return spin.calculateStrategy(() -> ++looks == readyAtLook ? 1 : 0, false);
    }

    @Test
    void anIdleLoopSleepsAtOnce() throws Exception {
        assertThat(strategy(1)).isEqualTo(SelectStrategy.SELECT);
        assertThat(looks).isZero();
    }

    @Test
    void oneEventNowAndThenIsNoTraffic() throws Exception {
        spin.eventCame();
        now += Spin.ALONE_NANOS;
        spin.eventCame();
        assertThat(strategy(1)).isEqualTo(SelectStrategy.SELECT);
        assertThat(looks).isZero();
    }

    private void traffic() {
        spin.eventCame();
        spin.eventCame();
    }

    @Test
    void itLooksForAWhileAfterAnEventAndThenSleeps() throws Exception {
        traffic();
        assertThat(strategy(0)).isEqualTo(SelectStrategy.SELECT);
        assertThat(looks).isBetween(1, (int) (Spin.NANOS / 1000));
        assertThat(strategy(1)).isEqualTo(SelectStrategy.SELECT);
        assertThat(looks).isZero();
    }

    @Test
    void whatComesWhileItLooksIsServed() throws Exception {
        traffic();
        assertThat(strategy(7)).isEqualTo(1);
        assertThat(looks).isEqualTo(7);
    }

    @Test
    void tasksGoBeforeAndTheDescriptorsAreLookedAtOnce() throws Exception {
        traffic();
        assertThat(spin.calculateStrategy(() -> ++looks, true)).isEqualTo(1);
    }
}
