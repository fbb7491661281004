package vini.experiment.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.experiment.analysis.SteadyPart.Interruption;
import vini.experiment.run.EventRow;
import vini.experiment.run.RouteRow;
import vini.experiment.run.Turn;
import vini.net.Prefix;

import java.util.List;

class PhaseTest {
    private static final Phase PHASE = new Phase(10, 34, "fail a-b");

    private static EventRow event(String kind, double at) {
        return new EventRow(
                kind, Turn.OTHER, List.of(List.of("a", "b")), null, null, at, at, at, null, null);
    }

    private static RouteRow change(double at) {
        return new RouteRow(at, "a", true, Prefix.parse("10.77.0.2/32"), List.of("b"));
    }

    @Test
    void runBetweenDistinctEventTimes() {
        assertThat(Phase.of(List.of(event("fail", 10), event("restore", 34)), 54))
                .containsExactly(
                        new Phase(0, 10, null),
                        new Phase(10, 34, "fail a-b"),
                        new Phase(34, 54, "restore a-b"));
    }

    @Test
    void twoEventsAtOnceBeginOnePhase() {
        assertThat(Phase.of(List.of(event("fail", 10), event("restore", 10)), 54))
                .containsExactly(
                        new Phase(0, 10, null), new Phase(10, 54, "fail a-b, restore a-b"));
    }

    @Test
    void anEventAtTheStartNamesTheFirstPhaseAndOneAtTheEndBeginsNone() {
        assertThat(Phase.of(List.of(event("fail", 0), event("restore", 54)), 54))
                .containsExactly(new Phase(0, 54, "fail a-b"));
    }

    @Test
    void aRunWithoutEventsIsOnePhaseAndOneWithoutLengthIsNone() {
        assertThat(Phase.of(List.of(), 54)).containsExactly(new Phase(0, 54, null));
        assertThat(Phase.of(List.of(), 0)).isEmpty();
    }

    @Test
    void isSteadyFromItsBeginWhenNothingChanges() {
        assertThat(SteadyPart.of(PHASE, List.of(change(9.9), change(34)), List.of()))
                .isEqualTo(new SteadyPart(10, 34));
    }

    @Test
    void isSteadyTwoSecondsAfterItsLastChange() {
        assertThat(SteadyPart.of(PHASE, List.of(change(17.2), change(17.5)), List.of()))
                .isEqualTo(new SteadyPart(19.5, 34));
    }

    @Test
    void isSteadyTwoSecondsAfterItsLastOutage() {
        List<Interruption> outages = List.of(new Interruption(10, 17.7), new Interruption(2, 3));
        assertThat(SteadyPart.of(PHASE, List.of(change(17.5)), outages))
                .isEqualTo(new SteadyPart(19.7, 34));
    }

    @Test
    void isNeverSteadyWhenTheOutageOutlastsIt() {
        assertThat(SteadyPart.of(PHASE, List.of(), List.of(new Interruption(10, 40)))).isNull();
        assertThat(
                        SteadyPart.of(
                                PHASE,
                                List.of(),
                                List.of(Interruption.of(new Outage(11, null, 9)))))
                .isNull();
    }

    @Test
    void isSteadyUntilAnOutageThatOutlastsIt() {
        // The echo was on its way when the next event, at 34 s, took the link.
        assertThat(SteadyPart.of(PHASE, List.of(), List.of(new Interruption(33.96, 41))))
                .isEqualTo(new SteadyPart(10, 33.96));
        assertThat(SteadyPart.of(PHASE, List.of(change(31)), List.of(new Interruption(33.9, 41))))
                .isNull();
    }

    @Test
    void isNeverSteadyWhenItsLastChangeIsTooLate() {
        assertThat(SteadyPart.of(PHASE, List.of(change(32)), List.of())).isNull();
    }
}
