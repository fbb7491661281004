package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vini.vpn.user.User;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Prints a user's configuration again. */
@Command(
        name = "show",
        header = "Print the file and the QR code of a user again.",
        description = {
            "%nWith --json what vini vpn list shows of the user, in which there are no keys."
        },
        footer = {
            "",
            "  vini vpn show abilene alice > alice.conf",
            "  vini vpn show abilene alice --routes slice",
            "  vini vpn show abilene alice --json",
            "",
            "Exit status: 0 good, 2 no such slice or user, or the key was not made here."
        })
final class VpnShowCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Mixin private VpnUserArguments user = new VpnUserArguments();

    @Mixin private VpnClientOptions options = new VpnClientOptions();

    @Mixin private JsonOption json = new JsonOption();

    VpnShowCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        VpnSlice vpn = user.slice(slices);
        User who = user.in(vpn);
        if (json.wanted()) {
            terminal.out().println(vpn.row(who).toPrettyString());
            return Exit.GOOD.status();
        }
        vpn.print(who, options, terminal);
        return Exit.GOOD.status();
    }
}
