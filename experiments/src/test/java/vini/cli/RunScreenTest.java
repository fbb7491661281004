package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import vini.experiment.RunListener;
import vini.experiment.report.Transcript;
import vini.experiment.run.ArrivalRow;
import vini.experiment.run.EchoRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.RequestRow;
import vini.experiment.run.Turn;
import vini.experiment.run.UdpRow;

import java.util.List;

class RunScreenTest {
    private static final RunListener.Start START =
            new RunListener.Start("abilene-failure", "live", "kernel", "udp", 11, 14, 1, 54);

    private final RunScreen screen = new RunScreen(Transcript.UNICODE);

    @Test
    void growsAsTheRunGoes() {
        assertThat(screen.lines(100)).isEmpty();
        screen.started(START);
        assertThat(screen.lines(100)).hasSize(2).last().isEqualTo("  coming up");

        screen.up(11, 11, 264, 0.94);
        screen.progress(27);
        assertThat(screen.lines(100))
                .hasSize(3)
                .anyMatch(line -> line.endsWith(" 0.9 s"))
                .anyMatch(line -> line.endsWith("27 s of 54 s"));

        screen.echo("rtt", new EchoRow(1, 1.0, 1.0762, 76.2, 58));
        screen.arrived("bulk", new ArrivalRow(26.5, 1_000_000));
        assertThat(screen.lines(100))
                .anyMatch(line -> line.contains("rtt  76.2") && line.contains("tcp"));
    }

    @Test
    void saysHowItStandsAndWhatIsToCome() {
        screen.started(START);
        screen.up(11, 11, 264, 0.9);
        screen.planned(
                List.of(
                        new RunListener.Coming(10, "fail dnvr-kscy (silent)"),
                        new RunListener.Coming(34, "restore dnvr-kscy"),
                        new RunListener.Coming(40, "fail a-b")));
        screen.progress(12);
        screen.echo("rtt", new EchoRow(1, 1.0, 1.0762, 76.2, 58));
        screen.echo("rtt", EchoRow.lost(2, 11.0));
        List<String> lines = screen.lines(100);
        assertThat(lines.get(lines.size() - 2))
                .isEqualTo("  so far      2 echoes, 1 lost (50.0 %)");
        assertThat(lines.getLast())
                .isEqualTo("  to come     34.0 s  restore dnvr-kscy, and 1 more");
        screen.progress(41);
        assertThat(screen.lines(100)).noneMatch(line -> line.contains("to come"));
    }

    @Test
    void datagramsAndRequestsStandBesideTheEchoes() {
        screen.started(START);
        screen.up(11, 11, 264, 0.9);
        for (int i = 0; i < 20; i++) {
            screen.datagrams("voice", udp(i / 10.0, 50, i == 19 ? 40 : 50), 4);
            screen.exchanged("web", new RequestRow(i, i / 10.0, i / 10.0 + 0.04, 40, 20, ""));
        }
        screen.exchanged("web", new RequestRow(20, 1.9, 2, 100, 0, "refused"));
        screen.progress(2);
        assertThat(screen.lines(100))
                .contains(
                        "  voice  4.0 Mb/s, 1.0 % lost      web  10.0 /s, 40.0 ms, 1 failed",
                        "  so far      1000 datagrams, 10 lost, 21 requests, 1 failed");
        assertThat(screen.standing())
                .isEqualTo("    2.0 s    so far 1000 datagrams, 10 lost, 21 requests, 1 failed");
        screen.progress(9);
        assertThat(screen.lines(100)).anyMatch(line -> line.contains("web  0.0 /s, no answer"));
    }

    private static UdpRow udp(double timeS, long sent, long received) {
        return new UdpRow(timeS, sent, 0, 0, 0, received, 0, 0, 0.1, 5, 5, 5, "5000:" + received);
    }

    @Test
    void aLongRunIsDrawnFromAsManyRowsAsAShortOne() {
        screen.started(START);
        screen.up(11, 11, 264, 0.9);
        for (int i = 0; i < 360_000; i++) {
            screen.echo("rtt", new EchoRow(i, i / 100.0, i / 100.0, i < 180_000 ? 10 : 20, 58));
        }
        screen.progress(3600);
        List<String> lines = screen.lines(100);
        assertThat(lines.get(lines.size() - 2)).matches("  rtt  10.0 ▁{20}█{20} 20.0 ms");
        assertThat(lines.getLast()).contains("360000 echoes, none lost");
    }

    @Test
    void anEventThatIsToldAgainStaysInItsPlace() {
        screen.started(START);
        screen.event(failure(null));
        screen.note(12, "the router died and is back");
        screen.event(failure(10.02));

        List<String> lines = screen.lines(100);
        assertThat(lines.get(2)).contains("✗ dnvr-kscy silent", "no reply from 10.02 s");
        assertThat(lines.get(3)).contains("12.0 s", "the router died");
        assertThat(lines).hasSize(4);
    }

    @Test
    void noLineIsAsWideAsTheTerminal() {
        screen.started(START);
        screen.up(11, 11, 264, 0.9);
        screen.echo("rtt", new EchoRow(1, 1.0, 1.0762, 76.2, 58));
        screen.progress(53);
        for (int columns : new int[] {2, 20, 60, 100}) {
            assertThat(screen.lines(columns)).allMatch(line -> line.length() < columns);
        }
    }

    @Test
    void nothingIsLostInANarrowTerminal() {
        screen.started(START);
        screen.up(11, 11, 264, 0.9);
        screen.event(failure(10.02));
        String wide = String.join(" ", screen.lines(200));
        for (int columns : new int[] {40, 60, 80}) {
            String narrow = String.join(" ", screen.lines(columns));
            assertThat(words(narrow)).as("%d columns", columns).isEqualTo(words(wide));
        }
        assertThat(screen.lines(200).getFirst()).endsWith("seed 1");
        assertThat(screen.lines(60).get(1)).startsWith("  ").endsWith("seed 1");
    }

    /** Without the bar, which is as long as there is room. */
    private static String words(String text) {
        return text.replaceAll("[▕▏█ ]+", " ");
    }

    private static EventRow failure(@Nullable Double observedS) {
        return new EventRow(
                "fail",
                Turn.WORSE,
                List.of(List.of("dnvr", "kscy")),
                null,
                "silent",
                10,
                10.0,
                10.0,
                observedS,
                null);
    }
}
