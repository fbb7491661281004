package vini.vpn.user;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;
import vini.vpn.wireguard.PublicKey;

/**
 * One who may enter a slice by VPN.
 *
 * @param ingress the name of the node at which the user is at home
 * @param egress the name of the node at which what the user sends leaves; null: routing decides
 * @param address inside of the slice
 */
public record User(
        String name,
        String ingress,
        @Nullable String egress,
        Ipv4Address address,
        PublicKey publicKey) {
    /** The same with another egress. */
    public User leavingAt(@Nullable String other) {
        return new User(name, ingress, other, address, publicKey);
    }
}
