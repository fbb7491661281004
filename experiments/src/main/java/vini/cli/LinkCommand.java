package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done to a link while its slice runs. */
@Command(
        name = "link",
        header = "Fail, restore or change a link of a slice that runs.",
        synopsisSubcommandLabel = "(down | up | set)",
        subcommands = {LinkDownCommand.class, LinkUpCommand.class, LinkSetCommand.class},
        footer = {
            "",
            "  vini link down abilene dnvr kscy --for 30s --mode silent",
            "  vini link up abilene dnvr kscy",
            "  vini link set abilene dnvr kscy --delay 20ms --loss 1%%",
            "",
            "Exit status: 0 good, 2 no such slice or link, or a wrong value."
        })
final class LinkCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: down, up or set");
    }
}
