package vini.cli;

import picocli.CommandLine.Parameters;

import vini.vpn.user.User;

import java.io.IOException;

/** A user of a slice that runs, as one names them: {@code SLICE USER}. */
final class VpnUserArguments {
    @Parameters(index = "0", paramLabel = "SLICE", description = "A slice that runs.")
    private String slice = "";

    @Parameters(index = "1", paramLabel = "USER", description = "One of its users.")
    private String name = "";

    /** The slice's users. */
    VpnSlice slice(Slices slices) throws IOException {
        return VpnSlice.of(slices, slice);
    }

    /** The user; wrong input if there is none of that name. */
    User in(VpnSlice vpn) throws IOException {
        return vpn.user(name);
    }
}
