package vini.overlay.keeper;

import vini.overlay.world.OutsideHost;

import java.nio.file.Path;
import java.util.List;

/**
 * Who is around a live slice.
 *
 * @param users the folder of the slice's book of users, which outlives the slice
 * @param hosts that are made for the slice; if there are any, its users are those of them that
 *     enter by VPN, and the book is not opened
 */
public record Outsiders(Path users, List<OutsideHost> hosts) {
    public Outsiders {
        hosts = List.copyOf(hosts);
    }
}
