package vini.experiment;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Summary;
import vini.experiment.repeat.Repetition;
import vini.experiment.repeat.Sample;
import vini.experiment.report.RepeatReport;
import vini.experiment.run.RunFolder;
import vini.experiment.spec.Expectation;
import vini.experiment.spec.Experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Runs one experiment many times in the virtual world, each time with the next seed. */
public final class RepeatRunner {
    /** What came of it, and where it is. */
    public record Result(Repetition repetition, Path folder, List<String> messages) {}

    /** Hears how far it is. */
    public interface Progress {
        /** So many runs are done. */
        void done(int runs);
    }

    private final Surroundings surroundings;
    private final VirtualRunner runner;

    public RepeatRunner(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.runner = new VirtualRunner(surroundings);
    }

    /**
     * Runs it {@code times} times. An interrupt of the calling thread ends it early: what was
     * finished is kept.
     *
     * @param threads on which the runs go; as many at a time as it has threads
     */
    public Result run(RunRequest request, int times, ExecutorService threads, Progress progress)
            throws IOException, InterruptedException {
        Experiment experiment = runner.read(request);
        RunFolder folder = surroundings.runFolder(request.out(), experiment.name());
        long first = Objects.requireNonNull(experiment.seed());
        List<Future<Sample>> runs = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long seed = first + i;
            Path below = folder.path().resolve("seed-" + seed);
            runs.add(threads.submit(() -> sample(experiment.withSeed(seed), below)));
        }
        List<Sample> samples = new ArrayList<>();
        boolean interrupted = false;
        for (Future<Sample> run : runs) {
            Sample sample = null;
            if (!interrupted) {
                try {
                    sample = run.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    runs.forEach(each -> each.cancel(true));
                } catch (ExecutionException e) {
                    runs.forEach(each -> each.cancel(true));
                    throw failure(e.getCause());
                }
            }
            if (sample != null) {
                samples.add(sample);
                progress.done(samples.size());
            }
        }
        if (samples.isEmpty()) {
            throw new InterruptedException();
        }
        List<String> wanted = experiment.expect().stream().map(Expectation::that).toList();
        Repetition repetition = new Repetition(experiment.name(), times, wanted, samples);
        String how =
                samples.size()
                        + " runs in the virtual world, with seeds from "
                        + first
                        + " on: each time the same experiment, and another chance.";
        return new Result(
                repetition, folder.path(), RepeatReport.write(folder.path(), repetition, how));
    }

    private Sample sample(Experiment experiment, Path folder)
            throws IOException, InterruptedException {
        Files.createDirectory(folder);
        Summary summary =
                runner.run(experiment, new RunFolder(folder), false, new RunListener() {});
        return Sample.of(
                Objects.requireNonNull(experiment.seed()),
                summary.verdict(),
                summary.trustworthy(),
                summary.json());
    }

    private static IOException failure(@Nullable Throwable cause) throws InterruptedException {
        return switch (cause) {
            case RuntimeException ours -> throw ours;
            case Error ours -> throw ours;
            case InterruptedException asked -> throw asked;
            case IOException failed -> failed;
            case null, default -> new IOException(cause);
        };
    }
}
