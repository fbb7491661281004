package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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

    @Parameters(index = "0", paramLabel = "SLICE", description = "A slice that runs.")
    private String slice = "";

    @Parameters(index = "1", paramLabel = "USER", description = "One of its users.")
    private String name = "";

    VpnRemoveCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        VpnSlice vpn = VpnSlice.of(slices, slice);
        User user = vpn.book().remove(vpn.user(name).name());
        vpn.apply();
        terminal.say(user.name() + "  removed (" + user.address() + " is free)");
        return Exit.GOOD.status();
    }
}
