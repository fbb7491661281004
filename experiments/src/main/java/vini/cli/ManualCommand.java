package vini.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

import vini.forwarder.ElementTable;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/**
 * Prints {@code docs/cli.md}: the help of every command, one after the other; or {@code
 * docs/elements.md}.
 */
@Command(name = "manual", hidden = true)
final class ManualCommand implements Callable<Integer> {
    /** Makes the page of the elements anew. */
    static final String ELEMENTS = "./vini manual --elements > docs/elements.md";

    private final Terminal terminal;
    private final CommandFactory commands;

    @Option(names = "--elements", description = "Print docs/elements.md.")
    private boolean elements;

    ManualCommand(Terminal terminal, CommandFactory commands) {
        this.terminal = terminal;
        this.commands = commands;
    }

    @Override
    public Integer call() {
        PrintWriter out = terminal.out();
        if (elements) {
            out.println("# Elements");
            out.println();
            out.println("Made from the elements themselves by `" + ELEMENTS + "`.");
            out.println();
            out.print(ElementTable.markdown());
            return Exit.GOOD.status();
        }
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
