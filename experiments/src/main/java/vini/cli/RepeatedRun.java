package vini.cli;

import vini.experiment.RepeatRunner;
import vini.experiment.RunRequest;
import vini.experiment.analysis.Verdict;
import vini.experiment.repeat.Repetition;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many runs of one experiment on all processors, and what is printed of them. */
final class RepeatedRun {
    private final Terminal terminal;
    private final RepeatRunner runner;
    private final boolean json;
    private final boolean quiet;

    RepeatedRun(Terminal terminal, RepeatRunner runner, boolean json, boolean quiet) {
        this.terminal = terminal;
        this.runner = runner;
        this.json = json;
        this.quiet = quiet;
    }

    Exit run(RunRequest request, int times, Map<String, String> environment)
            throws IOException, InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        RepeatRunner.Result result;
        try (ExecutorService threads = Executors.newFixedThreadPool(processors);
                BenchProgress progress = new BenchProgress(terminal)) {
            result =
                    runner.run(
                            request,
                            times,
                            threads,
                            done -> {
                                if (!json && !quiet && terminal.isTerminal()) {
                                    progress.of("runs").accept(done + " of " + times);
                                }
                            });
        }
        SudoUser.own(result.folder(), environment);
        print(result);
        return status(result.repetition());
    }

    private void print(RepeatRunner.Result result) {
        Repetition repetition = result.repetition();
        if (json) {
            terminal.out().println(repetition.json().toPrettyString());
            return;
        }
        result.messages().forEach(terminal::complain);
        terminal.say(repetition.sentence());
        if (!quiet) {
            terminal.say("");
            Table table = new Table(Repetition.heads().toArray(new String[0]));
            for (List<String> row : repetition.rows()) {
                table.row(row.toArray(new String[0]));
            }
            table.lines().forEach(terminal::say);
            terminal.say("");
            terminal.say(terminal.faint("open report.html in"));
            Path folder = result.folder();
            terminal.say(folder.toString());
        }
        terminal.out().flush();
    }

    private static Exit status(Repetition repetition) {
        if (!repetition.seeds(Verdict.CRASHED).isEmpty()) {
            return Exit.OUR_FAULT;
        }
        if (repetition.samples().size() < repetition.asked()
                || !repetition.seeds(Verdict.INTERRUPTED).isEmpty()) {
            return Exit.INTERRUPTED;
        }
        return repetition.seeds(Verdict.FAILED).isEmpty() ? Exit.GOOD : Exit.NOT_HELD;
    }
}
