package vini.overlay.keeper;

import vini.overlay.world.OutsideHost;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Who is around a live slice.
 *
 * @param users the folder of the slice's book of users, which outlives the slice
 * @param hosts that are made for the slice; if there are any, its users are those of them that
 *     enter by VPN, and the book is not opened
 * @param configuresHost whether the machine's forwarding may be changed for an egress, and be put
 *     back at the end
 */
public record Outsiders(Path users, List<OutsideHost> hosts, boolean configuresHost) {
    public Outsiders {
        hosts = List.copyOf(hosts);
    }

    /**
     * Those of a slice that has users of its own, but no hosts that are made for it. Their book is
     * where state of this user's programs belongs: below {@code XDG_STATE_HOME}, or else {@code
     * ~/.local/state}.
     *
     * @param environment of this process
     */
    public static Outsiders of(String slice, Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path folder =
                state.isEmpty()
                        ? Path.of(environment.getOrDefault("HOME", "/"), ".local", "state")
                        : Path.of(state);
        return none(folder.resolve("vini").resolve("users").resolve(slice));
    }

    /** Nobody, and an empty folder for users who may come. */
    public static Outsiders none(Path users) {
        return new Outsiders(users, List.of(), false);
    }

    public Outsiders with(List<OutsideHost> others) {
        return new Outsiders(users, others, configuresHost);
    }

    public Outsiders configuring(boolean host) {
        return new Outsiders(users, hosts, host);
    }
}
