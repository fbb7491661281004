package vini.experiment.report;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.SeededWays;
import vini.experiment.analysis.Summary;
import vini.experiment.analysis.WayPicker;
import vini.experiment.run.Run;
import vini.experiment.run.RunFolder;
import vini.experiment.run.RunReader;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a run from its folder alone: {@code summary.json}, {@code report.html}, {@code figures/}.
 *
 * @param summary what came out
 * @param messages sentences for the user: what could not be read or drawn
 */
public record Report(Summary summary, List<String> messages) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Report {
        messages = List.copyOf(messages);
    }

    /** Works out what a run means and writes {@code summary.json}; draws nothing. */
    public static Summary summarise(Path folder, WayPicker picker) throws IOException {
        Summary summary = Summary.of(Analysis.of(RunReader.read(folder), picker));
        Files.writeString(
                folder.resolve(RunFolder.SUMMARY), JSON.writeValueAsString(summary.json()) + "\n");
        return summary;
    }

    /**
     * Works out what a run means, as {@link #write} does; writes and draws nothing.
     *
     * @throws IllegalArgumentException with a sentence for the user when this is no run folder
     */
    public static Summary summary(Path folder) throws IOException {
        return Summary.of(Analysis.of(RunReader.read(folder), ways(folder)));
    }

    /** Writes what {@link #summary} says to {@code summary.json}; draws nothing. */
    public static Summary summarise(Path folder) throws IOException {
        return summarise(folder, ways(folder));
    }

    private static WayPicker ways(Path folder) throws IOException {
        return new SeededWays(RunReader.read(folder).environment().path("seed").asLong(0));
    }

    /** Writes everything anew; paths are walked as the FIBs of the run with its seed did. */
    public static Report write(Path folder) throws IOException {
        return write(folder, ways(folder));
    }

    /**
     * Writes everything anew.
     *
     * @throws IllegalArgumentException with a sentence for the user when this is no run folder
     * @throws IOException if the folder cannot be written
     */
    public static Report write(Path folder, WayPicker picker) throws IOException {
        Summary summary = summarise(folder, picker);
        Run run = summary.analysis().run();
        List<String> messages = new ArrayList<>(run.problems());
        List<Figure> figures = Figures.of(summary.analysis());
        Files.writeString(run.folder().file(RunFolder.REPORT), ReportPage.of(summary, figures));
        files(run.folder().file(RunFolder.FIGURES), figures, messages);
        return new Report(summary, messages);
    }

    /** Writes the files of figures; what cannot be drawn is a message. */
    static void files(Path folder, List<Figure> figures, List<String> messages) throws IOException {
        Files.createDirectories(folder);
        for (Figure figure : figures) {
            Files.writeString(
                    folder.resolve(figure.name() + ".svg"),
                    SvgRenderer.file(figure),
                    StandardCharsets.UTF_8);
            if (!figure.data().isEmpty()) {
                Files.write(folder.resolve(figure.name() + ".csv"), figure.data());
            }
        }
        try {
            PngRenderer renderer = PngRenderer.start();
            for (Figure figure : figures) {
                Path file = folder.resolve(figure.name() + ".png");
                try (OutputStream out = Files.newOutputStream(file)) {
                    renderer.write(figure, out);
                }
            }
        } catch (UnsupportedOperationException e) {
            messages.add("no PNG files: " + e.getMessage() + "; the SVG files are there");
        }
    }
}
