/** Elements for Ethernet: headers, VLAN tags, ARP, switches. */
@NullMarked
package vini.forwarder.elements.ether;

import org.jspecify.annotations.NullMarked;
