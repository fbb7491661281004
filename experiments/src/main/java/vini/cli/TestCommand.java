package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import vini.experiment.ExperimentRunner;
import vini.experiment.RunRequest;
import vini.experiment.Surroundings;
import vini.experiment.WorldKind;
import vini.experiment.spec.Experiment;
import vini.experiment.spec.ExperimentFile;
import vini.experiment.suite.JunitXml;
import vini.experiment.suite.Suite;
import vini.experiment.suite.SuiteCase;
import vini.experiment.suite.SuiteCase.Check;
import vini.experiment.suite.SuiteFiles;
import vini.overlay.json.InputException;
import vini.overlay.json.Problems;
import vini.overlay.topology.HostsMode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs experiments as tests. */
@Command(
        name = "test",
        header = "Run all experiments of a folder as tests.",
        description = {
            "%nRuns every experiment below the folders, each into a folder of its own, and prints a"
                + " line for each: it passes if all its expectations hold and the run can be"
                + " trusted. Those of the virtual world run several at once, live ones one after"
                + " the other.",
            "%nThe world of an experiment is what --world says, else what its own \"world\" says,"
                + " else the virtual one, unless it has real programs or hosts outside, which are"
                + " there only live."
        },
        footer = {
            "",
            "  vini test experiments",
            "  vini test mine --junit results.xml",
            "  vini test mine/one.json --world live",
            "",
            "Exit status: 0 all passed, 1 one did not, 2 nothing could be run, 3 the machine",
            "cannot, 130 interrupted, 143 terminated."
        })
final class TestCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Environment environment;
    private final ExperimentRunner runner;
    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "1..*",
            description = "Folders, looked through to the bottom, or files.")
    private List<Path> given = List.of();

    @Option(
            names = "--world",
            paramLabel = "WORLD",
            description = "live or virtual, for all of them.")
    private @Nullable WorldKind world;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write JUnit XML there.")
    private @Nullable Path junit;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder for the runs; default: runs/test-TIME.")
    private @Nullable Path out;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "So many at once in the virtual world; default: one per processor.")
    private @Nullable Integer jobs;

    @Mixin private SliceOptions overrides = new SliceOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    TestCommand(
            Terminal terminal,
            Environment environment,
            ExperimentRunner runner,
            Surroundings surroundings) {
        this.terminal = terminal;
        this.environment = environment;
        this.runner = runner;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int threads = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
        if (threads < 1 || threads > 1000) {
            throw CommandException.wrongInput("--jobs " + threads + " is outside 1-1000");
        }
        SuiteFiles files = SuiteFiles.below(given);
        files.skipped().forEach(terminal::complain);
        if (files.experiments().isEmpty()) {
            throw CommandException.wrongInput("there is no experiment to run");
        }
        Map<String, RunRequest> requests = new LinkedHashMap<>();
        for (Map.Entry<String, Path> each : files.experiments().entrySet()) {
            requests.put(each.getKey(), request(each.getValue()));
        }
        Path folder = surroundings.runFolder(out, "test").path();
        List<SuiteCase> cases;
        boolean interrupted;
        try (var _ = Interruption.ofThisThread();
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            cases = new Suite(runner, System::nanoTime, folder, this::say).run(requests, pool);
            interrupted = Thread.interrupted();
            if (junit != null) {
                Files.writeString(junit, JunitXml.of(cases));
                SudoUser.own(junit, environment.variables());
            }
            SudoUser.own(folder, environment.variables());
            end(cases, requests.size(), folder);
        }
        return status(cases, interrupted).status();
    }

    private RunRequest request(Path file) throws IOException {
        WorldKind where = world == null ? world(file) : world;
        return new RunRequest(
                file,
                where,
                null,
                overrides.seed(),
                overrides.hosts(),
                overrides.tunnels(),
                overrides.loops(),
                overrides.configuresHost());
    }

    private WorldKind world(Path file) throws IOException {
        Experiment experiment;
        try {
            experiment = ExperimentFile.read(file, new Problems());
        } catch (InputException e) {
            return WorldKind.VIRTUAL; // Its mistakes are told when its turn has come.
        }
        WorldKind said = experiment.world();
        WorldKind where =
                said != null
                        ? said
                        : experiment.canBeVirtual() ? WorldKind.VIRTUAL : WorldKind.LIVE;
        if (where == WorldKind.LIVE) {
            HostsMode hosts = overrides.hosts();
            UserNamespace.enterFor(
                    hosts == null ? experiment.topology().hosts() : hosts, overrides, spec);
        }
        return where;
    }

    /** One line for each that is over, and what does not hold below it. */
    private void say(SuiteCase each) {
        terminal.say(
                String.format(
                        Locale.ROOT,
                        "%s %s  %s  %.1f s  %s",
                        each.passed() ? terminal.good("✓") : terminal.bad("✗"),
                        each.name(),
                        each.world(),
                        each.seconds(),
                        terminal.faint(each.headline())));
        for (Check check : each.checks().subList(each.ran() ? 1 : 0, each.checks().size())) {
            if (!check.message().isEmpty()) {
                check.message().lines().forEach(line -> terminal.say("    " + line));
            }
        }
        terminal.out().flush();
    }

    private void end(List<SuiteCase> cases, int asked, Path folder) {
        long passed = cases.stream().filter(SuiteCase::passed).count();
        terminal.say("");
        terminal.say(
                passed
                        + " of "
                        + asked
                        + (asked == 1 ? " experiment passed" : " experiments passed")
                        + (cases.size() < asked ? ", " + cases.size() + " were run" : ""));
        terminal.say(terminal.faint("reports in"));
        terminal.say(folder.toString());
        terminal.out().flush();
    }

    private static Exit status(List<SuiteCase> cases, boolean interrupted) {
        if (interrupted) {
            return Exit.INTERRUPTED;
        }
        if (cases.stream().noneMatch(SuiteCase::ran)) {
            return Exit.WRONG_INPUT;
        }
        return cases.stream().allMatch(SuiteCase::passed) ? Exit.GOOD : Exit.NOT_HELD;
    }
}
