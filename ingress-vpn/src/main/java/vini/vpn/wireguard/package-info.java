/**
 * The WireGuard protocol, without sockets and threads: time, chance and messages come from outside.
 */
@NullMarked
package vini.vpn.wireguard;

import org.jspecify.annotations.NullMarked;
