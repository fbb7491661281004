package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import vini.vpn.user.User;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Removes a user. */
@Command(
        name = "remove",
        header = "Remove a user: their packets are dropped from now on.",
        footer = {
            "",
            "  vini vpn remove abilene alice",
            "",
            "Exit status: 0 good, 2 no such slice or user."
        })
final class VpnRemoveCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Mixin private VpnUserArguments user = new VpnUserArguments();

    VpnRemoveCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        VpnSlice vpn = user.slice(slices);
        User who = vpn.book().remove(user.in(vpn).name());
        vpn.apply();
        terminal.say(who.name() + "  removed (" + who.address() + " is free)");
        return Exit.GOOD.status();
    }
}
