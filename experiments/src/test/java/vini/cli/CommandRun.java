package vini.cli;

import picocli.CommandLine;

import vini.experiment.ExperimentRunner;
import vini.experiment.RepeatRunner;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** Runs the command line in this process and keeps what it printed. */
final class CommandRun {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private final Map<String, String> environment;
    private final ExperimentRunner runner;

    /** Commands in that environment; experiments cannot be run. */
    CommandRun(Map<String, String> environment) {
        this(
                environment,
                (request, listener) -> {
                    throw new AssertionError("nothing runs in this test");
                });
    }

    CommandRun(Map<String, String> environment, ExperimentRunner runner) {
        this.environment = environment;
        this.runner = runner;
    }

    CommandRun() {
        this(Map.of());
    }

    CommandLine commandLine() {
        Terminal terminal =
                new Terminal(
                        new PrintWriter(out, true), new PrintWriter(err, true), 0, false, true);
        CommandFactory commands =
                new CommandFactory(
                        terminal,
                        environment,
                        () -> runner,
                        () -> new RepeatRunner(surroundings()),
                        this::surroundings);
        return Main.commandLine(terminal, commands);
    }

    private LocalSurroundings surroundings() {
        return new LocalSurroundings(environment, "test", List.of());
    }

    int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
