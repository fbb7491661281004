package vini.experiment.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortestWaysTest {
    /** 0 to 2 by 1 or by 3, both at 4; back it costs other things; nobody reaches 4. */
    private static ShortestWays square() {
        ShortestWays ways = new ShortestWays(5);
        ways.edge(0, 1, 1);
        ways.edge(1, 2, 3);
        ways.edge(0, 3, 2);
        ways.edge(3, 2, 2);
        ways.edge(2, 1, 1);
        ways.edge(1, 0, 9);
        ways.edge(2, 3, 5);
        ways.edge(3, 0, 4);
        return ways;
    }

    @Test
    void findsDistancesThereAndBack() {
        assertThat(square().distance(0, 2)).isEqualTo(4);
        assertThat(square().distance(2, 0)).isEqualTo(9);
        assertThat(square().distance(3, 3)).isZero();
        assertThat(square().isReachable(0, 4)).isFalse();
        assertThat(square().isReachable(4, 0)).isFalse();
    }

    @Test
    void knowsAllNeighboursByWhichAShortestPathBegins() {
        assertThat(square().leadsBy(0, 1, 2)).isTrue();
        assertThat(square().leadsBy(0, 3, 2)).isTrue();
        assertThat(square().leadsBy(2, 3, 0)).isTrue();
        assertThat(square().leadsBy(2, 1, 0)).isFalse();
        assertThat(square().leadsBy(0, 2, 2)).isFalse(); // no neighbour
        assertThat(square().leadsBy(0, 1, 4)).isFalse();
        assertThat(square().leadsBy(0, 1, 0)).isFalse();
    }
}
