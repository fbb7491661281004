/** Elements by which users of WireGuard come into a graph. */
@NullMarked
package vini.vpn.elements.wireguard;

import org.jspecify.annotations.NullMarked;
