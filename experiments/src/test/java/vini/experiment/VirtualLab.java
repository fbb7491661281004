package vini.experiment;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.analysis.Summary;
import vini.experiment.report.Report;
import vini.experiment.run.RunFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs experiments in virtual time below a folder; whatever asks for the machine fails. */
public final class VirtualLab {
    private final Path folder;

    public VirtualLab(Path folder) {
        this.folder = folder;
    }

    private record Nowhere(Path folder) implements Surroundings {
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
        public void discardEmpty(RunFolder run) {}
    }

    /** Runs an experiment, draws its report, and returns its summary. */
    public Summary run(String experiment, String out, long seed)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(out + ".json"), experiment);
        Summary summary =
                new VirtualRunner(new Nowhere(folder))
                        .run(
                                new RunRequest(
                                        file,
                                        WorldKind.VIRTUAL,
                                        folder.resolve(out),
                                        seed,
                                        null,
                                        null,
                                        null,
                                        false),
                                new RunListener() {});
        Report.write(folder.resolve(out));
        return summary;
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
