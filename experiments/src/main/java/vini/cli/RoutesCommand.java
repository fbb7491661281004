package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Shows the routes of a node. */
@Command(
        name = "routes",
        header = "Show what routing has chosen at a node.",
        footer = {
            "",
            "  vini routes abilene/nycm",
            "  vini routes abilene/nycm --json",
            "",
            "Exit status: 0 good, 2 no such slice or node, 3 the router does not answer."
        })
final class RoutesCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Mixin private RouterTable table = new RouterTable();

    RoutesCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        table.print("routes", slices, terminal);
        return Exit.GOOD.status();
    }
}
