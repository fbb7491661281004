/** Elements that make, check and mend TCP and UDP headers. */
@NullMarked
package vini.forwarder.elements.tcpudp;

import org.jspecify.annotations.NullMarked;
