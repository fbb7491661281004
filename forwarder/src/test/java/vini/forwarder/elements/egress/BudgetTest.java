package vini.forwarder.elements.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final long BYTES = 64L << 20;
    private static final int CONNECTIONS = 1000;
    private static final int MOST = 1 << 20;

    private final Budget budget = new Budget(BYTES, CONNECTIONS, MOST);

    @Test
    void oneConnectionGetsAllThatOneMayHave() {
        assertThat(budget.share()).isGreaterThanOrEqualTo(MOST * 9 / 10);
    }

    @Test
    void allConnectionsTogetherNeverHoldMore() {
        long held = 0;
        for (int i = 0; i < CONNECTIONS; i++) {
            int share = budget.share();
            assertThat(share).isBetween(Budget.LEAST_BYTES, MOST);
            held += 2L * share;
        }
        assertThat(held).isLessThanOrEqualTo(BYTES);
        assertThat(budget.freeBytes()).isNotNegative();
    }

    @Test
    void whatIsReleasedIsFreeAgain() {
        long before = budget.freeBytes();
        int share = budget.share();
        assertThat(budget.freeBytes()).isLessThan(before);
        budget.release(share);
        assertThat(budget.freeBytes()).isEqualTo(before);
    }

    @Test
    void withTooLittleForAllEachStillMoves() {
        Budget poor = new Budget(1 << 20, CONNECTIONS, MOST);
        assertThat(poor.share()).isEqualTo(Budget.LEAST_BYTES);
    }
}
