package vini.experiment.report;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import vini.experiment.repeat.Distribution;
import vini.experiment.repeat.Repetition;
import vini.experiment.run.RunFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what many runs of one experiment came to: {@code repeat.json}, {@code repeat.csv}, {@code
 * report.html} and {@code figures/}.
 */
public final class RepeatReport {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** More figures than one would look at are in the table only. */
    private static final int FIGURES_MAX = 12;

    private RepeatReport() {}

    /**
     * Writes it.
     *
     * @param how under which conditions the runs were made, as a sentence
     * @return sentences for the user: what could not be drawn
     */
    public static List<String> write(Path folder, Repetition repetition, String how)
            throws IOException {
        Files.writeString(
                folder.resolve("repeat.json"), JSON.writeValueAsString(repetition.json()) + "\n");
        Files.write(folder.resolve("repeat.csv"), repetition.csv());
        List<Figure> figures = figures(repetition);
        Files.writeString(folder.resolve(RunFolder.REPORT), page(repetition, how, figures));
        List<String> messages = new ArrayList<>();
        Report.write(folder.resolve(RunFolder.FIGURES), figures, messages);
        return messages;
    }

    private static List<Figure> figures(Repetition repetition) {
        List<Distribution> shown =
                repetition.shown().stream()
                        .filter(Distribution::varies)
                        .limit(FIGURES_MAX)
                        .toList();
        List<Figure> figures = new ArrayList<>();
        for (Distribution each : shown) {
            String name = each.figure().replaceAll("[^A-Za-z0-9]+", "-");
            figures.add(DistributionFigure.of(each, name));
        }
        return figures;
    }

    /** All columns but the first are of numbers. */
    private static List<String> numbers(List<String> heads) {
        List<String> all = new ArrayList<>(heads);
        for (int i = 1; i < all.size(); i++) {
            all.set(i, ">" + all.get(i));
        }
        return all;
    }

    private static String page(Repetition repetition, String how, List<Figure> figures) {
        HtmlPage page = new HtmlPage();
        page.head(repetition.experiment());
        page.element("h1", "", repetition.experiment());
        page.element("p", "verdict", repetition.sentence());
        page.element("p", "story", how);
        int number = 0;
        for (Figure figure : figures) {
            number++;
            page.figure(figure, number, "");
        }
        page.element("h2", "", "Figures of all runs");
        page.table(numbers(Repetition.heads()), repetition.rows());
        page.element(
                "p",
                "",
                "All figures are in repeat.csv, a line a run, and repeat.json. Each run's own"
                        + " folder is beside this page; vini report FOLDER draws it.");
        page.foot();
        return page.html();
    }
}
