package vini.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import vini.experiment.ExperimentRunner;
import vini.experiment.LiveRunner;
import vini.experiment.RepeatRunner;
import vini.experiment.Surroundings;
import vini.experiment.VirtualRunner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The {@code vini} command. */
@Command(
        name = "vini",
        versionProvider = Version.class,
        header =
                "Build a virtual network out of real forwarding and real routing, break it,"
                        + " and measure.%n",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Start here:",
            "  vini run experiments/abilene-failure.json   a link fails, OSPF heals: one minute",
            "  vini new myring                             files of your own to start from",
            "  vini doctor                                 what this machine can do",
            "",
            "Exit status: 0 good, 1 an expectation does not hold, 2 wrong input,",
            "3 the machine cannot, 4 a fault of Vini's, 130 interrupted, 143 terminated."
        },
        subcommands = {
            RunCommand.class,
            TestCommand.class,
            UpCommand.class,
            KeepCommand.class,
            DownCommand.class,
            LsCommand.class,
            ExecCommand.class,
            LinkCommand.class,
            NodeCommand.class,
            EventCommand.class,
            CaptureCommand.class,
            VpnCommand.class,
            AttachCommand.class,
            DetachCommand.class,
            RoutesCommand.class,
            NeighborsCommand.class,
            ConfigCommand.class,
            LogsCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            ClickCommand.class,
            ValidateCommand.class,
            NewCommand.class,
            ImportCommand.class,
            CleanCommand.class,
            BenchCommand.class,
            FuzzCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            ManualCommand.class,
            TrainCommand.class
        })
public final class Main implements Runnable {
    private static final int WIDTH_MIN = 60;
    private static final int WIDTH_MAX = 100;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Say what a command does, and stop.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Say which Vini this is, and stop.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    Main() {}

    /** Runs one command and ends the process with its status. */
    public static void main(String[] arguments) {
        Interruption.watch();
        Terminal terminal = Terminal.standard(System.getenv());
        List<String> typed = List.of(arguments);
        CommandFactory commands =
                new CommandFactory(
                        terminal,
                        System.getenv(),
                        () -> runner(surroundings(typed)),
                        () -> new RepeatRunner(surroundings(typed)),
                        () -> surroundings(typed));
        int status = commandLine(terminal, commands).execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        Interruption.allIsSaid();
        System.exit(status);
    }

    private static Surroundings surroundings(List<String> arguments) {
        try {
            return new LocalSurroundings(System.getenv(), Version.number(), arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExperimentRunner runner(Surroundings surroundings) {
        ExperimentRunner live = new LiveRunner(surroundings);
        ExperimentRunner virtual = new VirtualRunner(surroundings);
        return (request, listener) ->
                switch (request.world()) {
                    case LIVE -> live.run(request, listener);
                    case VIRTUAL -> virtual.run(request, listener);
                };
    }

    /** The whole command line, writing to that terminal. */
    static CommandLine commandLine(Terminal terminal, CommandFactory commands) {
        CommandLine line = new CommandLine(Main.class, commands);
        addHelp(line);
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(
                terminal.isTerminal()
                        ? Math.clamp(terminal.columns(), WIDTH_MIN, WIDTH_MAX)
                        : WIDTH_MAX);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Failures::wrongArguments);
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> Failures.report(failure, command.getErr()));
        return line;
    }

    /** Every command explains itself with -h, but those that use it otherwise. */
    private static void addHelp(CommandLine line) {
        for (CommandLine sub : line.getSubcommands().values()) {
            if (!sub.getCommandSpec().optionsMap().containsKey("-h")) {
                sub.getCommandSpec()
                        .addOption(
                                OptionSpec.builder("-h", "--help")
                                        .usageHelp(true)
                                        .description("Say what a command does, and stop.")
                                        .build());
            }
            addHelp(sub);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
