package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vini.overlay.json.TextKind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a starter topology and an experiment for it. */
@Command(
        name = "new",
        header = "Write a topology and an experiment to start from.",
        description = {
            "%nMakes topologies/NAME.json and experiments/NAME-failure.json: a small network whose"
                    + " first link fails for a while. Files that are there already are left alone."
        },
        footer = {
            "",
            "  vini new mine",
            "  vini new mesh --shape grid:5x5 --in /tmp/lab",
            "  vini run experiments/mine-failure.json",
            "",
            "Exit status: 0 good, 2 a wrong name or shape, or a file is in the way, 3 not writable."
        })
final class NewCommand implements Callable<Integer> {
    private static final Pattern RING = Pattern.compile("ring:([0-9]{1,3})");
    private static final Pattern GRID = Pattern.compile("grid:([0-9]{1,2})x([0-9]{1,2})");
    private static final int NODES_MAX = 400;

    private final Terminal terminal;
    private final Environment environment;

    @Parameters(paramLabel = "NAME", description = "Small letters, digits, hyphens; at most 32.")
    private String name = "";

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "ring:N or grid:ROWSxCOLUMNS; default ${DEFAULT-VALUE}.")
    private String shape = "ring:4";

    @Option(
            names = "--in",
            paramLabel = "DIR",
            description = "The folder for both; default: where you are.")
    private Path in = Path.of("");

    NewCommand(Terminal terminal, Environment environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (!TextKind.isName(name)) {
            throw CommandException.wrongInput(TextKind.notAName(name));
        }
        Starter starter = starter();
        Path topology = in.resolve("topologies").resolve(name + ".json");
        Path experiment = in.resolve("experiments").resolve(name + "-failure.json");
        for (Path file : List.of(topology, experiment)) {
            if (Files.exists(file)) {
                throw CommandException.wrongInput(file + " is there already; nothing was written");
            }
        }
        write(topology, starter.topology(SchemaPath.from(topology, "topology")));
        write(
                experiment,
                starter.experiment(
                        SchemaPath.from(experiment, "experiment"),
                        "../topologies/" + name + ".json"));
        SudoUser.own(topology, environment.variables());
        SudoUser.own(experiment, environment.variables());
        terminal.out().println(topology);
        terminal.out().println(experiment);
        terminal.out().println("try: vini run " + experiment);
        return Exit.GOOD.status();
    }

    private Starter starter() {
        Matcher ring = RING.matcher(shape);
        if (ring.matches()) {
            int size = Integer.parseInt(ring.group(1));
            if (size >= 3 && size <= NODES_MAX) {
                return Starter.ring(name, size);
            }
        }
        Matcher grid = GRID.matcher(shape);
        if (grid.matches()) {
            int rows = Integer.parseInt(grid.group(1));
            int columns = Integer.parseInt(grid.group(2));
            if (rows >= 2 && columns >= 2 && rows * columns <= NODES_MAX) {
                return Starter.grid(name, rows, columns);
            }
        }
        throw CommandException.wrongInput(
                "\""
                        + shape
                        + "\" is no shape: use ring:N (3 or more) or grid:ROWSxCOLUMNS (2 or more"
                        + " each), up to "
                        + NODES_MAX
                        + " nodes, as in ring:6 or grid:5x5");
    }

    private void write(Path file, String text) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            SudoUser.createDirectories(folder, environment.variables());
        }
        Files.writeString(file, text);
    }
}
