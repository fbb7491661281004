package vini.experiment.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.experiment.run.RouteRow;
import vini.net.IpAddress;
import vini.net.Prefix;

import java.util.List;

class FibHistoryTest {
    private static final Flow TO_C =
            new Flow(IpAddress.parse("10.77.0.1"), IpAddress.parse("10.77.0.3"), Flow.ICMP, 0);

    private static RouteRow set(double at, String node, String prefix, String... next) {
        return new RouteRow(at, node, true, Prefix.parse(prefix), List.of(next));
    }

    private static RouteRow remove(double at, String node, String prefix) {
        return new RouteRow(at, node, false, Prefix.parse(prefix), List.of());
    }

    private static Walk walk(List<RouteRow> rows, double before) {
        return new FibHistory(rows, WayPicker.FIRST).walk("a", "c", TO_C, before);
    }

    @Test
    void followsTheNextHopsToTheEnd() {
        List<RouteRow> rows =
                List.of(set(-1, "a", "10.77.0.3/32", "b"), set(-1, "b", "10.77.0.3/32", "c"));
        assertThat(walk(rows, 10)).isEqualTo(new Walk(List.of("a", "b", "c"), null));
    }

    @Test
    void aChangeAtThatMomentIsNotYetThere() {
        List<RouteRow> rows =
                List.of(set(-1, "a", "10.77.0.3/32", "c"), remove(10, "a", "10.77.0.3/32"));
        assertThat(walk(rows, 10).nodes()).containsExactly("a", "c");
        assertThat(walk(rows, 10.001)).isEqualTo(new Walk(List.of("a"), "no route at a"));
    }

    @Test
    void takesTheLongestPrefix() {
        List<RouteRow> rows =
                List.of(
                        set(-1, "a", "10.77.0.3/32", "c"),
                        set(-1, "a", "10.77.0.0/16", "b"),
                        set(-1, "a", "0.0.0.0/0", "x"));
        assertThat(walk(rows, 0).nodes()).containsExactly("a", "c");
    }

    @Test
    void saysWhereItLoops() {
        List<RouteRow> rows =
                List.of(set(-1, "a", "10.77.0.3/32", "b"), set(-1, "b", "10.77.0.3/32", "a"));
        assertThat(walk(rows, 0)).isEqualTo(new Walk(List.of("a", "b", "a"), "loops at a"));
    }

    @Test
    void asksThePickerWhereThereAreSeveralWays() {
        List<RouteRow> rows =
                List.of(set(-1, "a", "10.77.0.3/32", "b", "d"), set(-1, "d", "10.77.0.3/32", "c"));
        FibHistory fibs = new FibHistory(rows, (node, flow, ways) -> ways - 1);
        assertThat(fibs.walk("a", "c", TO_C, 0).nodes()).containsExactly("a", "d", "c");
    }

    @Test
    void listsAllWaysThatAFlowEverHad() {
        List<RouteRow> rows =
                List.of(
                        set(-1, "a", "10.77.0.3/32", "c"),
                        set(5, "a", "10.77.0.9/32", "b"),
                        set(7, "b", "10.77.0.3/32", "c"),
                        set(8, "a", "10.77.0.3/32", "b"));
        assertThat(new FibHistory(rows, WayPicker.FIRST).walks(at -> "a", at -> "c", TO_C))
                .extracting(FibHistory.TimedWalk::fromS)
                .containsExactly(-1.0, 8.0);
    }
}
