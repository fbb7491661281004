package vini.overlay.world;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;

/**
 * A machine outside of a live slice that is made for it, with real programs: a user's behind an
 * ingress, a server behind an egress.
 *
 * @param name no node has it
 * @param behind the name of the node at whose door it is
 * @param vpn whether it is a user who enters by VPN, with a stock client
 * @param address its own; null: one of the block that RFC 5737 set apart for examples
 */
public record OutsideHost(String name, String behind, boolean vpn, @Nullable Ipv4Address address) {
    /** What outside hosts are declared as in a {@link vini.overlay.json.Scope}. */
    public static final String SORT = "outside host";
}
