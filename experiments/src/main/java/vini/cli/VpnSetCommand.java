package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import vini.vpn.user.User;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Changes what is said of a user. */
@Command(
        name = "set",
        header = "Choose where what a user sends leaves the slice, while it runs.",
        description = {
            "%nThe user's keys, address and session stay; connections to the outside end, since"
                    + " that sees another address from then on."
        },
        footer = {
            "",
            "  vini vpn set abilene alice --egress sttl",
            "  vini vpn set abilene alice --any-egress",
            "",
            "Exit status: 0 good, 2 no such slice, user or egress."
        })
final class VpnSetCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Mixin private VpnUserArguments user = new VpnUserArguments();

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    /** One of these. */
    static final class Choice {
        @Option(names = "--egress", paramLabel = "NODE", description = "There, and nowhere else.")
        private @Nullable String egress;

        @Option(
                names = "--any-egress",
                description = "At the egress that the slice's routing chooses.")
        private boolean any;
    }

    VpnSetCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        VpnSlice vpn = user.slice(slices);
        User who = user.in(vpn);
        @Nullable String egress =
                choice.any || choice.egress == null ? null : vpn.egress(choice.egress);
        vpn.book().choose(who.name(), egress);
        vpn.apply();
        terminal.say(
                who.name() + "  leaves at " + (egress == null ? "any egress" : egress) + " now");
        return Exit.GOOD.status();
    }
}
