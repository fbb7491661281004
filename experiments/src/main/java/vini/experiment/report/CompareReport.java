package vini.experiment.report;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import vini.experiment.analysis.ProbeResult;
import vini.experiment.analysis.Summary;
import vini.experiment.compare.Comparison;
import vini.experiment.run.RunFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a comparison: {@code compare.json}, {@code compare.html} and {@code figures/}. */
public final class CompareReport {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private CompareReport() {}

    /**
     * Writes it into a folder that exists.
     *
     * @return sentences for the user: what could not be drawn
     */
    public static List<String> write(Path folder, Comparison comparison, List<Summary> runs)
            throws IOException {
        Files.writeString(
                folder.resolve("compare.json"), JSON.writeValueAsString(comparison.json()) + "\n");
        List<String> messages = new ArrayList<>();
        List<Figure> figures = figures(comparison.names(), runs, messages);
        Files.writeString(folder.resolve("compare.html"), page(comparison, figures));
        Report.write(folder.resolve(RunFolder.FIGURES), figures, messages);
        return messages;
    }

    private static List<Figure> figures(
            List<String> names, List<Summary> runs, List<String> messages) {
        List<Figure> figures = new ArrayList<>();
        if (runs.size() > CompareFigure.most()) {
            messages.add("more than " + CompareFigure.most() + " runs are not drawn");
            return figures;
        }
        for (ProbeResult result : runs.getFirst().analysis().probes()) {
            Figure figure = CompareFigure.of(result.probe().name(), names, runs);
            if (figure != null) {
                figures.add(figure);
            }
        }
        return figures;
    }

    private static String page(Comparison comparison, List<Figure> figures) {
        HtmlPage page = new HtmlPage();
        String title = String.join(" and ", comparison.names());
        page.head(title);
        page.element("h1", "", title);
        int number = 0;
        for (Figure figure : figures) {
            number++;
            page.figure(figure, number, "");
        }
        page.element("h2", "", "Side by side");
        List<String> heads = new ArrayList<>(List.of("figure"));
        heads.addAll(comparison.names());
        heads.add("difference");
        page.table(heads, rows(comparison));
        page.foot();
        return page.html();
    }

    /** The table's rows: figure, a value for each run, difference. */
    public static List<List<String>> rows(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        for (Comparison.Row row : comparison.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.figure()));
            row.values().forEach(value -> cells.add(Comparison.Row.text(value)));
            cells.add(row.difference());
            rows.add(cells);
        }
        return rows;
    }
}
