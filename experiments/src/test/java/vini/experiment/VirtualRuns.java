package vini.experiment;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.analysis.Summary;
import vini.experiment.run.RunFolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs experiments in the virtual world, with folders of their own below one. */
public final class VirtualRuns {
    private final Path folder;

    public VirtualRuns(Path folder) {
        this.folder = folder;
    }

    /** No wall time and no machine: what is asked of them fails the run. */
    private final class TestSurroundings implements Surroundings {
        @Override
        public Map<String, String> environment() {
            return new TreeMap<>();
        }

        @Override
        public RunFolder runFolder(@Nullable Path out, String experiment) throws IOException {
            return new RunFolder(
                    Files.createDirectories(out == null ? folder.resolve(experiment) : out));
        }

        @Override
        public String version() {
            return "1.2.3";
        }

        @Override
        public ObjectNode machine() {
            throw new IllegalStateException("the machine is nothing to a virtual run");
        }

        @Override
        public void discardEmpty(RunFolder run) throws IOException {
            try (Stream<Path> files = Files.list(run.path())) {
                if (files.findAny().isEmpty()) {
                    Files.delete(run.path());
                }
            }
        }
    }

    Surroundings surroundings() {
        return new TestSurroundings();
    }

    /** Runs an experiment into a folder of that name, and returns its summary. */
    public Summary run(String text, String out, long seed)
            throws IOException, InterruptedException {
        return run(text, out, seed, new RunListener() {});
    }

    Summary run(String text, String out, long seed, RunListener listener)
            throws IOException, InterruptedException {
        return new VirtualRunner(new TestSurroundings())
                .run(
                        new RunRequest(
                                Files.writeString(folder.resolve(out + ".json"), text),
                                WorldKind.VIRTUAL,
                                folder.resolve(out),
                                seed,
                                null,
                                null,
                                null,
                                false),
                        listener);
    }

    SortedMap<String, String> bytes(String out) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.resolve(out))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        folder.resolve(out).relativize(file).toString(),
                        Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    JsonNode json(String file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder.resolve(file)));
    }

    /** The figures of a probe. */
    public static JsonNode probe(Summary summary, String name) {
        return summary.json().path("probes").path(name);
    }

    /** The lines of a file of a run. */
    public List<String> lines(String out, String file) throws IOException {
        return Files.readAllLines(folder.resolve(out).resolve(file));
    }

    /** The text of a run's report. */
    public String report(String out) throws IOException {
        return Files.readString(folder.resolve(out).resolve(RunFolder.REPORT));
    }
}
