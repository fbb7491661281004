package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.net.Prefix;

/**
 * That users enter a slice at a node by VPN.
 *
 * @param port UDP port, 1-65535; null: the first that is free from 51820 on
 * @param address that clients send to; null: what the machine is reached by
 * @param users the block that the addresses of its users are from; null: its share of the
 *     topology's
 * @param backs the name of the node whose users, port and key it takes over when that one dies;
 *     null: it has users of its own
 */
public record Ingress(
        @Nullable Integer port,
        @Nullable IpAddress address,
        @Nullable Prefix users,
        @Nullable String backs) {
    /** The port that WireGuard's users know. */
    public static final int FIRST_PORT = 51_820;
}
