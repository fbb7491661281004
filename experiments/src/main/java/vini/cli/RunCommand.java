package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import vini.experiment.ExperimentRunner;
import vini.experiment.RepeatRunner;
import vini.experiment.RunListener;
import vini.experiment.RunRequest;
import vini.experiment.WorldKind;
import vini.experiment.analysis.ExpectationResult;
import vini.experiment.analysis.Summary;
import vini.experiment.spec.ExperimentFile;
import vini.overlay.json.Problems;
import vini.overlay.topology.HostsMode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Runs an experiment. */
@Command(
        name = "run",
        header = "Run an experiment and draw what happened.",
        description = {
            "%nBrings the network up, waits until routing has converged, does what the experiment"
                    + " says, measures, and leaves a folder with the report, the figures, the"
                    + " measurements and all inputs. Ctrl-C ends it early and keeps what was"
                    + " measured."
        },
        footer = {
            "",
            "  vini run experiments/abilene-failure.json",
            "  vini run mine.json --world virtual --seed 7",
            "  vini run mine.json --world virtual --repeat 100",
            "  vini run mine.json --hosts builtin --seed 7 --out /tmp/mine",
            "  vini run mine.json --json | tail -1 | jq .probes.rtt.outages",
            "",
            "Exit status: 0 all expectations hold, 1 one does not, 2 wrong input, 3 the machine",
            "cannot, 4 a fault of Vini's or a process that crashed, 130 interrupted, 143"
                    + " terminated."
        })
final class RunCommand implements Callable<Integer> {
    private static final int REPEAT_MAX = 100_000;

    private final Terminal terminal;
    private final Environment environment;
    private final ExperimentRunner runner;
    private final RepeatRunner repeater;

    @Parameters(paramLabel = "EXPERIMENT", description = "The experiment's JSON file.")
    private Path experiment = Path.of("");

    @Option(
            names = "--world",
            paramLabel = "WORLD",
            description =
                    "live: real time, packets and processes; virtual: the same code on a virtual"
                            + " clock, as fast as it goes, and with the same seed the same to the"
                            + " last byte. Default: what the experiment says, else live.")
    private @Nullable WorldKind asked;

    private WorldKind world = WorldKind.LIVE;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description =
                    "Run it N times in the virtual world, each time with the next seed, on all"
                            + " processors: how figures are distributed.")
    private @Nullable Integer repeat;

    @Mixin private SliceOptions overrides = new SliceOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The run folder; default: runs/NAME-TIME, and runs/latest points there.")
    private @Nullable Path out;

    @Option(
            names = "--json",
            description =
                    "For programs: print JSON Lines, one for each thing that happens and one a"
                            + " second; the last one is the summary.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the verdict only.")
    private boolean quiet;

    @Spec private CommandSpec spec = CommandSpec.create();

    RunCommand(
            Terminal terminal,
            Environment environment,
            ExperimentRunner runner,
            RepeatRunner repeater) {
        this.terminal = terminal;
        this.environment = environment;
        this.runner = runner;
        this.repeater = repeater;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        world = world();
        if (world == WorldKind.LIVE) {
            enterUserNamespace();
        }
        RunRequest request =
                new RunRequest(
                        experiment,
                        world,
                        out,
                        overrides.seed(),
                        overrides.hosts(),
                        overrides.tunnels(),
                        overrides.loops(),
                        overrides.configuresHost());
        if (repeat != null) {
            checkRepeat(repeat);
            RepeatedRun repeated = new RepeatedRun(terminal, repeater, json, quiet);
            try (var _ = Interruption.ofThisThread()) {
                return repeated.run(request, repeat, environment.variables()).status();
            }
        }
        // What is printed belongs to it: after Ctrl-C the JVM goes on only until this is closed.
        try (var _ = Interruption.ofThisThread()) {
            Summary summary = run(request);
            SudoUser.own(summary.analysis().run().folder().path(), environment.variables());
            print(summary);
            return status(summary).status();
        }
    }

    private WorldKind world() {
        WorldKind said =
                asked == null ? ExperimentFile.read(experiment, new Problems()).world() : asked;
        return said == null ? WorldKind.LIVE : said;
    }

    private void checkRepeat(int times) {
        if (world != WorldKind.VIRTUAL) {
            throw CommandException.wrongInput(
                    "--repeat is for the virtual world, where runs need no machine of their own;"
                            + " add --world virtual");
        }
        if (times < 1 || times > REPEAT_MAX) {
            throw CommandException.wrongInput("--repeat " + times + " is outside 1-" + REPEAT_MAX);
        }
    }

    private void enterUserNamespace() throws IOException {
        HostsMode asked = overrides.hosts();
        UserNamespace.enterFor(
                asked == null
                        ? ExperimentFile.read(experiment, world, new Problems()).topology().hosts()
                        : asked,
                overrides,
                spec);
    }

    private void print(Summary summary) {
        if (json) {
            new RunJsonLines(terminal).summary(summary);
            return;
        }
        if (!quiet) {
            terminal.say("");
        }
        terminal.say(Transcripts.of(terminal).verdict(summary));
        for (ExpectationResult result : summary.expectations()) {
            if (!result.holds()) {
                terminal.say("  " + terminal.bad("✗") + " " + result.sentence());
            }
        }
        if (!quiet) {
            terminal.say(terminal.faint("open report.html in"));
            terminal.say(summary.analysis().run().folder().path().toString());
        }
        terminal.out().flush();
    }

    private static Exit status(Summary summary) {
        return switch (summary.verdict()) {
            case PASSED -> Exit.GOOD;
            case FAILED -> Exit.NOT_HELD;
            case INTERRUPTED -> Exit.INTERRUPTED;
            case CRASHED -> Exit.OUR_FAULT;
        };
    }

    private Summary run(RunRequest request) throws IOException, InterruptedException {
        if (json) {
            return runner.run(request, new RunJsonLines(terminal));
        }
        if (quiet) {
            return runner.run(request, new RunListener() {});
        }
        try (RunDisplay display = new RunDisplay(terminal)) {
            return runner.run(request, display);
        }
    }
}
