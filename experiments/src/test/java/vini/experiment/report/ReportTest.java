package vini.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import vini.experiment.analysis.WayPicker;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

class ReportTest {
    @TempDir Path folder;

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("report.html"));
    }

    @Test
    void tellsTheStoryOfThePaper() throws Exception {
        SyntheticRun.abilene().write(folder);

        Report report = Report.write(folder, WayPicker.FIRST);

        assertThat(report.messages()).isEmpty();
        assertThat(Transcript.UNICODE.verdict(report.summary()))
                .isEqualTo(
                        "passed · trustworthy · outage 7.5 s · 76.3 → 87.3 → 76.3 ms · 3 of 3"
                                + " expectations hold");
        assertThat(page())
                .contains(
                        "the answers stopped for 7.5 s; afterwards an echo took 87.3 ms by atla"
                                + " hstn losa snva")
                .contains("round-trip time (ms)", "bytes received (MB)", "time (s)", "outage 7.5 s")
                .contains("254\u202f113 sent = 253\u202f902 delivered + 211 dropped")
                .doesNotContain("NaN", "Infinity", "http://example", "<script", folder.toString());
        parse(page().replace("<!DOCTYPE html>", ""));
    }

    @Test
    void everyFigureIsAFileOfItsOwn() throws Exception {
        SyntheticRun.abilene().write(folder);
        Report.write(folder, WayPicker.FIRST);

        for (String name :
                new String[] {
                    "network",
                    "rtt",
                    "bulk",
                    "bulk-restart",
                    "rtt-moments",
                    "map",
                    "convergence",
                    "drops"
                }) {
            String svg = Files.readString(folder.resolve("figures/" + name + ".svg"));
            Document document = parse(svg);
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(svg).doesNotContain("NaN", "var(--");
            assertThat(Files.readAllLines(folder.resolve("figures/" + name + ".csv")))
                    .as(name)
                    .hasSizeGreaterThan(2)
                    .first()
                    .asString()
                    .matches("[a-z_]+(,[a-z_]+)+");
            var image = ImageIO.read(folder.resolve("figures/" + name + ".png").toFile());
            assertThat(image.getWidth()).isEqualTo(1440);
        }
    }

    @Test
    void theMapSaysWhatWasDoneAndWhere() throws Exception {
        SyntheticRun grid = SyntheticRun.grid(3);
        for (int time : new int[] {8, 10, 11, 12}) {
            grid.fail(time, "silent", "n00", "n01");
        }
        grid.fail(10, "down", "n11", "n12");
        grid.write(folder);
        Report.write(folder, WayPicker.FIRST);

        assertThat(Files.readString(folder.resolve("figures/network.svg")))
                .contains(">fail 10 s<", ">4 events 8–12 s<");
        assertThat(page()).contains("In colour: what happened there, and when.");
        assertThat(Files.readAllLines(folder.resolve("figures/network.csv")))
                .contains("n00,n01,2,8 fail; 10 fail; 11 fail; 12 fail");
    }

    @Test
    void aMapWithEventsEverywhereSaysOnlyWhereItIsBad() throws Exception {
        SyntheticRun grid = SyntheticRun.grid(6);
        for (int row = 0; row < 5; row++) {
            for (int column = 0; column < 5; column++) {
                grid.fail(10, "silent", "n" + row + column, "n" + row + (column + 1));
            }
        }
        grid.write(folder);
        Report.write(folder, WayPicker.FIRST);

        assertThat(page())
                .contains("Red are links that failed or were made worse.")
                .doesNotContain("In colour");
        assertThat(Files.readString(folder.resolve("figures/network.svg")))
                .doesNotContain(">fail 10 s<");
    }

    @Test
    void howFaithfulTheMachineWasComesFirst() throws Exception {
        SyntheticRun.abilene().write(folder);
        Path environment = folder.resolve("environment.json");
        Files.writeString(
                environment,
                Files.readString(environment)
                        .stripTrailing()
                        .replaceFirst(
                                "}$",
                                ",\"fidelity\":[{\"what\":\"processors busy\",\"found\":\"99 %\","
                                        + "\"limit\":\"95 %\",\"holds\":false}]}"));
        Report.write(folder, WayPicker.FIRST);
        assertThat(page()).contains("<details open>", "processors busy", "99 %", "✗ too much");
        assertThat(page().indexOf("processors busy")).isLessThan(page().indexOf("<figure"));
    }

    @Test
    void isTheSameWhenDrawnAgain() throws Exception {
        SyntheticRun.abilene().write(folder);
        Report.write(folder, WayPicker.FIRST);
        String first = page();
        String summary = Files.readString(folder.resolve("summary.json"));
        Report.write(folder, WayPicker.FIRST);

        assertThat(page()).isEqualTo(first);
        assertThat(Files.readString(folder.resolve("summary.json"))).isEqualTo(summary);
    }

    @Test
    void drawsAnInterruptedRun() throws Exception {
        SyntheticRun run = SyntheticRun.abilene();
        run.cutS = 14.2;
        run.write(folder);

        Report report = Report.write(folder, WayPicker.FIRST);

        assertThat(report.summary().verdict().word()).isEqualTo("interrupted");
        assertThat(report.messages()).containsExactly("packets.json: missing");
        assertThat(page()).contains("no answer any more").doesNotContain("NaN");
        parse(page().replace("<!DOCTYPE html>", ""));
    }

    @Test
    void drawsNetworksWithoutPlacesAndTwoFailuresAtOnce() throws Exception {
        SyntheticRun grid = SyntheticRun.grid(5);
        grid.fail(10, "silent", "n12", "n13");
        grid.fail(10, "silent", "n00", "n01");
        grid.write(folder);

        Report report = Report.write(folder, WayPicker.FIRST);

        assertThat(report.summary().analysis().phases()).hasSize(2);
        assertThat(page())
                .contains("fail n12-n13 (silent), fail n00-n01 (silent)")
                .doesNotContain("NaN");
    }

    @Test
    void drawsARunWithoutProbesAndOneWithNothingAtAll() throws Exception {
        SyntheticRun bare = SyntheticRun.ring(6);
        bare.probes = false;
        bare.write(folder);
        Report.write(folder, WayPicker.FIRST);
        assertThat(page()).contains("Nothing was measured.");

        Path empty = Files.createDirectory(folder.resolve("empty"));
        Files.writeString(empty.resolve("experiment.json"), "");
        Report report = Report.write(empty, WayPicker.FIRST);
        assertThat(report.messages()).contains("topology.json: missing");
    }

    @Test
    void whatTheUserWroteStaysText() throws Exception {
        SyntheticRun run = SyntheticRun.ring(3);
        run.write(folder);
        Path experiment = folder.resolve("experiment.json");
        Files.writeString(
                experiment,
                Files.readString(experiment)
                        .replace("ring-3", "<script>alert(1)</script>&\\u0000"));

        Report.write(folder, WayPicker.FIRST);

        assertThat(page()).contains("&lt;script&gt;alert(1)").doesNotContain("<script>");
        parse(page().replace("<!DOCTYPE html>", ""));
    }
}
