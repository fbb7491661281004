package vini.experiment.suite;

import vini.experiment.ExperimentRunner;
import vini.experiment.RunListener;
import vini.experiment.RunRequest;
import vini.experiment.WorldKind;
import vini.experiment.analysis.Summary;
import vini.overlay.json.InputException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs the experiments of a suite: those of the virtual world several at once, then the live ones
 * one after the other, because each of them is to have the machine for itself.
 */
public final class Suite {
    /** Runs one in its world. */
    private final ExperimentRunner runner;

    private final LongSupplier wallNanos;
    private final Path folder;
    private final Consumer<SuiteCase> done;

    /**
     * A suite that is to run.
     *
     * @param wallNanos the time on the wall, in nanoseconds since some moment
     * @param folder in which each run gets a folder of its own
     * @param done hears of each that is over, one at a time
     */
    public Suite(
            ExperimentRunner runner,
            LongSupplier wallNanos,
            Path folder,
            Consumer<SuiteCase> done) {
        this.runner = runner;
        this.wallNanos = wallNanos;
        this.folder = folder;
        this.done = done;
    }

    /**
     * Runs all of it. An interrupt of the calling thread ends it early: those that are over are
     * there, the others are not.
     *
     * @param requests by name; each with a world that it can run in
     * @param threads for those of the virtual world
     * @return in the order of the requests
     */
    public List<SuiteCase> run(Map<String, RunRequest> requests, ExecutorService threads) {
        List<Future<SuiteCase>> virtual = new ArrayList<>();
        List<SuiteCase> cases = new ArrayList<>();
        requests.forEach(
                (name, request) -> {
                    if (request.world() == WorldKind.VIRTUAL) {
                        virtual.add(threads.submit(() -> one(name, request)));
                    }
                });
        boolean interrupted = false;
        for (Future<SuiteCase> each : virtual) {
            try {
                if (!interrupted) {
                    cases.add(each.get());
                }
            } catch (InterruptedException e) {
                interrupted = true;
                virtual.forEach(other -> other.cancel(true));
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        for (Map.Entry<String, RunRequest> each : requests.entrySet()) {
            if (each.getValue().world() == WorldKind.LIVE && !interrupted) {
                try {
                    cases.add(one(each.getKey(), each.getValue()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        List<String> order = List.copyOf(requests.keySet());
        cases.sort((a, b) -> order.indexOf(a.name()) - order.indexOf(b.name()));
        return List.copyOf(cases);
    }

    private SuiteCase one(String name, RunRequest request) throws InterruptedException {
        long begin = wallNanos.getAsLong();
        Path below = folder.resolve(name);
        SuiteCase result;
        try {
            Files.createDirectories(below);
            Summary summary = runner.run(request.into(below), new RunListener() {});
            result =
                    SuiteCase.of(
                            name,
                            request.experiment(),
                            request.world(),
                            since(begin),
                            below,
                            summary);
        } catch (InputException | IOException e) {
            result = broken(name, request, begin, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            result = broken(name, request, begin, "a fault of Vini's, not yours: " + e);
        }
        synchronized (this) {
            done.accept(result);
        }
        return result;
    }

    private SuiteCase broken(String name, RunRequest request, long begin, String why) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            // It holds what there was to keep.
        }
        return SuiteCase.broken(name, request.experiment(), request.world(), since(begin), why);
    }

    private double since(long begin) {
        return (wallNanos.getAsLong() - begin) / 1e9;
    }
}
