package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** RFC 9438 with segments of 1000 bytes; all figures worked out by hand from its formulas. */
class CubicTest {
    private static final int MSS = 1000;
    private static final long MS = 1_000_000L;
    private static final long RTT = 100 * MS;

    private final Cubic cubic = new Cubic(MSS);
    private long now;

    /** So many segments of window, long after the first slow start. */
    private void begin(int segments) {
        cubic.timeout(2000, false);
        cubic.start(MSS, segments);
    }

    /** One segment is acknowledged, one of a full window. */
    private void acknowledged() {
        cubic.acknowledged(MSS, cubic.windowBytes(), now, RTT, RTT);
    }

    /** Whole windows are acknowledged, evenly, for so long. */
    private void run(long nanos) {
        long end = now + nanos;
        while (now < end) {
            now += RTT * MSS / cubic.windowBytes();
            acknowledged();
        }
    }

    @Test
    void reducesToSevenTenths() {
        begin(100);
        cubic.lost(100_000);
        assertThat(cubic.threshold()).isEqualTo(70_000);
        assertThat(cubic.windowBytes()).isEqualTo(70_000);
        assertThat(cubic.windowMax()).isEqualTo(100_000);
    }

    @Test
    void computesKAndTheCubicFunction() {
        begin(100);
        cubic.lost(100_000);
        acknowledged();
        // K = cbrt((100 - 70) / 0.4) = cbrt(75) = 4.2172 s
        assertThat(cubic.k()).isEqualTo(4.2172, within(0.0001));
        assertThat(cubic.cubic(0)).isEqualTo(70_000, within(0.01));
        // 0.4 (1 - 4.2172)^3 + 100 = 0.4 (-33.2976) + 100 = 86.681
        assertThat(cubic.cubic(1)).isEqualTo(86_681, within(1.0));
        assertThat(cubic.cubic(4.2172)).isEqualTo(100_000, within(0.01));
        // 0.4 (6.2172 - 4.2172)^3 + 100 = 103.2
        assertThat(cubic.cubic(6.2172)).isEqualTo(103_200, within(1.0));
    }

    @Test
    void isBackAtItsOldWindowAfterK() {
        begin(1000);
        cubic.lost(1_000_000);
        acknowledged();
        // K = cbrt(300 / 0.4) = 9.0856 s; Reno would have 0.529 segments a round trip: 48 of 300
        assertThat(cubic.k()).isEqualTo(9.0856, within(0.0001));
        run(9_085_600_000L);
        assertThat(cubic.windowBytes()).isBetween(990_000L, 1_003_000L);
        // flat there: a second later 0.4 segments more
        run(1000 * MS);
        assertThat(cubic.windowBytes()).isBetween(995_000L, 1_003_000L);
        // and beyond: at K + 5 s 0.4 * 125 = 50 segments more
        run(4000 * MS);
        assertThat(cubic.windowBytes()).isBetween(1_045_000L, 1_055_000L);
    }

    @Test
    void growsByAThirdOfTheWayInTheFirstSecond() {
        begin(1000);
        cubic.lost(1_000_000);
        acknowledged();
        run(1000 * MS);
        // 0.4 (1.1 - 9.0856)^3 + 1000 = 796.3: the target is a round trip ahead
        assertThat(cubic.windowBytes()).isBetween(785_000L, 797_000L);
    }

    @Test
    void isAsFastAsRenoWhereThatIsFaster() {
        begin(20);
        cubic.lost(20_000); // W_max 20, window 14
        acknowledged();
        // K = cbrt(6 / 0.4) = 2.466 s. After 10 round trips of 100 ms the cubic function has
        // 0.4 (1 - 2.466)^3 + 20 = 18.74, W_est has 14 + 10 * 0.529 = 19.3
        run(1000 * MS);
        assertThat(cubic.estimate()).isBetween(19_000.0, 19_700.0);
        assertThat(cubic.windowBytes()).isBetween(19_000L, 19_700L);
        assertThat(cubic.cubic(1)).isLessThan(18_800);
    }

    @Test
    void growsItsEstimateLikeRenoOnceItIsWhereTheLossWas() {
        begin(10);
        cubic.lost(10_000); // window 7
        acknowledged();
        double before = cubic.estimate();
        // 0.529 a round trip for (10 - 7) / 0.529 = 5.67 round trips, then 1: 10 + 6.33 after 12
        run(1200 * MS);
        assertThat(before).isEqualTo(7000 + 1000.0 * Cubic.ALPHA / 7, within(1.0));
        assertThat(cubic.estimate()).isBetween(15_300.0, 17_000.0);
    }

    @Test
    void hasTheIncreaseOfTheRfc() {
        assertThat(Cubic.ALPHA).isEqualTo(0.529, within(0.001)); // 3 * 0.3 / 1.7
    }

    @Test
    void leavesRoomToOthersByFastConvergence() {
        begin(100);
        cubic.lost(100_000);
        assertThat(cubic.windowMax()).isEqualTo(100_000);
        cubic.lost(70_000); // before it is back at 100
        // 70 * (1 + 0.7) / 2 = 59.5
        assertThat(cubic.windowMax()).isEqualTo(59_500, within(0.01));
        assertThat(cubic.windowBytes()).isEqualTo(49_000);
        acknowledged();
        assertThat(cubic.k()).isEqualTo(Math.cbrt((59.5 - 49) / 0.4), within(0.0001));
    }

    @Test
    void neverGrowsByMoreThanHalfInARoundTrip() {
        begin(10);
        cubic.lost(10_000);
        acknowledged();
        now += 60_000 * MS; // the cubic function is at 0.4 * 58^3: 78,000 segments
        acknowledged();
        // one segment of 7 acknowledged: at most 0.5 * 7 / 7
        assertThat(cubic.windowBytes()).isBetween(7000L, 7600L);
    }

    @Test
    void startsSlowlyUntilTheThreshold() {
        cubic.start(MSS, 10);
        for (int i = 0; i < 5; i++) {
            cubic.acknowledged(2 * MSS, 10_000, now, RTT, RTT);
        }
        assertThat(cubic.windowBytes()).isEqualTo(20_000);
        cubic.lost(20_000);
        assertThat(cubic.windowBytes()).as("half, for it was the first").isEqualTo(10_000);
        assertThat(cubic.windowMax()).isEqualTo(20_000);
        cubic.acknowledged(2 * MSS, 10_000, now, RTT, RTT);
        assertThat(cubic.windowBytes()).as("slow start is over").isLessThan(11_000);
    }

    @Test
    void beginsAnewAfterATimeout() {
        begin(100);
        cubic.timeout(100_000, false);
        assertThat(cubic.threshold()).isEqualTo(70_000);
        assertThat(cubic.windowBytes()).isEqualTo(1000);
        while (cubic.windowBytes() < 70_000) {
            acknowledged();
        }
        acknowledged();
        // RFC 9438 4.8: K is 0, W_max the window at which slow start ended
        assertThat(cubic.k()).isZero();
        assertThat(cubic.cubic(0)).isEqualTo(70_000, within(1000.0));
        cubic.timeout(70_000, true);
        assertThat(cubic.threshold()).as("of the first timeout").isEqualTo(70_000);
    }

    @Test
    void doesNotCountTimeInWhichItsWindowIsNotUsed() {
        begin(100);
        cubic.lost(100_000);
        acknowledged();
        run(1000 * MS);
        long before = cubic.windowBytes();
        for (int i = 0; i < 100; i++) {
            now += 100 * MS;
            cubic.acknowledged(MSS, 5000, now, RTT, RTT);
        }
        assertThat(cubic.windowBytes()).isEqualTo(before);
        now += RTT / 80;
        acknowledged();
        // as if the ten seconds had not been; K would have passed meanwhile
        assertThat(cubic.windowBytes()).isBetween(before, before + 1000);
        now += 10_000 * MS;
        cubic.idle(now);
        run(RTT);
        assertThat(cubic.windowBytes()).isLessThan(before + 20_000);
    }
}
