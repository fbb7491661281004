package vini.experiment.fuzz;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Runs one case after the other, as many at a time as there are threads. */
public final class Fuzzer {
    /** A fault, the case that has it, and what of its schedule is needed. */
    public record Found(FuzzCase fuzz, Fault fault, FuzzCase shrunk, Fault shrunkFault) {}

    /**
     * What a search has given so far.
     *
     * @param cases how many were run
     * @param quiet how often a network at rest was looked at
     * @param faults how many cases have one
     */
    public record Result(int cases, long quiet, int faults) {
        private Result with(Looked looked) {
            int more = looked.found() == null ? 0 : 1;
            return new Result(cases + 1, quiet + looked.quiet(), faults + more);
        }
    }

    /** Says when to stop, and hears how far it is. */
    public interface Progress {
        /** Whether another case is to be begun. */
        boolean goesOn(int begun);

        /** A case has a fault: not to be lost if somebody ends the search. */
        void found(Found found) throws IOException;

        /** A case was run. */
        void done(Result soFar);
    }

    private record Looked(int quiet, @Nullable Found found) {}

    private final ExecutorService threads;
    private final int parallel;

    /**
     * @param parallel how many cases go at a time
     */
    public Fuzzer(ExecutorService threads, int parallel) {
        this.threads = threads;
        this.parallel = parallel;
    }

    /** Runs the cases of the seeds from {@code first} on. */
    public void search(long first, Progress progress) throws IOException, InterruptedException {
        List<Future<Looked>> running = new ArrayList<>();
        int begun = 0;
        Result result = new Result(0, 0, 0);
        while (true) {
            while (running.size() < 2 * parallel && progress.goesOn(begun)) {
                long seed = first + begun++;
                running.add(threads.submit(() -> look(FuzzCases.of(seed))));
            }
            if (running.isEmpty()) {
                return;
            }
            Looked looked = get(running.removeFirst());
            if (looked.found() != null) {
                progress.found(looked.found());
            }
            result = result.with(looked);
            progress.done(result);
        }
    }

    private static Looked get(Future<Looked> looked) throws InterruptedException {
        try {
            return looked.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What is wrong with a seed's case, or null. */
    static @Nullable Found find(long seed) {
        return look(FuzzCases.of(seed)).found();
    }

    private static Looked look(FuzzCase fuzz) {
        FuzzRun.Outcome outcome = FuzzRun.run(fuzz, FuzzRun.Meddler.NOBODY, FuzzRun.Looks.CHECKS);
        Fault fault = outcome.fault();
        if (fault == null) {
            // With a capture in place of those who look: neither must change anything.
            FuzzRun.Outcome captured =
                    FuzzRun.run(fuzz, FuzzRun.Meddler.NOBODY, FuzzRun.Looks.CAPTURES);
            long again = captured.digest();
            fault = captured.fault();
            if (fault == null && again == outcome.digest()) {
                return new Looked(outcome.quiet(), null);
            }
            if (fault != null) {
                return shrunk(outcome.quiet(), fuzz, fault);
            }
            fault =
                    new Fault(
                            Fault.Kind.REPETITION,
                            0,
                            "run again with a capture, it is not the same: digests "
                                    + Long.toHexString(outcome.digest())
                                    + " and "
                                    + Long.toHexString(again));
            return new Looked(outcome.quiet(), new Found(fuzz, fault, fuzz, fault));
        }
        return shrunk(outcome.quiet(), fuzz, fault);
    }

    private static Looked shrunk(int quiet, FuzzCase fuzz, Fault fault) {
        Shrinker.Shrunk shrunk = Shrinker.shrink(fuzz, fault, FuzzRun.Meddler.NOBODY);
        return new Looked(quiet, new Found(fuzz, fault, shrunk.fuzz(), shrunk.fault()));
    }
}
