package vini.experiment.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.experiment.run.LinkRow;

import java.util.List;

class LinkLoadTest {
    private static LinkRow row(double timeS, long bytes, long rate) {
        return new LinkRow(timeS, 1, "a", "b", bytes / 1000, bytes, 0, 0, 3, rate);
    }

    /** A packet counts when its last bit has left: a second may count more than it can carry. */
    @Test
    void nothingIsUsedMoreThanWhole() {
        LinkLoad load = LinkLoad.of(List.of(row(0, 126_000, 1_000_000), row(1, 0, 1_000_000)), 2);
        assertThat(load.usePeak()).isEqualTo(1);
        assertThat(load.mbpsPeak()).isEqualTo(1.008);
        assertThat(load.peakS()).isZero();
        assertThat(load.useMean()).isBetween(0.5, 0.51);
    }

    @Test
    void whatHasNoLimitHasNoShare() {
        LinkLoad load = LinkLoad.of(List.of(row(0, 126_000, 0)), 1);
        assertThat(load.usePeak()).isNull();
        assertThat(load.useMean()).isNull();
    }
}
