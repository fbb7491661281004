package vini.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** Prints {@code docs/cli.md}: the help of every command, one after the other. */
@Command(name = "manual", hidden = true)
final class ManualCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandFactory commands;

    ManualCommand(Terminal terminal, CommandFactory commands) {
        this.terminal = terminal;
        this.commands = commands;
    }

    @Override
    public Integer call() {
        PrintWriter out = terminal.out();
        Terminal plain = new Terminal(out, out, 0, false, true);
        CommandLine vini = Main.commandLine(plain, commands.with(plain));
        out.println("# Commands");
        out.println();
        out.println("Made from the commands themselves by `./vini manual > docs/cli.md`.");
        chapter(vini, out);
        return Exit.GOOD.status();
    }

    private static void chapter(CommandLine command, PrintWriter out) {
        out.println();
        out.println("## " + command.getCommandSpec().qualifiedName());
        out.println();
        out.println("```");
        out.print(command.getUsageMessage(Ansi.OFF).stripTrailing());
        out.println();
        out.println("```");
        for (CommandLine sub : command.getSubcommands().values()) {
            if (!sub.getCommandSpec().usageMessage().hidden()) {
                chapter(sub, out);
            }
        }
    }
}
