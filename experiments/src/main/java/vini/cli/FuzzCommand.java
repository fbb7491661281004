package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import vini.experiment.fuzz.FuzzCase;
import vini.experiment.fuzz.Fuzzer;
import vini.experiment.spec.ExperimentFile;
import vini.net.Quantity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Searches for faults of Vini's own. */
@Command(
        name = "fuzz",
        header = "Break random networks at random, and look whether all is as it should be.",
        description = {
            "%nEach seed is a network of 2 to 40 nodes and a schedule of failures, which runs in"
                + " the virtual world: links and nodes fail, flap and degrade, costs change,"
                + " networks are partitioned, and sometimes nobody is left to repair what was"
                + " broken. After each step the books of packets and the state of all links are"
                + " checked; once the network is quiet, all routes against shortest paths that are"
                + " found in another way, all databases, and who answers whom. Each seed is run"
                + " twice, and must give the same. A schedule with a fault is shrunk to the events"
                + " that are needed for it."
        },
        footer = {
            "",
            "  vini fuzz                         for a minute",
            "  vini fuzz --for 8h --seed 1000    for a night, other seeds",
            "  vini fuzz --seed 42 --seeds 1     one seed again",
            "",
            "Exit status: 0 no fault was found, 1 one was, 2 wrong input, 130 interrupted, 143"
                    + " terminated."
        })
final class FuzzCommand implements Callable<Integer> {
    private static final String A_MINUTE = "1m";
    private static final int SEEDS_MAX = 1_000_000_000;
    private static final long SECOND = 1_000_000_000;

    /** Where nobody looks on, so often is said how far it is. */
    private static final long LINE_EVERY_NANOS = 60 * SECOND;

    private final Terminal terminal;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "The first seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds, then stop.")
    private @Nullable Integer seeds;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long (default: a minute, or until all seeds are done).")
    private @Nullable String time;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Write each fault's experiment there, for vini run.")
    private @Nullable Path out;

    FuzzCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seeds != null && (seeds < 1 || seeds > SEEDS_MAX)) {
            throw CommandException.wrongInput("--seeds " + seeds + " is outside 1-" + SEEDS_MAX);
        }
        long nanos = limitNanos();
        if (out != null) {
            Files.createDirectories(out);
        }
        int processors = Runtime.getRuntime().availableProcessors();
        Watch watch = new Watch(nanos);
        try (var _ = Interruption.ofThisThread()) {
            ExecutorService threads = Executors.newFixedThreadPool(processors);
            try {
                new Fuzzer(threads, processors).search(seed, watch);
            } finally {
                threads.shutdownNow();
                watch.close();
            }
        }
        return (watch.soFar.faults() == 0 ? Exit.GOOD : Exit.NOT_HELD).status();
    }

    private long limitNanos() {
        if (time == null && seeds != null) {
            return Long.MAX_VALUE;
        }
        try {
            return Quantity.nanos(time == null ? A_MINUTE : time);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongInput("--for: " + e.getMessage());
        }
    }

    /** Tells of each fault when it is found: a night may end early. */
    private final class Watch implements Fuzzer.Progress, AutoCloseable {
        private final BenchProgress progress = new BenchProgress(terminal);
        private final long began = System.nanoTime();
        private final long nanos;
        private long lineNanos = began;
        private Fuzzer.Result soFar = new Fuzzer.Result(0, 0, 0);

        Watch(long nanos) {
            this.nanos = nanos;
        }

        @Override
        public boolean goesOn(int begun) {
            return (seeds == null || begun < seeds) && System.nanoTime() - began < nanos;
        }

        @Override
        public void found(Fuzzer.Found found) throws IOException {
            progress.clear();
            say(found);
            if (out != null) {
                write(found, out);
            }
        }

        @Override
        public void done(Fuzzer.Result result) {
            soFar = result;
            long now = System.nanoTime();
            if (terminal.isTerminal() || now - lineNanos >= LINE_EVERY_NANOS) {
                lineNanos = now;
                progress.of("fuzz")
                        .accept(result.cases() + " seeds, " + result.faults() + " with a fault");
            }
        }

        /** Says what has come of it, also if it was interrupted. */
        @Override
        public void close() {
            progress.close();
            terminal.say(
                    String.format(
                            Locale.ROOT,
                            "%d seeds from %d on in %.0f s, %d looks at a network at rest: %s",
                            soFar.cases(),
                            seed,
                            (System.nanoTime() - began) / (double) SECOND,
                            soFar.quiet(),
                            soFar.faults() == 0 ? "no fault" : soFar.faults() + " with a fault"));
        }
    }

    private void say(Fuzzer.Found found) {
        FuzzCase fuzz = found.fuzz();
        terminal.say(terminal.bad("seed " + fuzz.seed()) + " " + found.fault());
        terminal.say("  again: vini fuzz --seed " + fuzz.seed() + " --seeds 1");
        FuzzCase shrunk = found.shrunk();
        terminal.say(
                "  "
                        + shrunk.topology().nodes().size()
                        + " nodes, "
                        + shrunk.topology().links().size()
                        + " links; needed are "
                        + shrunk.events().size()
                        + " of "
                        + fuzz.events().size()
                        + " events"
                        + (shrunk.talks().isEmpty() ? "" : ", and who talks")
                        + ":");
        shrunk.events()
                .forEach(
                        event ->
                                terminal.say(
                                        "    "
                                                + Quantity.ofNanos(event.at().toNanos())
                                                + "  "
                                                + event.event().words()
                                                + (event.lasting() == null
                                                        ? ""
                                                        : " for "
                                                                + Quantity.ofNanos(
                                                                        event.lasting()
                                                                                .toNanos()))));
        if (shrunk.controllerDiesNanos() != Long.MAX_VALUE) {
            terminal.say(
                    "    "
                            + Quantity.ofNanos(shrunk.controllerDiesNanos())
                            + "  nobody is left to carry out the rest");
        }
        terminal.say("  " + found.shrunkFault());
    }

    private void write(Fuzzer.Found found, Path folder) throws IOException {
        Path file = folder.resolve("fuzz-" + found.fuzz().seed() + ".json");
        Files.writeString(file, ExperimentFile.write(found.shrunk().experiment()));
        terminal.say("vini run " + file + " --world virtual");
    }
}
