package vini.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/** Prints a completion script for the shell. */
@Command(
        name = "completion",
        header = "Print a completion script for bash and zsh.",
        description = "%nTo have it now, and in each new shell:",
        footer = {
            "",
            "  source <(vini completion)",
            "  vini completion > ~/.local/share/bash-completion/completions/vini",
            "",
            "Exit status: 0."
        })
final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandFactory commands;

    CompletionCommand(Terminal terminal, CommandFactory commands) {
        this.terminal = terminal;
        this.commands = commands;
    }

    @Override
    public Integer call() {
        terminal.out().println(AutoComplete.bash("vini", Main.commandLine(terminal, commands)));
        return Exit.GOOD.status();
    }
}
