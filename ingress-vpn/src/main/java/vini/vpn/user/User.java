package vini.vpn.user;

import vini.net.Ipv4Address;
import vini.vpn.wireguard.PublicKey;

/**
 * One who may enter a slice by VPN.
 *
 * @param ingress the name of the node at which the user is at home
 * @param address inside of the slice
 */
public record User(String name, String ingress, Ipv4Address address, PublicKey publicKey) {}
