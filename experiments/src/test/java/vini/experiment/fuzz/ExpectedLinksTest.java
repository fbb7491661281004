package vini.experiment.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import vini.experiment.event.Crash;
import vini.experiment.event.Event;
import vini.experiment.event.Fail;
import vini.experiment.event.Flap;
import vini.experiment.event.Partition;
import vini.experiment.event.RecordedChange;
import vini.experiment.event.Replay;
import vini.experiment.event.Restore;
import vini.experiment.event.SetLink;
import vini.experiment.spec.TimedEvent;
import vini.overlay.topology.End;
import vini.overlay.topology.Generated;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Topology;
import vini.overlay.world.FailureMode;
import vini.time.Seed;

import java.time.Duration;
import java.util.List;

class ExpectedLinksTest {
    private static final long SECOND = 1_000_000_000;
    private static final LinkName NAME = new LinkName("r0-1", "r0-0");

    private final Topology pair = Generated.grid(2, 1, 0);
    private final Link link = pair.links().getFirst();

    private static TimedEvent at(int second, @Nullable Integer lasting, Event event) {
        return new TimedEvent(
                Duration.ofSeconds(second),
                lasting == null ? null : Duration.ofSeconds(lasting),
                null,
                null,
                null,
                null,
                event);
    }

    private static Fail fail(FailureMode mode) {
        return new Fail(NAME, null, null, mode);
    }

    /** The states of both ends at seconds 0, 1, 2, ... in their first letters. */
    private String states(TimedEvent... events) {
        ExpectedLinks links =
                new ExpectedLinks(pair, new Seed(1), List.of(events), Long.MAX_VALUE, 10 * SECOND);
        StringBuilder states = new StringBuilder();
        for (int second = 0; second < 11; second++) {
            states.append(second == 0 ? "" : " ");
            for (End end : End.values()) {
                states.append(links.state(link, end, second * SECOND).charAt(0));
            }
        }
        return states.toString();
    }

    @Test
    void aFailureEndsAtItsTimeOrWithTheRun() {
        assertThat(states(at(2, 3, fail(FailureMode.DOWN))))
                .isEqualTo("uu uu dd dd dd uu uu uu uu uu uu");
        assertThat(states(at(8, null, fail(FailureMode.SILENT))))
                .isEqualTo("uu uu uu uu uu uu uu uu ss ss uu");
    }

    @Test
    void oneWayIsFromTheFirstNamed() {
        assertThat(states(at(8, null, fail(FailureMode.ONEWAY))))
                .isEqualTo("uu uu uu uu uu uu uu uu us us uu");
    }

    @Test
    void theNewestCountsAndWhatIsBelowComesBack() {
        assertThat(states(at(1, 6, fail(FailureMode.SILENT)), at(3, 2, fail(FailureMode.DOWN))))
                .isEqualTo("uu ss ss dd dd ss ss uu uu uu uu");
    }

    @Test
    void aRestorationEndsWhatHasBegun() {
        assertThat(
                        states(
                                at(1, 8, fail(FailureMode.DOWN)),
                                at(3, null, new Restore(NAME, null, null)),
                                at(5, 2, fail(FailureMode.SILENT))))
                .isEqualTo("uu dd dd uu uu ss ss uu uu uu uu");
    }

    @Test
    void aReplayBecomesWhatWasRecordedUntilItsEnd() {
        assertThat(
                        states(
                                at(
                                        1,
                                        6,
                                        new Replay(
                                                List.of(
                                                        change(0, RecordedChange.Becomes.DOWN),
                                                        change(2, RecordedChange.Becomes.UP),
                                                        change(3, RecordedChange.Becomes.ONEWAY),
                                                        change(
                                                                4,
                                                                RecordedChange.Becomes.SILENT))))))
                .isEqualTo("uu dd dd uu us ss ss uu uu uu uu");
    }

    private static RecordedChange change(int second, RecordedChange.Becomes becomes) {
        return new RecordedChange(Duration.ofSeconds(second), NAME, becomes);
    }

    @Test
    void whatRepeatsFailsEachTimeAndNotAfterItsLast() {
        TimedEvent thrice =
                new TimedEvent(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        null,
                        Duration.ofSeconds(3),
                        null,
                        3,
                        fail(FailureMode.DOWN));
        assertThat(states(thrice)).isEqualTo("uu dd uu uu dd uu uu dd uu uu uu");
    }

    /** Within an interval nothing is said, after four and a look both ends are down. */
    @Test
    void aWatchedLinkIsDownAtBothEndsWhenOneIsGone() {
        Topology watched =
                new Topology(
                        pair.name(),
                        pair.prefix(),
                        pair.users(),
                        pair.nodes(),
                        List.of(
                                new Link(
                                        0,
                                        link.a(),
                                        link.b(),
                                        link.forward(),
                                        link.backward(),
                                        link.mtu(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        SECOND / 10)),
                        pair.fibers(),
                        pair.routing(),
                        pair.hosts(),
                        pair.tunnels(),
                        1);
        ExpectedLinks links =
                new ExpectedLinks(
                        watched,
                        new Seed(1),
                        List.of(at(2, 3, new Crash("r0-0"))),
                        Long.MAX_VALUE,
                        10 * SECOND);
        Link only = watched.links().getFirst();
        for (End end : End.values()) {
            assertThat(links.states(only, end, 2 * SECOND - 1)).containsExactly("up");
            assertThat(links.states(only, end, 2 * SECOND + SECOND / 4))
                    .containsExactlyInAnyOrder("up", "down");
            assertThat(links.states(only, end, 2 * SECOND + SECOND / 2)).containsExactly("down");
            assertThat(links.states(only, end, 5 * SECOND + SECOND / 2)).containsExactly("up");
        }
    }

    @Test
    void flapsAndPartitionsAndNodes() {
        Duration second = Duration.ofSeconds(1);
        assertThat(states(at(1, 4, new Flap(NAME, second, second, FailureMode.DOWN))))
                .isEqualTo("uu dd uu dd uu uu uu uu uu uu uu");
        assertThat(
                        states(
                                at(
                                        1,
                                        2,
                                        new Partition(
                                                List.of(List.of("r0-0")), FailureMode.SILENT)),
                                at(6, 1, new Fail(null, "r0-1", null, FailureMode.DOWN))))
                .isEqualTo("uu ss ss uu uu uu dd uu uu uu uu");
    }

    @Test
    void costsChangeForGood() {
        SetLink oneway = new SetLink(NAME, true, null, null, null, null, null, 3);
        SetLink both = new SetLink(NAME, false, null, null, null, null, null, 7);
        ExpectedLinks links =
                new ExpectedLinks(
                        pair,
                        new Seed(1),
                        List.of(at(1, null, oneway), at(2, null, both)),
                        Long.MAX_VALUE,
                        10 * SECOND);
        assertThat(links.cost(link, End.A, 0)).isEqualTo(10);
        assertThat(links.cost(link, End.A, SECOND)).isEqualTo(10);
        assertThat(links.cost(link, End.B, SECOND)).isEqualTo(3);
        assertThat(links.cost(link, End.A, 2 * SECOND)).isEqualTo(7);
        assertThat(links.ways(2 * SECOND).distance(0, 1)).isEqualTo(7);
    }
}
