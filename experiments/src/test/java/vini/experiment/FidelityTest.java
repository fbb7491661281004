package vini.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import vini.experiment.run.BooksRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.Turn;
import vini.overlay.host.MachineSample;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Each measure can say yes, and no. */
class FidelityTest {
    private final Fidelity fidelity = new Fidelity();

    private static EventRow event(double planned, @Nullable Double issued) {
        return new EventRow(
                "fail", Turn.WORSE, List.of(), null, null, planned, issued, null, null, null);
    }

    /** A second a reading: so many of 200 ticks busy, and stolen; milliseconds withheld. */
    private static List<MachineSample> seconds(
            int number, long busy, long stolen, long withheldMs) {
        List<MachineSample> samples = new ArrayList<>();
        for (int i = 0; i <= number; i++) {
            samples.add(
                    new MachineSample(
                            i * busy,
                            i * stolen,
                            i * 200L,
                            i * withheldMs * 1_000_000L,
                            7_000_000_000L + i * 1_000_000_000L,
                            i * 1_000_000_000L));
        }
        return samples;
    }

    private static BooksRow books(long lost) {
        TreeMap<String, Long> dropped = new TreeMap<>();
        dropped.put("tunnelLost", lost);
        return new BooksRow(10, 10, 10 - lost, 0, dropped);
    }

    @Test
    void aQuietMachineLeavesNoDoubt() {
        fidelity.events(List.of(event(1, 1.0002), event(2, 2.009), event(3, null)));
        fidelity.links(List.of(LinksReading.of(1, "1000 10 2000000 4095 524287 1048575")));
        fidelity.processors(seconds(10, 80, 2, 20));
        fidelity.clocks(seconds(10, 80, 2, 20), 1);
        TreeMap<String, String> pauses = new TreeMap<>();
        pauses.put("forwarder", "3 12 9");
        fidelity.pauses(pauses);
        fidelity.tunnels(List.of(books(0)), List.of());
        assertThat(fidelity.doubts()).isEmpty();
        assertThat(fidelity.measures())
                .extracting(Fidelity.Measure::found)
                .containsExactly(
                        "median 9.0 ms, worst 9.0 ms",
                        "1.00 % more than 1 ms, worst 2.0 ms, half of them up to 0.00 ms, 99 % up"
                                + " to 0.52 ms",
                        "40 %; all of them in 0 of 10 seconds",
                        "1.00 %",
                        "1.00 %",
                        "0 ms",
                        "0 ms",
                        "3, 12 ms in all, longest 9 ms",
                        "0");
        ArrayNode written = JsonMapper.shared().createArrayNode();
        fidelity.write(written);
        assertThat(written).hasSize(9).allMatch(one -> one.path("holds").asBoolean());
    }

    @Test
    void aLateEventIsDoubted() {
        fidelity.events(List.of(event(1, 1.0), event(2, 2.034)));
        assertThat(fidelity.doubts())
                .containsExactly("an event came 34 ms late: the machine was busy");
    }

    @Test
    void latePacketsAreDoubted() {
        fidelity.links(links("0 0 0 0 0 0", "1000 41 7000000 4095 524287 6000000"));
        assertThat(fidelity.doubts())
                .containsExactly(
                        "4.1 % of the packets left a link more than 1 ms late (worst 7 ms; 100 %"
                                + " of those from 0.0 s to 1.0 s): the machine was busy; repeat"
                                + " it on a quieter one");
    }

    @Test
    void itIsToldWhenMostOfTheLateOnesCame() {
        fidelity.links(
                links(
                        "0 0 0 0 0 0",
                        "1000 1 2000000 0 0 0",
                        "2000 4 2000000 0 0 0",
                        "3000 5 2000000 0 0 0"));
        assertThat(fidelity.measures())
                .extracting(Fidelity.Measure::found)
                .containsExactly(
                        "0.17 % more than 1 ms (60 % of those from 1.0 s to 2.0 s), worst 2.0 ms,"
                                + " half of them up to 0.00 ms, 99 % up to 0.00 ms");
    }

    private static List<LinksReading> links(String... texts) {
        List<LinksReading> readings = new ArrayList<>();
        for (String text : texts) {
            readings.add(LinksReading.of(readings.size(), text));
        }
        return readings;
    }

    @Test
    void saturationAndTheftAreDoubted() {
        fidelity.processors(seconds(10, 190, 4, 0));
        assertThat(fidelity.doubts())
                .containsExactly(
                        "the processors were saturated in 10 of 10 seconds",
                        "2.0 % of the processors' time was stolen: the machine is virtual, and its"
                                + " host was busy");
    }

    @Test
    void aQuotaThatHoldsUpIsDoubted() {
        fidelity.processors(seconds(10, 20, 0, 90));
        assertThat(fidelity.doubts())
                .containsExactly(
                        "4.5 % of the processors' time was withheld by the quota of a control"
                                + " group: give the container more, or none");
    }

    @Test
    void clocksThatJumpAndStandstillsAreDoubted() {
        List<MachineSample> samples = seconds(3, 20, 0, 0);
        samples.add(new MachineSample(80, 0, 800, 0, 15_000_000_000L, 5_600_000_000L));
        fidelity.clocks(samples, 1);
        assertThat(fidelity.doubts())
                .containsExactly(
                        "the time of day jumped by 2400 ms: the machine slept, or its clock was"
                                + " set",
                        "everything stood still for 1.6 s");
    }

    @Test
    void longPausesAreDoubted() {
        TreeMap<String, String> pauses = new TreeMap<>();
        pauses.put("forwarder", "0 0 0");
        pauses.put("router", "2 40 31");
        fidelity.pauses(pauses);
        assertThat(fidelity.doubts())
                .containsExactly("the router stood still for 31 ms to collect garbage");
    }

    @Test
    void packetsThatSocketsDroppedAreDoubted() {
        fidelity.tunnels(List.of(books(0), books(3)), List.of(event(1, 1.0)));
        assertThat(fidelity.doubts())
                .containsExactly(
                        "3 packets were lost between the processes, where no link is emulated: a"
                                + " socket's buffer was full");
    }

    /** They went to a socket that was no more. */
    @Test
    void packetsThatWereSentToANodeThatHadCrashedAreNot() {
        EventRow crash =
                new EventRow(
                        "crash", Turn.WORSE, List.of(), "b", null, 1, 1.0, 1.0, null, "crash b");
        fidelity.tunnels(List.of(books(0), books(3)), List.of(crash));
        assertThat(fidelity.doubts()).isEmpty();
        assertThat(fidelity.measures())
                .extracting(Fidelity.Measure::found)
                .containsExactly("3, with what was sent to whom nobody heard");
    }
}
