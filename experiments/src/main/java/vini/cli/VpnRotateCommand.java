package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vini.vpn.user.User;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Gives a user new keys. */
@Command(
        name = "rotate",
        header = "Give a user new keys, and print the new file and QR code; the old ones are void.",
        footer = {
            "",
            "  vini vpn rotate abilene alice > alice.conf",
            "",
            "Exit status: 0 good, 2 no such slice or user."
        })
final class VpnRotateCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Mixin private VpnUserArguments user = new VpnUserArguments();

    @Mixin private VpnClientOptions options = new VpnClientOptions();

    VpnRotateCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        VpnSlice vpn = user.slice(slices);
        User who = vpn.book().rotate(user.in(vpn).name(), null);
        vpn.apply();
        vpn.print(who, options, terminal);
        return Exit.GOOD.status();
    }
}
