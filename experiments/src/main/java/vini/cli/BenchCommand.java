package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vini.bench.Bench;
import vini.bench.Bound;
import vini.bench.Click;
import vini.bench.Effort;
import vini.bench.Machine;
import vini.bench.Result;
import vini.bench.Scenario;
import vini.bench.Scenarios;
import vini.forwarder.lang.Spelling;
import vini.overlay.host.Tree;
import vini.overlay.world.Holdings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Measures Vini beside its peers. */
@Command(
        name = "bench",
        header = "Measure Vini beside its peers, in turns, on this machine.",
        description = {
            "%nEach scenario starts what it measures, with network namespaces of its own where it"
                    + " needs them, measures the sides in turns, and prints medians, ratios and"
                    + " whether the bounds hold. Ctrl-C ends it and leaves nothing behind."
        },
        footer = {
            "",
            "  sudo vini bench                     all scenarios but soak, vpn and world",
            "  sudo vini bench table2 table3       the tables of the VINI paper",
            "  vini bench graph --quick            a first look",
            "  sudo vini bench soak --seconds 600  ten minutes of failing links",
            "  vini bench world                    thousands of routers in the virtual world",
            "  sudo vini bench --click ~/click/userlevel/click",
            "  vini bench --list                   what there is",
            "  sudo vini bench --json > bench.json",
            "",
            "Exit status: 0 all bounds hold, 1 one does not, 2 wrong input, 3 the machine cannot",
            "run a scenario, 4 a fault of Vini's, 130 interrupted, 143 terminated."
        })
final class BenchCommand implements Callable<Integer> {
    private static final int ROUNDS_MAX = 100;
    private static final int SECONDS_MAX = 600;

    private final Terminal terminal;

    @Parameters(
            arity = "0..*",
            paramLabel = "SCENARIO",
            description = "What to measure; default: all but soak, vpn and world.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "Say which scenarios there are, and stop.")
    private boolean list;

    @Option(
            names = "--quick",
            description = "One short round each: to see that it works, not how fast.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each side is measured (default: 2; soak, world: 1).")
    private @Nullable Integer rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long one measurement takes (default: 2; soak: 120).")
    private @Nullable Integer seconds;

    @Option(names = "--check", description = "Say only which bounds hold.")
    private boolean check;

    @Option(names = "--json", description = "Print JSON instead, for programs.")
    private boolean json;

    @Option(
            names = "--click",
            paramLabel = "PROGRAM",
            description =
                    "Measure this Click, too, with the same graphs: table2, table3, graph, napt,"
                            + " small.")
    private @Nullable Path click;

    @Option(
            names = "--click-files",
            paramLabel = "FOLDER",
            description = "Leave the configurations that Click is measured with here.")
    private @Nullable Path clickFiles;

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Scenarios.all().forEach(s -> terminal.say(BenchReport.head(s, terminal)));
            return Exit.GOOD.status();
        }
        List<Scenario> chosen = chosen();
        if (clickFiles != null && click == null) {
            throw CommandException.wrongInput(
                    "--click-files is where the configurations of --click are left; there is none");
        }
        checked("--rounds", rounds, ROUNDS_MAX);
        checked("--seconds", seconds, SECONDS_MAX);
        List<Result> results = new ArrayList<>();
        Machine machine;
        try (var _ = Interruption.ofThisThread();
                Holdings held = new Holdings();
                BenchProgress progress = new BenchProgress(terminal)) {
            Click click = click(held);
            machine = Machine.look();
            if (!json) {
                introduce(machine);
            }
            for (Scenario scenario : chosen) {
                Result result =
                        Bench.run(scenario, effort(scenario), click, progress.of(scenario.name()));
                results.add(result);
                progress.clear();
                if (!json) {
                    new BenchReport(terminal, check).print(result);
                }
            }
        }
        if (json) {
            terminal.out().println(BenchJson.of(machine, results).toPrettyString());
        } else {
            conclude(results);
        }
        return status(results).status();
    }

    /** Of a folder that is gone afterwards, unless one was named. */
    private @Nullable Click click(Holdings held) throws IOException {
        if (click == null) {
            return null;
        }
        Path folder = clickFiles;
        if (folder == null) {
            folder = Files.createTempDirectory("vini-bench");
            Path own = folder;
            held.add(() -> Tree.remove(own));
        }
        return Click.at(click, folder);
    }

    private List<Scenario> chosen() {
        if (names.isEmpty()) {
            return Scenarios.all().stream().filter(s -> !s.onlyWhenNamed()).toList();
        }
        List<String> known = Scenarios.all().stream().map(Scenario::name).toList();
        List<Scenario> chosen = new ArrayList<>();
        for (String name : names) {
            if (!known.contains(name)) {
                String near = Spelling.nearest(name, known);
                throw CommandException.wrongInput(
                        "there is no scenario '"
                                + name
                                + "'"
                                + (near == null ? "" : "; did you mean '" + near + "'?")
                                + " They are: "
                                + String.join(", ", known));
            }
            chosen.add(Scenarios.all().get(known.indexOf(name)));
        }
        return chosen;
    }

    private Effort effort(Scenario scenario) {
        Effort usual = scenario.effort(quick);
        return new Effort(
                rounds == null ? usual.rounds() : rounds,
                seconds == null ? usual.seconds() : seconds,
                quick);
    }

    private static void checked(String option, @Nullable Integer value, int max) {
        if (value != null && (value < 1 || value > max)) {
            throw CommandException.wrongInput(option + " " + value + " is outside 1-" + max);
        }
    }

    private void introduce(Machine machine) {
        terminal.say(machine.toString());
        if (!machine.isQuiet()) {
            terminal.say(
                    terminal.strong("not quiet:")
                            + " somebody else uses this machine; trust the ratios, not the"
                            + " figures");
        }
        if (quick) {
            terminal.say(terminal.strong("quick:") + " one short round; figures are rough");
        }
    }

    /** The last line says what fell short. */
    private void conclude(List<Result> results) {
        List<Bound> all = results.stream().flatMap(r -> r.sheet().bounds().stream()).toList();
        List<Bound> missed = results.stream().flatMap(r -> r.shortfalls().stream()).toList();
        List<String> unable =
                results.stream()
                        .filter(r -> r.unable() != null)
                        .map(r -> r.scenario().name())
                        .toList();
        terminal.say("");
        String count = all.size() - missed.size() + " of " + all.size() + " bounds hold";
        String not = unable.isEmpty() ? "" : "; not measured: " + String.join(", ", unable);
        String shortfalls =
                missed.isEmpty()
                        ? ""
                        : "; short: "
                                + String.join(
                                        "; ", missed.stream().map(BenchReport::bound).toList());
        terminal.say(count + not + shortfalls);
    }

    private static Exit status(List<Result> results) {
        if (results.stream().anyMatch(r -> !r.shortfalls().isEmpty())) {
            return Exit.NOT_HELD;
        }
        return results.stream().anyMatch(r -> r.unable() != null) ? Exit.MACHINE_CANNOT : Exit.GOOD;
    }
}
