package vini.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Walks through the commands without doing anything, while the launcher has the JVM write its AOT
 * cache: what is loaded here need not be loaded from jars later.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    private final CommandFactory commands;

    TrainCommand(CommandFactory commands) {
        this.commands = commands;
    }

    @Override
    public Integer call() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Terminal quiet = new Terminal(nowhere, nowhere, 80, true, true);
        CommandLine line = Main.commandLine(quiet, commands.with(quiet));
        line.execute("--help");
        line.execute("--version");
        line.execute("no-such-command");
        line.execute("completion");
        for (String command : List.copyOf(line.getSubcommands().keySet())) {
            line.execute(command, "--help");
        }
        return Exit.GOOD.status();
    }
}
