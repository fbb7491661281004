/** Elements for the IPv4 header and the forwarding table. */
@NullMarked
package vini.forwarder.elements.ip;

import org.jspecify.annotations.NullMarked;
