package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Shows the routing neighbors of a node. */
@Command(
        name = "neighbors",
        header = "Show the routing neighbors of a node and how far each adjacency is.",
        footer = {
            "",
            "  vini neighbors abilene/nycm",
            "  vini neighbors abilene/nycm --json",
            "",
            "Exit status: 0 good, 2 no such slice or node, 3 the router does not answer."
        })
final class NeighborsCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Mixin private RouterTable table = new RouterTable();

    NeighborsCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        table.print("neighbors", slices, terminal);
        return Exit.GOOD.status();
    }
}
