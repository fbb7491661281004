package vini.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import vini.experiment.analysis.WayPicker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The report as people see it: in a real browser, in the light and in the dark. */
class ReportBrowserSystemTest {
    private static final Path PICTURES = Path.of("target", "report-browser");
    private static final int WIDTH = 1000;

    /** For each figure: its name, the size of its box, and how many of its marks have none. */
    private static final String FIGURES =
            """
            [...document.querySelectorAll('figure')].map(f => {
              const svg = f.querySelector('svg');
              const box = svg.getBoundingClientRect();
              const inner = svg.getBBox();
              const marks = [...svg.querySelectorAll('path, text, circle')];
              return {name: f.id, width: box.width, height: box.height,
                      innerWidth: inner.width, innerHeight: inner.height, marks: marks.length,
                      empty: marks.filter(m => { const b = m.getBBox();
                        return !isFinite(b.x) || !isFinite(b.width)
                            || (b.width == 0 && b.height == 0 && m.tagName != 'path'); }).length,
                      unpainted: marks.filter(m => { const s = getComputedStyle(m);
                        return s.fill == 'none' && s.stroke == 'none'; }).length,
                      caption: f.querySelector('figcaption').textContent.length};
            })
            """;

    private static final String COLOURS =
            """
            {paper: getComputedStyle(document.documentElement).backgroundColor,
             text: getComputedStyle(document.body).color,
             wide: document.documentElement.scrollWidth}
            """;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path folder;

    @Test
    void everyFigureIsDrawnAndNothingIsComplainedOf() throws Exception {
        Path program = Browser.program();
        assumeTrue(program != null, "no chromium on this machine");
        Path run = Files.createDirectory(folder.resolve("run"));
        SyntheticRun.abilene().write(run);
        Report report = Report.write(run, WayPicker.FIRST);
        int figures = Figures.of(report.summary().analysis()).size();
        try (Browser browser =
                Browser.start(
                        Objects.requireNonNull(program),
                        Files.createDirectory(folder.resolve("profile")))) {
            look(browser, run, "light", figures);
            JsonNode light = browser.evaluate(COLOURS);
            look(browser, run, "dark", figures);
            JsonNode dark = browser.evaluate(COLOURS);
            assertThat(light.path("paper").asString()).isEqualTo("rgb(255, 255, 255)");
            assertThat(dark.path("paper").asString()).isEqualTo("rgb(14, 15, 17)");
            assertThat(dark.path("text")).isNotEqualTo(light.path("text"));
            assertThat(light.path("wide").asInt())
                    .as("nothing to scroll")
                    .isLessThanOrEqualTo(WIDTH);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void look(Browser browser, Path run, String scheme, int figures)
            throws Exception {
        browser.open(run.resolve("report.html"), scheme, WIDTH, 1200);
        JsonNode seen = browser.evaluate(FIGURES);
        assertThat(seen).hasSize(figures);
        for (JsonNode figure : seen) {
            assertThat(figure.path("width").asDouble()).as("%s", figure).isGreaterThan(600);
            assertThat(figure.path("height").asDouble()).as("%s", figure).isGreaterThan(100);
            assertThat(figure.path("innerWidth").asDouble()).as("%s", figure).isGreaterThan(300);
            assertThat(figure.path("innerHeight").asDouble()).as("%s", figure).isGreaterThan(80);
            assertThat(figure.path("marks").asInt()).as("%s", figure).isGreaterThan(10);
            assertThat(figure.path("empty").asInt()).as("%s", figure).isZero();
            assertThat(figure.path("unpainted").asInt()).as("%s", figure).isZero();
            assertThat(figure.path("caption").asInt()).as("%s", figure).isGreaterThan(20);
        }
        browser.picture(PICTURES.resolve(scheme + ".png"));
        assertThat(PICTURES.resolve(scheme + ".png")).isNotEmptyFile();
    }

    /** So that the test above is worth something. */
    @Test
    void aPageThatIsBrokenIsFoundOut() throws Exception {
        Path program = Browser.program();
        assumeTrue(program != null, "no chromium on this machine");
        Path page =
                Files.writeString(
                        folder.resolve("page.html"),
                        "<!DOCTYPE html><html><body><figure id='f'><svg viewBox='0 0 10 10'>"
                                + "<path d='MNaN 0L1 1' fill='none' stroke='red'/></svg>"
                                + "<img src='missing.png'><script>nothing.here()</script>"
                                + "</figure></body></html>");
        try (Browser browser =
                Browser.start(
                        Objects.requireNonNull(program),
                        Files.createDirectory(folder.resolve("profile")))) {
            browser.open(page, "light", WIDTH, 600);
            JsonNode _ = browser.evaluate("1");
            assertThat(browser.complaints())
                    .anyMatch(text -> text.contains("NaN"))
                    .anyMatch(text -> text.contains("nothing is not defined"))
                    .anyMatch(text -> text.contains("ERR_FILE_NOT_FOUND"));
        }
    }
}
