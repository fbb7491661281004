package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Prints a node's Click text. */
@Command(
        name = "config",
        header = "Print the Click text that a node is made of.",
        footer = {
            "",
            "  vini config abilene/nycm",
            "  vini config abilene/nycm > nycm.click",
            "",
            "Exit status: 0 good, 2 no such slice or node, 3 the forwarder does not answer."
        })
final class ConfigCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Parameters(
            paramLabel = "SLICE/NODE",
            converter = NodeName.Converter.class,
            description = "A node of a slice that runs.")
    private NodeName node = new NodeName("", "");

    ConfigCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        slices.check(node);
        String text = slices.read(node.slice(), "forwarder", node.node() + ".config");
        terminal.out().println(text.stripTrailing());
        return Exit.GOOD.status();
    }
}
