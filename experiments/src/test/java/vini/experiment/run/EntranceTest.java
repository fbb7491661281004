package vini.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class EntranceTest {
    private static final Entrance TWO = new Entrance(List.of("wash", "nycm"));

    private static EventRow event(String kind, String node, double timeS) {
        return new EventRow(
                kind, Turn.OTHER, List.of(), node, null, timeS, timeS, timeS, null, null);
    }

    @Test
    void isTheNodeThatTakesOverWhileTheFirstHasFailed() {
        List<EventRow> events =
                List.of(
                        event("fail", "dnvr", 1),
                        event("fail", "wash", 5),
                        event("restore", "wash", 9));
        assertThat(TWO.at(events, 5)).isEqualTo("wash");
        assertThat(TWO.at(events, 6)).isEqualTo("nycm");
        assertThat(TWO.at(events, 10)).isEqualTo("wash");
    }

    @Test
    void isTheFirstIfAllHaveFailed() {
        List<EventRow> events = List.of(event("fail", "wash", 5), event("fail", "nycm", 6));
        assertThat(TWO.at(events, 7)).isEqualTo("wash");
    }

    @Test
    void anEventThatDidNotHappenChangesNothing() {
        EventRow never =
                new EventRow("fail", Turn.WORSE, List.of(), "wash", null, 5, 5.0, null, null, null);
        assertThat(TWO.at(List.of(never), 7)).isEqualTo("wash");
    }
}
