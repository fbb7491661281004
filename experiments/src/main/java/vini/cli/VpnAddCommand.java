package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import vini.net.Prefix;
import vini.overlay.json.TextKind;
import vini.vpn.user.User;
import vini.vpn.wireguard.PublicKey;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Adds a user. */
@Command(
        name = "add",
        header = "Add a user, and print what their client needs: a file and a QR code.",
        description = {
            "%nThe file is for any WireGuard client: import it, or scan the code with the app of a"
                    + " phone. Whoever has it is that user. Keys are made here, unless the user"
                    + " gives a public key made elsewhere."
        },
        footer = {
            "",
            "  vini vpn add abilene alice --ingress wash > alice.conf",
            "  vini vpn add abilene bob --routes slice --png bob.png",
            "  vini vpn add abilene dave --ingress wash --egress sttl",
            "  vini vpn add abilene carol --public-key \"$(wg pubkey < carol.key)\"",
            "",
            "Exit status: 0 good, 2 no such slice, ingress or egress, or the name is taken."
        })
final class VpnAddCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Parameters(index = "0", paramLabel = "SLICE", description = "A slice that runs.")
    private String slice = "";

    @Parameters(index = "1", paramLabel = "USER", description = "What the user is called.")
    private String name = "";

    @Option(
            names = "--ingress",
            paramLabel = "NODE",
            description = "Where the user enters; may be left out if there is but one.")
    private String ingress = "";

    @Option(
            names = "--egress",
            paramLabel = "NODE",
            description =
                    "Where what the user sends leaves, and nowhere else; without it, at the egress"
                            + " that the slice's routing chooses.")
    private @Nullable String egress;

    @Option(
            names = "--public-key",
            paramLabel = "KEY",
            description = "The user's own public key; then no private key is made or kept here.")
    private @Nullable String publicKey;

    @Mixin private VpnClientOptions options = new VpnClientOptions();

    VpnAddCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        if (!TextKind.isName(name)) {
            throw CommandException.wrongInput(TextKind.notAName(name));
        }
        VpnSlice vpn = VpnSlice.of(slices, slice);
        JsonNode row = vpn.ingress(ingress);
        @Nullable String leaves = egress == null ? null : vpn.egress(egress);
        @Nullable PublicKey own =
                publicKey == null
                        ? null
                        : Values.parsed("--public-key", publicKey, PublicKey::parse);
        User user = add(vpn, row, own);
        if (leaves != null) {
            user = vpn.book().choose(name, leaves);
        }
        vpn.apply();
        if (own == null) {
            vpn.print(user, options, terminal);
        } else {
            terminal.say(
                    user.name()
                            + "  "
                            + user.address()
                            + (leaves == null ? "" : "  leaves at " + leaves)
                            + "  endpoint "
                            + row.path("endpoint").asString()
                            + "  its public key "
                            + row.path("public_key").asString());
        }
        return Exit.GOOD.status();
    }

    private User add(VpnSlice vpn, JsonNode row, @Nullable PublicKey own) throws IOException {
        try {
            Prefix block = Prefix.parse(row.path("users_block").asString());
            return vpn.book().add(name, row.path("node").asString(), block, own);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongInput(String.valueOf(e.getMessage()));
        }
    }
}
