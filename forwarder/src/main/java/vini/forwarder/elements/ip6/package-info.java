/** Elements for IPv6: its header, its forwarding table, its errors, Neighbor Discovery. */
@NullMarked
package vini.forwarder.elements.ip6;

import org.jspecify.annotations.NullMarked;
