package vini.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowHashTest {
    private static int pick(long seed, int source, int ports, int ways) {
        return FlowHash.pick(seed, source, 0x0a4d0002, 6, ports, ways);
    }

    @Test
    void oneWayIsTheOnlyWay() {
        assertThat(pick(1, 2, 3, 1)).isZero();
        assertThat(pick(1, 2, 3, 0)).isZero();
    }

    @Test
    void spreadsPortsAndAddressesEvenly() {
        for (int ways = 2; ways <= 7; ways++) {
            int[] byPort = new int[ways];
            int[] byAddress = new int[ways];
            for (int i = 0; i < 7000; i++) {
                byPort[pick(5, 0x0a4d0001, (1024 + i) << 16 | 80, ways)]++;
                byAddress[pick(5, 0x0a4d0001 + i, 1024 << 16 | 80, ways)]++;
            }
            double sigma = Math.sqrt(7000.0 / ways);
            for (int way = 0; way < ways; way++) {
                assertThat((double) byPort[way])
                        .isBetween(7000.0 / ways - 5 * sigma, 7000.0 / ways + 5 * sigma);
                assertThat((double) byAddress[way])
                        .isBetween(7000.0 / ways - 5 * sigma, 7000.0 / ways + 5 * sigma);
            }
        }
    }

    @Test
    void twoNodesDecideIndependently() {
        // Else a node behind an ECMP choice would see only flows that all go one way.
        int[] second = new int[2];
        for (int i = 0; i < 4000; i++) {
            if (pick(1, 0x0a4d0001, i << 16, 2) == 0) {
                second[pick(2, 0x0a4d0001, i << 16, 2)]++;
            }
        }
        assertThat(second[0]).isBetween(800, 1200);
        assertThat(second[1]).isBetween(800, 1200);
    }
}
