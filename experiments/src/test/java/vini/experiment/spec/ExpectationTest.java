package vini.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import vini.overlay.json.JsonFile;
import vini.overlay.json.Kinds;
import vini.overlay.json.Place;
import vini.overlay.json.Problems;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

class ExpectationTest {
    private static final JsonNode SUMMARY =
            parse(
                            """
                            {"probes": {"rtt": {"outages": [],
                              "phases": [{"rtt_ms": {"median": 76.2}, "path": ["a", "b"]},
                                         {"rtt_ms": null, "after": "fail a-b"}]},
                              "up": {"phases": [{"rtt_ms": {"median": 75}}], "duration_s": 0.0764}},
                             "packets": {"sent": 9, "dropped": {"linkDown": 3}}}
                            """)
                    .value()
                    .plain();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    phases[0].rtt_ms.median | "between": [76.2, 77] | true | is 76.2, as expected: between 76.2 and 77
                    phases[0].rtt_ms.median | "between": [74, 76] | false | is 76.2, expected: between 74 and 76
                    phases[-2].rtt_ms.median | "above": 76 | true | is 76.2, as expected: above 76
                    phases[0].rtt_ms.median | "below": 76.2 | false | is 76.2, expected: below 76.2
                    phases[0].rtt_ms.median | "at_most": 76.2 | true | is 76.2, as expected: at most 76.2
                    phases[0].rtt_ms.median | "at_least": 76.3 | false | is 76.2, expected: at least 76.3
                    phases[0].rtt_ms.median | "equals": 76.20 | true | is 76.2, as expected: 76.20
                    phases[0].path | "equals": ["a", "b"] | true | is a b, as expected: a b
                    phases[0].path | "equals": ["a", "c"] | false | is a b, expected: a c
                    phases[0].rtt_ms.median | "within": "2%", "of": 75 | true | is 76.2, as expected: within 2% of 75
                    phases[0].rtt_ms.median | "within": "1%", "of": 75 | false | is 76.2, expected: within 1% of 75
                    phases[0].rtt_ms.median | "within": 0.2, "of": "76.4ms" | true | is 76.2, as expected: within 0.2 of 76.4ms
                    phases[0].rtt_ms.median | "within": "100us", "of": 76.4 | false | is 76.2, expected: within 100us of 76.4
                    phases[0].rtt_ms.median | "within": "2%", "of": "probes.up.phases[0].rtt_ms.median" | true | is 76.2, as expected: within 2% of probes.up.phases[0].rtt_ms.median (75)
                    phases[0].rtt_ms.median | "below": "probes.up.duration_s" | true | is 76.2, as expected: below probes.up.duration_s (0.0764)
                    phases[0].rtt_ms.median | "above": "probes.up.phases[3].rtt_ms.median" | false | is 76.2, expected: above probes.up.phases[3].rtt_ms.median (not there) (probes.up.phases[3].rtt_ms.median is not there)
                    phases[0].rtt_ms.median | "below": "100ms" | true | is 76.2, as expected: below 100ms
                    phases[0].rtt_ms.median | "between": ["0.07s", "76ms"] | false | is 76.2, expected: between 0.07s and 76ms
                    phases[1].rtt_ms.median | "between": [0, 9] | false | is not there, expected: between 0 and 9 (probes.rtt.phases[1].rtt_ms is null)
                    phases[1].rtt_ms | "equals": null | true | is not there, as expected: nothing there
                    phases[2].rtt_ms | "equals": 5 | false | is not there, expected: 5 (probes.rtt.phases has 2 entries)
                    phases[-3].rtt_ms | "at_most": 5 | false | is not there, expected: at most 5 (probes.rtt.phases has 2 entries)
                    outages[0].duration_s | "at_least": 5 | false | is not there, expected: at least 5 (probes.rtt.outages is an empty list)
                    outages | "equals": [] | true | is an empty list, as expected: an empty list
                    phases[1].after | "equals": "fail a-b" | true | is fail a-b, as expected: fail a-b
                    """)
    void judges(String figure, String comparison, boolean holds, String sentence) {
        String that = "probes.rtt." + figure;
        Place place = parse("{\"that\": \"" + that + "\", " + comparison + "}");
        Expectation expectation =
                Objects.requireNonNull(Kinds.struct(Expectation.class).read(place));

        Expectation.Outcome outcome = expectation.check(SUMMARY);
        assertThat(outcome.holds()).isEqualTo(holds);
        assertThat(outcome.sentence()).isEqualTo(that + " " + sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    linkDown | 3
                    queueFull | 0
                    """)
    void whatWasNotDroppedForAReasonIsNone(String reason, int dropped) {
        assertThat(dropped(reason, dropped).check(SUMMARY).holds()).isTrue();
    }

    private static Expectation dropped(String reason, int dropped) {
        return Objects.requireNonNull(
                Kinds.struct(Expectation.class)
                        .read(
                                parse(
                                        "{\"that\": \"packets.dropped."
                                                + reason
                                                + "\", \"equals\": "
                                                + dropped
                                                + "}")));
    }

    private static Place parse(String text) {
        return Objects.requireNonNull(
                JsonFile.of(Path.of("e.json"), "e.json", new Problems())
                        .parse(text.getBytes(StandardCharsets.UTF_8)));
    }
}
