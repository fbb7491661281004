package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The users of a slice. */
@Command(
        name = "vpn",
        header = "Let people send their traffic through a slice, with any WireGuard client.",
        description = {
            "%nA user enters at a node with an \"ingress\" in its topology. What is printed for one"
                    + " is all that a client on a laptop or a phone needs."
        },
        synopsisSubcommandLabel = "(add | list | show | set | remove | rotate)",
        subcommands = {
            VpnAddCommand.class,
            VpnListCommand.class,
            VpnShowCommand.class,
            VpnSetCommand.class,
            VpnRemoveCommand.class,
            VpnRotateCommand.class
        },
        footer = {
            "",
            "  vini vpn add abilene alice --ingress wash --egress sttl",
            "  vini vpn set abilene alice --any-egress",
            "  vini vpn list abilene",
            "  vini vpn remove abilene alice",
            "",
            "Exit status: 0 good, 2 no such slice, node or user."
        })
final class VpnCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: add, list, show, set, remove or rotate");
    }
}
