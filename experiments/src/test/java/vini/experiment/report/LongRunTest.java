package vini.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.WayPicker;
import vini.experiment.run.EchoRow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;

/** An hour of a hundred echoes a second, one of which took very long. */
class LongRunTest {
    private static final int ECHOES = 360_000;
    private static final int SLOW = 123_456;

    @TempDir Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void write() throws IOException {
        write(
                "topology.json",
                "{\"name\":\"pair\",\"nodes\":{\"a\":{},\"b\":{}},\"links\":[{\"between\":[\"a\",\"b\"]}]}");
        write(
                "experiment.json",
                "{\"name\":\"hour\",\"duration\":\"1h\",\"probes\":["
                    + "{\"name\":\"rtt\",\"ping\":{\"from\":\"a\",\"to\":\"b\",\"every\":\"10ms\"}}]}");
        write(
                "environment.json",
                "{\"ending\":\"finished\",\"ended_s\":3600,\"world\":\"virtual\"}");
        write("events.jsonl", "");
        write("routes.jsonl", "");
        Random random = new Random(1);
        StringBuilder echoes = new StringBuilder(EchoRow.HEADER).append('\n');
        StringBuilder books = new StringBuilder("t_s,sent,delivered,in_flight,linkDown\n");
        for (int i = 0; i < ECHOES; i++) {
            double sent = i / 100.0;
            double rtt = i == SLOW ? 500 : 76 + 3 * random.nextDouble();
            boolean lost = i >= 200_000 && i < 203_000;
            EchoRow row =
                    lost ? EchoRow.lost(i, sent) : new EchoRow(i, sent, sent + rtt / 1e3, rtt, 58);
            echoes.append(row.line()).append('\n');
            if (i % 100 == 0) {
                long dropped = Math.clamp(i - 200_000, 0, 3000);
                books.append(sent + "," + i + "," + (i - dropped) + ",0," + dropped + "\n");
            }
        }
        write("rtt.csv", echoes.toString());
        write("books.csv", books.toString());
        write(
                "packets.json",
                "{\"sent\":360000,\"delivered\":357000,\"in_flight\":0,\"dropped\":{\"linkDown\":3000}}");
    }

    @Test
    void aLongRunHasASmallReportInWhichNothingIsLeftOut() throws IOException {
        write();
        Report report = Report.write(folder, WayPicker.FIRST);
        assertThat(report.messages()).isEmpty();
        assertThat(Files.size(folder.resolve("report.html"))).isLessThan(2_000_000);
        assertThat(Files.size(folder.resolve("figures/rtt.svg"))).isLessThan(1_000_000);

        ProbeResult.Ping ping = report.summary().analysis().pings().getFirst();
        Figure figure = RttFigure.of(ping, report.summary().analysis().run().events(), 3600, "rtt");
        assertThat(figure.caption())
                .contains("no echo is left out", "3\u202f000 echoes without an answer");
        // The slow one is the highest point of the band, where it was.
        @Nullable Point top = null;
        for (Mark mark : figure.marks()) {
            if (mark instanceof Mark.Shape shape && shape.fill() == Ink.ENVELOPE) {
                for (Point corner : shape.corners()) {
                    top = top == null || corner.y() < top.y() ? corner : top;
                }
            }
        }
        Point highest = Objects.requireNonNull(top);
        Scale y = RttFigure.yScale(ping, 316 - 42, 62);
        assertThat(highest.y()).isEqualTo(y.at(500), within(0.01));
        assertThat(highest.x())
                .isBetween(
                        42 + (Figure.WIDTH - 46) * (SLOW / 360_000.0) - 1.1,
                        42 + (Figure.WIDTH - 46) * (SLOW / 360_000.0) + 1.1);
        // The outage is a gap between two bands.
        assertThat(figure.marks())
                .filteredOn(
                        mark -> mark instanceof Mark.Shape shape && shape.fill() == Ink.ENVELOPE)
                .hasSize(2);
        assertThat(Files.readString(folder.resolve("report.html"))).contains("id=\"drops\"");
        assertThat(Files.readAllLines(folder.resolve("figures/rtt.csv"))).hasSize(ECHOES + 1);
        assertThat(Files.readString(folder.resolve("figures/drops.csv"))).contains("linkDown");
    }
}
