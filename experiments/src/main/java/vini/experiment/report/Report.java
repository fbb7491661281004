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
import java.io.UncheckedIOException;
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
        return summarise(RunReader.read(folder), picker);
    }

    private static Summary summarise(Run run, WayPicker picker) throws IOException {
        Summary summary = Summary.of(Analysis.of(run, picker));
        Files.writeString(
                run.folder().file(RunFolder.SUMMARY),
                JSON.writeValueAsString(summary.json()) + "\n");
        return summary;
    }

    /**
     * Works out what a run means, as {@link #write} does; writes and draws nothing.
     *
     * @throws IllegalArgumentException with a sentence for the user when this is no run folder
     */
    public static Summary summary(Path folder) throws IOException {
        Run run = RunReader.read(folder);
        return Summary.of(Analysis.of(run, ways(run)));
    }

    /** Writes what {@link #summary} says to {@code summary.json}; draws nothing. */
    public static Summary summarise(Path folder) throws IOException {
        Run run = RunReader.read(folder);
        return summarise(run, ways(run));
    }

    private static WayPicker ways(Run run) {
        return new SeededWays(run.environment().path("seed").asLong(0));
    }

    /** Writes everything anew; paths are walked as the FIBs of the run with its seed did. */
    public static Report write(Path folder) throws IOException {
        Run run = RunReader.read(folder);
        return write(run, ways(run));
    }

    /**
     * Writes everything anew.
     *
     * @throws IllegalArgumentException with a sentence for the user when this is no run folder
     * @throws IOException if the folder cannot be written
     */
    public static Report write(Path folder, WayPicker picker) throws IOException {
        return write(RunReader.read(folder), picker);
    }

    private static Report write(Run run, WayPicker picker) throws IOException {
        Summary summary = summarise(run, picker);
        List<String> messages = new ArrayList<>(run.problems());
        List<Figure> figures = Figures.of(summary.analysis());
        List<Work> works =
                new ArrayList<>(files(run.folder().file(RunFolder.FIGURES), figures, messages));
        works.add(
                () ->
                        Files.writeString(
                                run.folder().file(RunFolder.REPORT),
                                ReportPage.of(summary, figures)));
        together(works);
        return new Report(summary, messages);
    }

    /** Something to write that has nothing to do with what else is written. */
    private interface Work {
        void run() throws IOException;
    }

    /** On all cores: to draw takes longer than many a run in the virtual world. */
    private static void together(List<Work> works) throws IOException {
        try {
            works.parallelStream()
                    .forEach(
                            work -> {
                                try {
                                    work.run();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Writes the files of figures; what cannot be drawn is a message. */
    static void write(Path folder, List<Figure> figures, List<String> messages) throws IOException {
        together(files(folder, figures, messages));
    }

    private static List<Work> files(Path folder, List<Figure> figures, List<String> messages)
            throws IOException {
        Files.createDirectories(folder);
        List<Work> works = new ArrayList<>();
        for (Figure figure : figures) {
            works.add(
                    () ->
                            Files.writeString(
                                    folder.resolve(figure.name() + ".svg"),
                                    SvgRenderer.file(figure),
                                    StandardCharsets.UTF_8));
            works.add(() -> Files.write(folder.resolve(figure.name() + ".csv"), figure.data()));
        }
        try {
            PngRenderer renderer = PngRenderer.start();
            for (Figure figure : figures) {
                works.add(
                        () -> {
                            Path file = folder.resolve(figure.name() + ".png");
                            try (OutputStream out = Files.newOutputStream(file)) {
                                renderer.write(figure, out);
                            }
                        });
            }
        } catch (UnsupportedOperationException e) {
            messages.add("no PNG files: " + e.getMessage() + "; the SVG files are there");
        }
        return works;
    }
}
