package vini.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.experiment.analysis.Outage;
import vini.experiment.analysis.Walk;
import vini.experiment.run.ArrivalRow;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.Turn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class TranscriptTest {
    private static List<EchoRow> echoes() {
        List<EchoRow> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            double rtt = i < 10 ? 76.2 : 87.1;
            rows.add(i >= 10 && i < 17 ? EchoRow.lost(i, i) : new EchoRow(i, i, i + 0.1, rtt, 60));
        }
        return rows;
    }

    @Test
    void showsTheRoundTripTimesSoFarWithTheOutageBlank() {
        List<ArrivalRow> arrivals = List.of(new ArrivalRow(27, 1000), new ArrivalRow(29, 426000));
        assertThat(Transcript.UNICODE.live(echoes(), arrivals, 30, 30))
                .isEqualTo("rtt  76.2 ▁▁▁▁▁▁▁▁▁▁       ▅▅▅▅▅▅▅▅▅▅▅▅▅ 87.1 ms      tcp  1.7 Mb/s");
        assertThat(Transcript.ASCII.live(echoes(), List.of(), 30, 30))
                .isEqualTo(
                        "rtt  76.2 __________       =============  87.1 ms".replace("  87", " 87"));
    }

    @Test
    void hasNothingToShowBeforeThereIsSomething() {
        assertThat(Transcript.UNICODE.live(List.of(), List.of(), 0, 30)).isEmpty();
        assertThat(Transcript.UNICODE.live(List.of(EchoRow.lost(1, 0)), List.of(), 1, 30))
                .isEqualTo("rtt  no answer yet");
    }

    @Test
    void saysEventsAndWays() {
        EventRow fail =
                new EventRow(
                        "fail",
                        Turn.WORSE,
                        List.of(List.of("dnvr", "kscy")),
                        null,
                        "silent",
                        10,
                        10.0,
                        10.0,
                        10.02,
                        null);
        assertThat(Transcript.UNICODE.event(fail))
                .isEqualTo("   10.0 s  ✗ dnvr-kscy silent     observed: no reply from 10.02 s");
        Walk walk = new Walk(List.of("wash", "atla", "hstn", "losa", "snva", "sttl"), null);
        assertThat(Transcript.UNICODE.way(17.3, walk, 87.1, new Outage(10, 17.3, 73)))
                .isEqualTo(
                        "   17.3 s    wash→sttl by atla hstn losa snva    87.1 ms   (outage 7.3"
                                + " s)");
        assertThat(Transcript.ASCII.way(17.3, walk, Double.NaN, null))
                .isEqualTo("   17.3 s    wash->sttl by atla hstn losa snva");
    }

    @Test
    void showsProgress() {
        assertThat(Transcript.ASCII.progress(36, 54, 12)).isEqualTo("[########    ] 36 s of 54 s");
        assertThat(Transcript.ASCII.progress(60, 54, 4)).startsWith("[####]");
    }

    @Test
    void speaksWhatTheTerminalCanShow() {
        assertThat(Transcript.in(StandardCharsets.UTF_8)).isEqualTo(Transcript.UNICODE);
        assertThat(Transcript.in(StandardCharsets.US_ASCII)).isEqualTo(Transcript.ASCII);
        assertThat(Transcript.in(StandardCharsets.ISO_8859_1)).isEqualTo(Transcript.ASCII);
    }
}
